using System.IO.Compression;
using System.Text;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Package.Tests.Faults;
using ScorecardBuildTasks.Server;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>From a build with the package to outcomes in a real server.</summary>
public sealed class PublishTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("scorecard-server-").FullName;
    ScorecardServer server = null!;
    ScorecardClient client = null!;

    public async Task InitializeAsync()
    {
        server = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = $"Data Source={Path.Combine(folder, "scorecard.db")}" });
        await server.StartAsync();
        client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "reader", ApplicationKey = "reader" });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task OutcomesLandInTheApiAndAreNotSentTwice()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        repository.Report();
        var evaluated = repository.Outcomes;
        await AddRulesAsync(evaluated);

        var build = repository.Publish(server.Url);
        Assert.Contains($"Scorecard service:checkout: {evaluated.Outcomes.Count} of {evaluated.Outcomes.Count} outcomes published (127.0.0.1)", build.Output, StringComparison.Ordinal);
        var published = await client.Outcomes.ListAsync(new OutcomeFilter { ServiceName = "checkout", IncludeRule = true }).ToListAsync();
        Assert.Equal(
            evaluated.Outcomes.Select(outcome => $"{outcome.Rule} {Report.Name(outcome.State)}").Order(StringComparer.Ordinal),
            published.Select(outcome => $"{outcome.Rule!.Name} {outcome.Attributes.State}").Order(StringComparer.Ordinal));
        var commit = repository.Git("rev-parse", "HEAD")[..7];
        Assert.All(published, outcome => Assert.Contains($"commit {commit} · ", outcome.Attributes.Remarks!, StringComparison.Ordinal));

        var requests = server.Requests.Requests.Count;
        Assert.Equal(0, repository.Publish(server.Url).ExitCode);
        Assert.Equal(requests, server.Requests.Requests.Count);
    }

    /// <summary>The worker is not traced, and needs a waiver that the web does not.</summary>
    [Fact]
    public async Task ProjectsOfOneEntityArePublishedAsOneWhicheverIsLast()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Worker/Worker.csproj", repository.Read("src/Checkout/Checkout.csproj").Replace("<Nullable>", "<ScorecardEntity>service:checkout</ScorecardEntity><Nullable>", StringComparison.Ordinal))
            .Write("src/Worker/Program.cs", ServiceRepository.Untraced.Replace("app.MapHealthChecks(\"/health\");", "", StringComparison.Ordinal))
            .Write("scorecard.json", """{ "waivers": [{ "rule": "SCORE4001", "entity": "service:checkout", "reason": "planned", "text": "the worker gets its own port first", "until": "2999-12-31" }] }""")
            .Write("Shop.slnx", """<Solution><Project Path="src/Checkout/Checkout.csproj" /><Project Path="src/Worker/Worker.csproj" /></Solution>""");
        Assert.Single(repository.Report().Warnings("SCORE0018"));
        Assert.Equal("pass", Report.Name(repository.StateOf("SCORE2001")));
        await AddRulesAsync(repository.Outcomes);
        Assert.Empty(Build("src/Worker/Worker.csproj").Warnings("SCORE0018"));

        repository.Write("src/Checkout/Program.cs", ServiceRepository.WellWired + "// changed\n").With("DD_API_KEY", "api").With("DD_APP_KEY", "app");
        var build = Build("Shop.slnx", "-p:ScorecardPublish=true", $"-p:ScorecardApiUrl={server.Url}");
        Assert.Equal(0, build.ExitCode);
        Assert.Equal(2, build.Lines.Count(line => line.Contains(" outcomes published", StringComparison.Ordinal)));
        Assert.Empty(build.Warnings("SCORE0018"));
        var published = await client.Outcomes.ListAsync(new OutcomeFilter { ServiceName = "checkout", IncludeRule = true }).ToListAsync();
        Assert.Equal(repository.Outcomes.Outcomes.Count, published.Count);
        var traced = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE2001").Rule;
        var outcome = published.Single(outcome => outcome.Rule!.Name == traced).Attributes;
        Assert.Equal("fail", $"{outcome.State}");
        Assert.Contains("src/Worker/Program.cs", outcome.Remarks!, StringComparison.Ordinal);

        var summary = File.ReadAllLines(Path.Combine(repository.Output, "summary.md"));
        Assert.Single(summary, line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.Contains("src/Worker/Program.cs", Assert.Single(summary, line => line.StartsWith("| fail | SCORE2001 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Single(summary, line => line.StartsWith("| skip | SCORE4001 ", StringComparison.Ordinal));
        // The web alone would pass.
        var gated = Build("Shop.slnx", "--no-restore", "-p:ScorecardGate=level:1");
        Assert.NotEqual(0, gated.ExitCode);
        Assert.Contains("Worker.csproj : error SCORE0026: service:checkout does not pass ScorecardGate=level:1: ", Assert.Single(gated.Lines.Select(line => line.Trim()).Where(line => line.Contains("error SCORE0026", StringComparison.Ordinal)).Distinct()), StringComparison.Ordinal);

        Command Build(string path, params IEnumerable<string> arguments) => repository.DotNet(["build", path, "-nologo", "-tl:off", "-m", "-p:ScorecardReport=true", .. arguments]);
    }

    [Fact]
    public async Task GuessedEntityIsPublishedOnlyWhereTheConfigurationAllowsIt()
    {
        using var repository = new ServiceRepository();
        File.Delete(Path.Combine(repository.Root, "src", "Checkout", "entity.datadog.yaml"));
        var local = repository.Build("-warnaserror");
        Assert.Equal((0, false), (local.ExitCode, local.Output.Contains("SCORE0013", StringComparison.Ordinal)));

        var report = repository.Report();
        const string remedy = "its entity is only guessed from the assembly's name (SCORE0013); add <ScorecardEntity>service:checkout</ScorecardEntity> to src/Checkout/Checkout.csproj, or an entity.datadog.yaml beside it";
        Assert.Single(report.Lines, line => line.EndsWith(remedy, StringComparison.Ordinal));
        Assert.Single(repository.Report().Lines, line => line.EndsWith(remedy, StringComparison.Ordinal));
        Assert.DoesNotContain("warning SCORE00", report.Output, StringComparison.Ordinal);
        await AddRulesAsync(repository.Outcomes);
        var requests = server.Requests.Requests.Count;
        var held = repository.Publish(server.Url);
        Assert.Equal(0, held.ExitCode);
        Assert.Single(held.Lines, line => line.Contains($"Scorecard service:checkout not published: {remedy}", StringComparison.Ordinal));
        Assert.Equal(requests, server.Requests.Requests.Count);

        repository.Write("scorecard.json", """{ "publishGuessedEntities": true }""");
        var build = repository.Publish(server.Url);
        Assert.Contains($"{repository.Outcomes.Outcomes.Count} outcomes published", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SCORE0013", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServicesOfOneNodeShareTheListingAndTheConnection()
    {
        using var repository = new ServiceRepository().WithShop();
        repository.Report();
        await AddRulesAsync(repository.Outcomes);
        await using var proxy = new CountingProxy(server.Url);
        var before = server.Requests.Requests.Count;
        var build = repository.With("DD_API_KEY", "api").With("DD_APP_KEY", "app")
            .DotNet("build", "Shop.slnx", "-nologo", "-tl:off", "-m:1", "-p:ScorecardReport=true", "-p:ScorecardPublish=true", "-p:ScorecardTimeout=60", $"-p:ScorecardApiUrl={proxy.Url}");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(3, build.Lines.Count(line => line.Contains(" outcomes published", StringComparison.Ordinal)));
        Assert.Single(server.Requests.Requests.Skip(before), request => request.Method == "GET" && request.Path.Split('?')[0].EndsWith("/rules", StringComparison.Ordinal));
        Assert.Equal(1, proxy.Connections);
    }

    [Fact]
    public async Task LockFileSparesTheListingOfRules()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        var ids = await AddRulesAsync(repository.Outcomes);
        repository.Write("scorecard.lock.json", $$"""{"schemaVersion":1,"rules":[{{string.Join(',', ids.Select(rule => $$"""{"scorecard":"{{rule.Attributes.ScorecardName}}","name":"{{rule.Attributes.Name}}","id":"{{rule.Id}}"}"""))}}]}""");
        var before = server.Requests.Requests.Count;
        repository.Publish(server.Url);
        Assert.Equal(["GET /api/v2/scorecard/outcomes", "POST /api/v2/scorecard/outcomes"], server.Requests.Requests.Skip(before).Select(request => $"{request.Method} {request.Path.Split('?')[0]}"));
    }

    [Fact]
    public async Task LockFileOfAPresetPackageSparesTheListingOfRules()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        var ids = await AddRulesAsync(repository.Outcomes);
        repository.Write("preset/scorecard.json", "{}")
            .Write("preset/scorecard.lock.json", $$"""{"schemaVersion":1,"rules":[{{string.Join(',', ids.Select(rule => $$"""{"scorecard":"{{rule.Attributes.ScorecardName}}","name":"{{rule.Attributes.Name}}","id":"{{rule.Id}}"}"""))}}]}""")
            .Write("preset/Acme.LockedPreset.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><IncludeBuildOutput>false</IncludeBuildOutput><NoWarn>NU5128</NoWarn></PropertyGroup>
                  <ItemGroup><None Include="*.json" Pack="true" PackagePath="/" /></ItemGroup>
                </Project>
                """);
        var pack = repository.DotNet("pack", "preset", "-o", "feed", "-nologo", "-v:quiet");
        Assert.True(pack.ExitCode == 0, pack.Output);
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<PackageReference Include=\"Acme.LockedPreset\" Version=\"1.0.0\" /><PackageReference Include=\"OpenTelemetry\"")
            .Write("scorecard.json", """{ "extends": "Acme.LockedPreset" }""");
        var before = server.Requests.Requests.Count;
        var build = repository.Publish(server.Url, $"-p:RestoreAdditionalProjectSources={Package.Current.Feed}%3B{Path.Combine(repository.Root, "feed")}");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(["GET /api/v2/scorecard/outcomes", "POST /api/v2/scorecard/outcomes"], server.Requests.Requests.Skip(before).Select(request => $"{request.Method} {request.Path.Split('?')[0]}"));
    }

    [Fact]
    public void RuleThatTheApiLacksIsNamedWithItsRemedy()
    {
        using var repository = new ServiceRepository();
        var build = repository.Publish(server.Url);
        Assert.Equal(0, build.ExitCode);
        var warning = Assert.Single(build.Warnings("SCORE0022"));
        Assert.Contains("scorecard rules apply", warning, StringComparison.Ordinal);
        Assert.All(repository.Outcomes.Outcomes, outcome => Assert.Contains($"'{outcome.Rule}'", warning, StringComparison.Ordinal));
    }

    /// <summary>From the test project, of which the service is a reference. What is missing in the API tells that it was asked. The SDK cannot restore in isolation.</summary>
    [Fact]
    public void IsolatedGraphPublishes()
    {
        using var repository = new ServiceRepository();
        const string tests = "tests/Checkout.Tests/Checkout.Tests.csproj";
        repository.Change(tests, "<ItemGroup>", $"<ItemGroup><PackageReference Include=\"ScorecardBuildTasks\" Version=\"{Package.Current.Version}\" PrivateAssets=\"all\" />");
        repository.DotNet("restore", tests);
        var build = repository.With("DD_API_KEY", "api").With("DD_APP_KEY", "app").With("MSBUILDLOGALLENVIRONMENTVARIABLES", "1")
            .DotNet("build", tests, "--no-restore", "-graph", "-isolate", "-nologo", "-tl:off", "-m:2", "-p:ScorecardReport=true", "-p:ScorecardPublish=true", $"-p:ScorecardApiUrl={server.Url}");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Lines, line => line.Contains("Scorecard service:checkout: 0 of ", StringComparison.Ordinal));
        Assert.Single(build.Warnings("SCORE0022"));
        Assert.Single(build.Warnings("SCORE0028"));
    }

    [Theory]
    [InlineData("push", "refs/heads/main", true, "outcomes published (127.0.0.1)")]
    [InlineData("push", "refs/heads/feature", true, "'feature' is not the default branch 'main'")]
    [InlineData("pull_request", "refs/pull/7/merge", true, "builds a pull request")]
    [InlineData("push", "refs/heads/main", false, "DD_API_KEY and DD_APP_KEY are not set")]
    public async Task AutoPublishesFromTheDefaultBranchOnly(string trigger, string reference, bool keys, string line)
    {
        using var repository = new ServiceRepository();
        repository.Report();
        await AddRulesAsync(repository.Outcomes);
        repository.Write("artifacts/event.json", """{"repository":{"default_branch":"main"}}""")
            .With("GITHUB_ACTIONS", "true").With("GITHUB_EVENT_NAME", trigger).With("GITHUB_REF", reference).With("GITHUB_EVENT_PATH", Path.Combine(repository.Root, "artifacts", "event.json"))
            .With("SCORECARD_API_URL", server.Url.ToString());
        if (keys)
            repository.With("DD_API_KEY", "api").With("DD_APP_KEY", "app");
        var build = repository.Build();
        Assert.Equal(0, build.ExitCode);
        Assert.Single(build.Lines, text => text.Contains(line, StringComparison.Ordinal));
        Assert.Equal(line.StartsWith("outcomes", StringComparison.Ordinal), server.Requests.Requests.Any(request => request.Method == "POST" && request.Path.EndsWith("/outcomes", StringComparison.Ordinal)));
    }

    /// <summary>Events that run on the default branch, or seem to, with another commit checked out.</summary>
    [Theory]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "pull_request", "head_branch": "main" }, "repository": { "default_branch": "main" } }""", "GitHub Actions runs after the workflow of a pull request")]
    [InlineData("issue_comment", """{ "issue": { "pull_request": {} }, "repository": { "default_branch": "main" } }""", "GitHub Actions runs for a comment on a pull request")]
    [InlineData("pull_request_target", """{ "pull_request": {}, "repository": { "default_branch": "main" } }""", "GitHub Actions builds a pull request")]
    [InlineData("merge_group", """{ "merge_group": {}, "repository": { "default_branch": "main" } }""", "GitHub Actions builds a pull request")]
    [InlineData("push", "{}", "the default branch is not known; set ScorecardDefaultBranch")]
    [InlineData("workflow_dispatch", """{ "repository": { "default_branch": "main" } }""", " is checked out, and GitHub Actions runs for ")]
    public void WhatIsNotTheDefaultBranchsOwnIsNotPublished(string trigger, string payload, string line)
    {
        using var repository = new ServiceRepository();
        repository.With("GITHUB_SHA", repository.Git("rev-parse", "HEAD")).Write("README.md", "# Shop\n\nWhat the pull request changes.\n").Commit();
        repository.Git("checkout", "-q", "--detach");
        repository.Write("artifacts/event.json", payload)
            .With("GITHUB_ACTIONS", "true").With("GITHUB_EVENT_NAME", trigger).With("GITHUB_REF", "refs/heads/main").With("GITHUB_EVENT_PATH", Path.Combine(repository.Root, "artifacts", "event.json"))
            .With("SCORECARD_API_URL", server.Url.ToString()).With("DD_API_KEY", "api").With("DD_APP_KEY", "app");
        var build = repository.Build();
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Lines, text => text.Contains(line, StringComparison.Ordinal));
        Assert.Empty(server.Requests.Requests);
    }

    [Fact]
    public async Task KeysAreInNoLogAndNoFile()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        await AddRulesAsync(repository.Outcomes);
        var build = repository.Publish(server.Url, "-v:diag", "-bl:build.binlog");
        Assert.Contains("outcomes published", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("key-of-the-test", build.Output, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/.git/", StringComparison.Ordinal)))
        {
            using var stream = File.OpenRead(file);
            using var content = file.EndsWith(".binlog", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
            using var reader = new StreamReader(content, Encoding.Latin1);
            Assert.DoesNotContain("key-of-the-test", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    async Task<IReadOnlyList<Rule>> AddRulesAsync(OutcomesDocument document)
    {
        var rules = new List<Rule>();
        foreach (var outcome in document.Outcomes)
            rules.Add(await client.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true }));
        return rules;
    }
}
