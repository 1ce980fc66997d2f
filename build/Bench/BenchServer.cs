using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server;
using ScorecardBuildTasks.Server.Limits;

namespace Build.Bench;

/// <summary>A server of our own in this process, with some rules and a connection to it.</summary>
sealed class BenchServer : IAsyncDisposable
{
    /// <summary>So many that one service's outcomes fill a page.</summary>
    public const int RuleCount = 125;

    readonly ScorecardServer server;

    BenchServer(ScorecardServer server)
    {
        this.server = server;
        Http = new HttpClient { BaseAddress = server.Url, DefaultRequestHeaders = { { "DD-API-KEY", "bench" }, { "DD-APPLICATION-KEY", "bench" } } };
    }

    public HttpClient Http { get; }

    /// <summary>Their ids; the last one is disabled.</summary>
    public IReadOnlyList<string> Rules { get; private set; } = [];

    public static async Task<BenchServer> StartAsync(string database)
    {
        var started = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = database, RateLimit = new RateLimit(int.MaxValue, TimeSpan.FromSeconds(10)) });
        await started.StartAsync();
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = started.Url, ApiKey = "bench", ApplicationKey = "bench" });
        var rules = new List<string>();
        for (var number = 1; number <= RuleCount; number++)
            rules.Add((await client.Rules.AddAsync(new RuleAttributes { Name = $"Rule {number}", ScorecardName = "Bench", Enabled = number < RuleCount })).Id);
        return new BenchServer(started) { Rules = rules };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
    }
}
