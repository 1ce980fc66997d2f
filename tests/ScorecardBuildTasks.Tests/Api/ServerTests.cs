using System.Net;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Limits;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class ServerTests
{
    const string Rules = "/api/v2/scorecard/rules";

    [Fact]
    public async Task ServerWithoutKeysListensOnThisMachineOnly()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        foreach (var url in new[] { "http://0.0.0.0:0", "http://*:0", "http://[::]:0", "http://203.0.113.1:0", "http://build-host:0" })
        {
            await using var server = ScorecardServer.Create(new ScorecardServerOptions { Urls = [url], Database = database.ConnectionString });
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync());
            Assert.Contains("not on the loopback interface", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ServerWithoutKeysSaysSoAndTakesAnyPair(string engine)
    {
        List<string> log = [];
        await using var api = await TestApi.StartAsync(engine, options => options with { Log = log.Add });
        Assert.Contains(log, line => line.StartsWith("No keys are configured", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync(Rules)).StatusCode);

        api.Http.DefaultRequestHeaders.Remove("DD-APPLICATION-KEY");
        var response = await api.Http.GetAsync(Rules);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("""{"errors":["Unauthorized"]}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("rebound.example.com", HttpStatusCode.Forbidden)]
    public async Task ServerWithoutKeysAnswersUnderNamesOfThisMachineOnly(string host, HttpStatusCode status)
    {
        await using var api = await TestApi.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Rules) { Headers = { Host = host } };
        using var response = await api.Http.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ServerThatLosesItsKeysStaysClosed(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var options = new ScorecardServerOptions { Database = database.ConnectionString, Keys = [AccessKey.ForKeys("ci", "a", "b", AccessScopes.All)] };
        await using var near = ScorecardServer.Create(options with { Urls = ["http://127.0.0.1:0"] });
        await near.StartAsync();
        await using var far = ScorecardServer.Create(options with { Urls = ["http://0.0.0.0:0"] });
        await far.StartAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(near), await AskAsync(far)));

        await using (var data = Database.Create(database.ConnectionString))
            await data.WriteAsync(session => session.ExecuteAsync("DELETE FROM access_keys"), default);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (await AskAsync(near), await AskAsync(far)));

        static async Task<HttpStatusCode> AskAsync(ScorecardServer server)
        {
            using var http = new HttpClient { DefaultRequestHeaders = { { "DD-API-KEY", "a" }, { "DD-APPLICATION-KEY", "b" }, { "Host", "localhost" } } };
            using var response = await http.GetAsync($"http://127.0.0.1:{server.Url.Port}{Rules}");
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("127.0.0.1", AccessScopes.All)]
    [InlineData("::1", AccessScopes.All)]
    [InlineData("::ffff:127.0.0.1", AccessScopes.All)]
    [InlineData("203.0.113.1", AccessScopes.None)]
    public async Task OpenServerServesProgramsOfThisMachineOnly(string sender, AccessScopes scopes)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var data = Database.Create(database.ConnectionString);
        await Schema.UpgradeAsync(data, default, default);
        var access = new AccessControl(data);
        access.OpenToThisMachine();
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(sender) } };
        context.Request.Host = new HostString("localhost");
        context.Request.Headers["DD-API-KEY"] = "a";
        context.Request.Headers["DD-APPLICATION-KEY"] = "b";
        Assert.Equal(scopes, (await access.IdentifyAsync(context.Request))!.Scopes);
    }

    [Fact]
    public async Task KeysAreHeldInTheDatabaseAsHashes()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var options = new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = database.ConnectionString };
        await using (var declaring = ScorecardServer.Create(options with { Keys = [AccessKey.ForKeys("ci", "secret-api", "secret-app", AccessScopes.Read)] }))
            await declaring.StartAsync();

        List<string> log = [];
        await using var server = ScorecardServer.Create(options with { Log = log.Add });
        await server.StartAsync();
        Assert.Equal("No keys are given: those of the database are accepted (1).", log[0]);
        using var right = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "secret-api", ApplicationKey = "secret-app" });
        using var wrong = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "secret-app", ApplicationKey = "secret-api" });
        Assert.Null(await right.Rules.FindAsync("r"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<ScorecardApiException>(() => wrong.Rules.FindAsync("r"))).Status);
        var write = await Assert.ThrowsAsync<ScorecardApiException>(() => right.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" }));
        Assert.Equal(HttpStatusCode.Forbidden, write.Status);

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource)!))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("secret-", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task BearerTokenWillDoInsteadOfKeys(string engine)
    {
        await using var api = await TestApi.StartAsync(engine, options => options with { Keys = [AccessKey.ForToken("bot", "token-1", AccessScopes.Read)] });
        using var right = new ScorecardClient(new ScorecardClientOptions { ApiUrl = api.Server.Url, BearerToken = "token-1" });
        using var wrong = new ScorecardClient(new ScorecardClientOptions { ApiUrl = api.Server.Url, BearerToken = "token-2" });
        Assert.Null(await right.Rules.FindAsync("r"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<ScorecardApiException>(() => wrong.Rules.FindAsync("r"))).Status);
    }

    [Fact]
    public async Task SqliteWritesAheadAndToTheDisk()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var data = Database.Create(database.ConnectionString);
        var (journal, synchronous) = await data.ReadAsync(
            async session => (await session.FindAsync<string>("PRAGMA journal_mode"), await session.FindAsync<long>("PRAGMA synchronous")), default);
        Assert.Equal(("wal", 2), (journal, synchronous));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task DataOutlivesTheServer(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var options = new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = database.ConnectionString };
        string id;
        await using (var first = ScorecardServer.Create(options))
        {
            await first.StartAsync();
            using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = first.Url, ApiKey = "a", ApplicationKey = "b" });
            id = (await client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" })).Id;
        }
        await using var second = ScorecardServer.Create(options);
        await second.StartAsync();
        using var again = new ScorecardClient(new ScorecardClientOptions { ApiUrl = second.Url, ApiKey = "a", ApplicationKey = "b" });
        Assert.NotNull(await again.Rules.FindAsync(id));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ReplicasThatStartTogetherShareOneDatabase(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var options = new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = database.ConnectionString };
        var replicas = Enumerable.Range(0, 4).Select(_ => ScorecardServer.Create(options)).ToArray();
        await Task.WhenAll(replicas.Select(replica => Task.Run(() => replica.StartAsync())));

        var ids = await Task.WhenAll(replicas.Select(async replica =>
        {
            using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = replica.Url, ApiKey = "a", ApplicationKey = "b" });
            var rule = await client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" });
            return rule.Relationships!.Scorecard!.Data.Id;
        }));

        Assert.Single(ids.Distinct());
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task DatabaseOfANewerServerIsRefused(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var options = new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = database.ConnectionString };
        await using (var server = ScorecardServer.Create(options))
            await server.StartAsync();
        await using (var data = Database.Create(database.ConnectionString))
            await data.WriteAsync(session => session.ExecuteAsync("INSERT INTO scorecard_schema (version, applied_at) VALUES (99, 0)"), default);

        await using var older = ScorecardServer.Create(options);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => older.StartAsync());
        Assert.Contains("needs a newer server", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestUnderWayIsFinishedBeforeTheServerStops()
    {
        var time = new TestTime();
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var started = new TaskCompletionSource();
        await using var server = ScorecardServer.Create(new ScorecardServerOptions
        {
            Urls = ["http://127.0.0.1:0"], Database = database.ConnectionString, TimeProvider = time, Faults = FaultPlan.Parse("slow:1"),
            Log = line =>
            {
                if (line.StartsWith("Listening", StringComparison.Ordinal))
                    started.TrySetResult();
            },
        });
        using var stop = new CancellationTokenSource();
        var running = server.RunAsync(stop.Token);
        await started.Task;
        using var http = new HttpClient { BaseAddress = server.Url, DefaultRequestHeaders = { { "DD-API-KEY", "a" }, { "DD-APPLICATION-KEY", "b" } } };
        var response = http.GetAsync(Rules);
        await time.FirstTimer;

        await stop.CancelAsync();
        Assert.False(running.IsCompleted);
        time.Jump();

        Assert.Equal(HttpStatusCode.OK, (await response).StatusCode);
        await running;
    }

    [Theory]
    [InlineData("/api/v2/scorecard/nothing")]
    [InlineData("/api/v2/scorecard/rules.json")]
    public async Task UnknownPathIsNotFound(string path)
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"errors":["Not found"]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task BodyHasALimit()
    {
        await using var api = await TestApi.StartAsync();
        // The client asks first, so that the answer does not break into a body on its way.
        using var request = new HttpRequestMessage(HttpMethod.Post, Rules)
        {
            Content = new StringContent("{\"data\":\"" + new string('x', 5 * 1024 * 1024) + "\"}"),
            Headers = { ExpectContinue = true },
        };
        var response = await api.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task RequestsAreLogged(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        await api.Http.GetAsync($"{Rules}?page[size]=1");
        await api.Http.DeleteAsync($"{Rules}/x");
        Assert.Equal([new ServedRequest("GET", $"{Rules}?page[size]=1", 200), new ServedRequest("DELETE", $"{Rules}/x", 404)], api.Server.Requests.Requests);
    }

    [Theory]
    [InlineData("ci:a:b:read", "ci", AccessScopes.Read)]
    [InlineData("bot:token:apm_service_catalog_read+cases_write", "bot", AccessScopes.CatalogRead | AccessScopes.CasesWrite)]
    public void KeyListIsRead(string text, string name, AccessScopes scopes)
    {
        var key = Assert.Single(AccessKey.ParseList(text));
        Assert.Equal((name, scopes), (key.Name, key.Scopes));
        Assert.DoesNotContain("token", key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MalformedKeyListDoesNotShowTheKey() =>
        Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => AccessKey.ParseList("secret")).Message, StringComparison.Ordinal);

    [Fact]
    public void UnknownKindOfDatabaseIsRefused() =>
        Assert.Throws<ArgumentException>(() => ScorecardServer.Create(new ScorecardServerOptions { Database = "Whatever=1" }));
}
