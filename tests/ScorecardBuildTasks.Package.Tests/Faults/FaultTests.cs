using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server;
using ScorecardBuildTasks.Server.Access;

namespace ScorecardBuildTasks.Package.Tests.Faults;

/// <summary>Whatever happens between a build and the API: the build succeeds, says one thing, loses nothing, and the next try sends it.</summary>
public sealed class FaultTests(FaultTests.BuiltOnce built) : IClassFixture<FaultTests.BuiltOnce>, IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("scorecard-faults-").FullName;
    ScorecardServer server = null!;
    ScorecardClient client = null!;
    FaultProxy proxy = null!;

    /// <summary>A service that is built for all tests of the class; each then runs its publishing target only.</summary>
    public sealed class BuiltOnce : IDisposable
    {
        public BuiltOnce()
        {
            Repository = new ServiceRepository();
            var build = Repository.Report();
            Assert.True(build.ExitCode == 0, build.Output);
        }

        internal ServiceRepository Repository { get; }

        public void Dispose() => Repository.Dispose();
    }

    public async Task InitializeAsync()
    {
        server = await StartAsync("scorecard.db");
        client = await ClientOfAsync(server);
        proxy = new FaultProxy(server.Url);
        foreach (var marker in Directory.GetFiles(Path.GetDirectoryName(Repository.OutcomesFile)!, "published.*"))
            File.Delete(marker);
    }

    public async Task DisposeAsync()
    {
        await proxy.DisposeAsync();
        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    ServiceRepository Repository => built.Repository;

    [Theory]
    [InlineData(Fault.Hangs, "no answer from 127.0.0.1 within 2 s")]
    [InlineData(Fault.DripsSlowly, "within 2 s")]
    [InlineData(Fault.ResetsMidBody, "")]
    [InlineData(Fault.TooManyForALongTime, "429")]
    [InlineData(Fault.TooManyAsHtml, "429")]
    [InlineData(Fault.Forbids, "403")]
    [InlineData(Fault.TruncatesJson, "is not the Scorecards API's answer")]
    [InlineData(Fault.Redirects, "307")]
    [InlineData(Fault.UntrustedCertificate, "certificate")]
    [InlineData(Fault.HangsUp, "", "POST")]
    [InlineData(Fault.Hangs, "within 2 s", "POST")]
    [InlineData(Fault.ResetsMidBody, "", "POST")]
    [InlineData(Fault.TooManyForALongTime, "429", "POST")]
    [InlineData(Fault.TruncatesJson, "is not the Scorecards API's answer", "POST")]
    public async Task FaultIsOneWarningAndNothingIsLost(Fault fault, string cause, string method = "GET")
    {
        var before = File.ReadAllBytes(Repository.OutcomesFile);
        (proxy.Fault, proxy.Method) = (fault, new HttpMethod(method));
        var publish = Publish(proxy.Url, $"-p:ScorecardTimeout={(IsToldAtOnce(fault) ? 60 : 2)}");
        Assert.True(publish.ExitCode == 0, publish.Output);
        var warning = Assert.Single(publish.Warnings);
        Assert.Contains("warning SCORE0020:", warning, StringComparison.Ordinal);
        Assert.Contains(cause, warning, StringComparison.Ordinal);
        Assert.Contains($"The outcomes lie in {Repository.Output};", warning, StringComparison.Ordinal);
        Assert.Contains("must upload that folder first", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", publish.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Repository.OutcomesFile));
        Assert.Empty(await client.Outcomes.ListAsync().ToListAsync());
        Assert.Equal(0, Writes);

        await IsSentOnTheNextTryAsync();
    }

    /// <summary>What is not tried again until the time is up; then a machine that is busy makes no other fault of it.</summary>
    static bool IsToldAtOnce(Fault fault) => fault is Fault.TooManyForALongTime or Fault.Forbids or Fault.TruncatesJson or Fault.Redirects or Fault.UntrustedCertificate;

    [Fact]
    public async Task RefusedConnectionIsOneWarningAndNothingIsLost()
    {
        var publish = Publish(FreePort.Address());
        Assert.True(publish.ExitCode == 0, publish.Output);
        Assert.Contains("warning SCORE0020:", Assert.Single(publish.Warnings), StringComparison.Ordinal);
        await IsSentOnTheNextTryAsync();
    }

    /// <summary>The API has written what it was sent, each time it was sent, and nobody heard of it.</summary>
    [Fact]
    public async Task AnswerThatIsLostIsOneWarningAndNothingIsSentOnTheNextTry()
    {
        (proxy.Fault, proxy.Method) = (Fault.LosesTheAnswer, HttpMethod.Post);
        var publish = Publish(proxy.Url);
        Assert.True(publish.ExitCode == 0, publish.Output);
        Assert.Contains("warning SCORE0020:", Assert.Single(publish.Warnings), StringComparison.Ordinal);
        Assert.Equal(Evaluated, (await client.Outcomes.ListAsync().ToListAsync()).Count);

        proxy.Fault = Fault.None;
        var writes = Writes;
        Assert.Contains($"{Evaluated} unchanged", Publish(proxy.Url, "-p:ScorecardTimeout=60").Output, StringComparison.Ordinal);
        Assert.Equal(writes, Writes);
    }

    [Theory]
    [InlineData(Fault.TooManyAtFirst)]
    [InlineData(Fault.FailsAtFirst)]
    [InlineData(Fault.TooManyAtFirst, "POST")]
    [InlineData(Fault.FailsAtFirst, "POST")]
    public async Task FaultThatPassesIsNotEvenSaid(Fault fault, string method = "GET")
    {
        (proxy.Fault, proxy.Method) = (fault, new HttpMethod(method));
        var publish = Publish(proxy.Url, "-p:ScorecardTimeout=30");
        Assert.Empty(publish.Warnings);
        Assert.Contains("outcomes published", publish.Output, StringComparison.Ordinal);
        Assert.Equal(Evaluated, (await client.Outcomes.ListAsync().ToListAsync()).Count);
    }

    [Fact]
    public async Task OneRuleThatTheApiRefusesDoesNotKeepTheOthersBack()
    {
        var rules = await client.Rules.ListAsync().ToListAsync();
        var locked = string.Join(',', rules.Select(rule => $$"""{"scorecard":"{{rule.Attributes.ScorecardName}}","name":"{{rule.Attributes.Name}}","id":"{{rule.Id}}"}"""));
        var lockFile = Path.Combine(Repository.Root, "scorecard.lock.json");
        Repository.Write("scorecard.lock.json", $$"""{"schemaVersion":1,"rules":[{{locked}}]}""");
        try
        {
            await client.Rules.RemoveAsync(rules[0].Id);
            var publish = Publish(proxy.Url, "-p:ScorecardTimeout=60");
            Assert.True(publish.ExitCode == 0, publish.Output);
            Assert.Contains($"'{rules[0].Attributes.Name}'", Assert.Single(publish.Warnings), StringComparison.Ordinal);
            Assert.Equal(Evaluated - 1, (await client.Outcomes.ListAsync().ToListAsync()).Count);
        }
        finally
        {
            File.Delete(lockFile);
        }

        await client.Rules.AddAsync(new RuleAttributes { Name = rules[0].Attributes.Name, ScorecardName = rules[0].Attributes.ScorecardName, Level = 1, Enabled = true });
        await IsSentOnTheNextTryAsync();
    }

    /// <summary>Three services on two nodes, and an API that never answers.</summary>
    [Theory]
    [InlineData("-m:1")]
    [InlineData("-m:2")]
    public void ServicesOfOneBuildFailOnce(string nodes)
    {
        using var repository = new ServiceRepository().WithShop();
        proxy.Fault = Fault.Hangs;
        var build = WithKeys(repository).DotNet("build", "Shop.slnx", "-nologo", "-tl:off", nodes, "-p:ScorecardReport=true", "-p:ScorecardPublish=true", $"-p:ScorecardApiUrl={proxy.Url}", "-p:ScorecardTimeout=2");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Warnings("SCORE0020"));
        Assert.Equal(2, build.Lines.Count(line => line.Contains("after what failed before", StringComparison.Ordinal)));
        Assert.Equal(1, proxy.Requests);
        Assert.Equal(3, Directory.GetFiles(repository.Output, "outcomes.json", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void RequiredPublishThatFailsIsAnError()
    {
        proxy.Fault = Fault.Forbids;
        var publish = Publish(proxy.Url, "-p:ScorecardPublishRequired=true");
        Assert.True(publish.ExitCode == 1, publish.Output);
        Assert.Contains("error SCORE0020:", publish.Output, StringComparison.Ordinal);
        Assert.Empty(publish.Warnings);
    }

    /// <summary>The API never answers, and the build would wait for ten minutes.</summary>
    [LinuxFact]
    public async Task CancelledBuildDoesNotWaitForTheApi()
    {
        proxy.Fault = Fault.Hangs;
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        // Whoever runs the tests in the background has them ignore what Ctrl+C sends.
        using var build = Command.Start(Repository.Root, WithKeys(Repository).Environment, "env", ["--default-signal=INT", "dotnet", .. PublishOnly(proxy.Url), "-p:ScorecardTimeout=600"]);
        var output = build.StandardOutput.ReadToEndAsync(guard.Token);
        var error = build.StandardError.ReadToEndAsync(guard.Token);
        await proxy.FirstRequest.WaitAsync(guard.Token);
        Assert.Equal(0, Command.Run(folder, null, "kill", "-INT", $"{build.Id}").ExitCode);
        await build.WaitForExitAsync(guard.Token);
        var said = await output + await error;
        Assert.DoesNotContain("outcomes published", said, StringComparison.Ordinal);
        Assert.DoesNotContain("warning SCORE", said, StringComparison.Ordinal);
        Assert.Equal(1, proxy.Requests);
        await IsSentOnTheNextTryAsync();
    }

    [LinuxFact]
    public async Task ProxyAndACertificationAuthorityOfOnesOwnAreGoneThrough()
    {
        const string host = "api.scorecards.example";
        var keys = Keys.ToArray();
        await using var api = ScorecardServer.Create(new ScorecardServerOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Database = $"Data Source={Path.Combine(folder, "behind.db")}",
            Keys = [AccessKey.ForKeys("test", keys[0].Value!, keys[1].Value!, AccessScopes.All)],
        });
        await api.StartAsync();
        using var behind = new ScorecardClient(new ScorecardClientOptions { ApiUrl = api.Url, ApiKey = keys[0].Value, ApplicationKey = keys[1].Value });
        foreach (var outcome in Repository.Outcomes.Outcomes)
            await behind.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true });
        await using var tunnel = new TlsProxy(host, api.Url.Port);
        var authority = Path.Combine(folder, "authority.pem");
        await File.WriteAllTextAsync(authority, tunnel.Authority);

        var distrusting = Publish(new Uri($"https://{host}"), environment: [new("HTTPS_PROXY", tunnel.Url.ToString())], "-p:ScorecardTimeout=10");
        Assert.Contains("certificate", Assert.Single(distrusting.Warnings), StringComparison.Ordinal);
        Assert.Single(tunnel.Targets);

        var trusting = Publish(new Uri($"https://{host}"), environment: [new("HTTPS_PROXY", tunnel.Url.ToString()), new("SSL_CERT_FILE", authority)], "-p:ScorecardTimeout=60");
        Assert.Empty(trusting.Warnings);
        Assert.Contains($"outcomes published ({host})", trusting.Output, StringComparison.Ordinal);
        Assert.Equal(Evaluated, (await behind.Outcomes.ListAsync().ToListAsync()).Count);
        Assert.All(tunnel.Targets, target => Assert.Equal($"{host}:443", target));
    }

    /// <summary>How many of them have reached the API.</summary>
    int Writes => server.Requests.Requests.Count(request => request.Method == "POST" && request.Path.EndsWith("/outcomes", StringComparison.Ordinal));

    int Evaluated => Repository.Outcomes.Outcomes.Count(outcome => outcome.State != Evaluation.OutcomeState.NotEvaluated);

    /// <summary>By a push from another folder, to an API that has nothing yet, and by the next build.</summary>
    async Task IsSentOnTheNextTryAsync()
    {
        await using (var other = await StartAsync("other.db"))
        {
            using var there = await ClientOfAsync(other);
            var push = Command.Run(folder, Keys.ToDictionary(), "dotnet", Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), "push", Repository.Output, "--api-url", other.Url.ToString(), "--timeout", "60", "--verify");
            Assert.True(push.ExitCode == 0, push.Output);
            Assert.Contains("read back: as sent", push.Output, StringComparison.Ordinal);
            Assert.Equal(Evaluated, (await there.Outcomes.ListAsync().ToListAsync()).Count);
        }

        proxy.Fault = Fault.None;
        Assert.Empty(Publish(proxy.Url, "-p:ScorecardTimeout=60").Warnings);
        Assert.Equal(Evaluated, (await client.Outcomes.ListAsync().ToListAsync()).Count);
    }

    async Task<ScorecardServer> StartAsync(string database)
    {
        var started = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = $"Data Source={Path.Combine(folder, database)}" });
        await started.StartAsync();
        return started;
    }

    /// <summary>A client of a server that now has the rules.</summary>
    async Task<ScorecardClient> ClientOfAsync(ScorecardServer api)
    {
        var reader = new ScorecardClient(new ScorecardClientOptions { ApiUrl = api.Url, ApiKey = "reader", ApplicationKey = "reader" });
        foreach (var outcome in Repository.Outcomes.Outcomes)
            await reader.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true });
        return reader;
    }

    static IEnumerable<KeyValuePair<string, string?>> Keys => [new("DD_API_KEY", "api-key-of-the-test"), new("DD_APP_KEY", "app-key-of-the-test")];

    static ServiceRepository WithKeys(ServiceRepository repository)
    {
        foreach (var (name, value) in Keys)
            repository.With(name, value!);
        return repository;
    }

    /// <summary>Only the publishing target of the service that is built already.</summary>
    static string[] PublishOnly(Uri api) =>
        ["msbuild", "src/Checkout/Checkout.csproj", "-nologo", "-tl:off", "-t:_ScorecardCollectOutcomes;_ScorecardPublish", "-p:ScorecardReport=true", "-p:ScorecardPublish=true", $"-p:ScorecardApiUrl={api}", "-p:ScorecardTimeout=2"];

    Result Publish(Uri api, params IEnumerable<string> arguments) => Publish(api, environment: [], arguments);

    Result Publish(Uri api, IEnumerable<KeyValuePair<string, string?>> environment, params IEnumerable<string> arguments)
    {
        var command = Command.Run(Repository.Root, new Dictionary<string, string?>([.. WithKeys(Repository).Environment, .. environment]), "dotnet", [.. PublishOnly(api), .. arguments]);
        return new Result(command.ExitCode, command.Output, [.. command.Lines.Select(line => line.Trim()).Where(line => line.Contains("warning SCORE", StringComparison.Ordinal)).Distinct()]);
    }

    sealed record Result(int ExitCode, string Output, IReadOnlyList<string> Warnings);
}
