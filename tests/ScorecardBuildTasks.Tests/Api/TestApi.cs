using System.Collections.Concurrent;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A server on a free port with a database of its own, and a client that talks to it.</summary>
sealed class TestApi : IAsyncDisposable
{
    readonly TestDatabase database;
    readonly ConcurrentQueue<string> failures;

    TestApi(TestDatabase database, ScorecardServer server, ConcurrentQueue<string> failures)
    {
        this.failures = failures;
        this.database = database;
        Server = server;
        Client = new ScorecardClient(ClientOptions);
        Http = new HttpClient { BaseAddress = server.Url, DefaultRequestHeaders = { { "DD-API-KEY", "a" }, { "DD-APPLICATION-KEY", "b" } } };
    }

    public ScorecardServer Server { get; }

    public ScorecardClient Client { get; }

    /// <summary>For requests that the client would not send, and answers to look at byte by byte.</summary>
    public HttpClient Http { get; }

    public ScorecardClientOptions ClientOptions => new() { ApiUrl = Server.Url, ApiKey = "a", ApplicationKey = "b", TotalTimeout = TimeSpan.FromSeconds(10) };

    public static async Task<TestApi> StartAsync(
        string engine = TestDatabase.Sqlite, Func<ScorecardServerOptions, ScorecardServerOptions>? configure = null)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var failures = new ConcurrentQueue<string>();
        var options = new ScorecardServerOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Database = database.ConnectionString,
            Log = line =>
            {
                if (line.Contains(" failed: ", StringComparison.Ordinal))
                    failures.Enqueue(line);
            },
            StatementObserver = statement =>
            {
                if (SqlAllowList.Refuse(statement) is { } refusal)
                    failures.Enqueue(refusal);
            },
        };
        var server = ScorecardServer.Create(configure is null ? options : configure(options));
        await server.StartAsync();
        return new TestApi(database, server, failures);
    }

    /// <summary>Adds a rule and answers with its id.</summary>
    public async Task<string> AddRuleAsync(string name, string scorecard = "Production Readiness") =>
        (await Client.Rules.AddAsync(new RuleAttributes { Name = name, ScorecardName = scorecard })).Id;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Client.Dispose();
        await Server.DisposeAsync();
        await database.DisposeAsync();
        // The client tries again, which would hide them.
        Assert.True(failures.IsEmpty, failures.FirstOrDefault());
    }
}
