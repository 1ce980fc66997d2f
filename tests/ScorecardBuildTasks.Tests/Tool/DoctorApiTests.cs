using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Server.Limits;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Api;
using ScorecardBuildTasks.Tests.Facts;
using ScorecardBuildTasks.Tool;
using ScorecardBuildTasks.Tool.Doctor;
using Entity = ScorecardBuildTasks.Evaluation.Entity;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using State = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary>The doctor's links to the API, each broken at a real server.</summary>
public sealed class DoctorApiTests
{
    const string Scorecard = "Production Readiness";
    const string MayWrite = "  4. unknown  the keys may write: only a publish tells; the application key needs apm_service_catalog_write";

    static readonly OutcomesDocument Document = new(
        OutcomesDocument.CurrentSchemaVersion, new Entity("service:checkout", "the test"), new Revision("1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), "main", null), "src/Checkout.csproj", "net10.0", null,
        [new("SCORE1", "Traced", Scorecard, 1, State.Pass, null, []), new("SCORE2", "Tested", Scorecard, 1, State.Fail, "because", [])]);

    [Fact]
    public async Task NothingIsBrokenAfterAPublish()
    {
        await using var api = await PublishedAsync();
        var lines = await ExamineAsync(api);
        Assert.Equal("first thing to fix: nothing", lines[^1]);
        Assert.All(lines.SkipLast(1).Where(line => line != MayWrite), line => Assert.Contains(". ok  ", line, StringComparison.Ordinal));
        // That there are outcomes does not prove that these keys may write them.
        Assert.Contains(MayWrite, lines);
        Assert.Contains(lines, line => line.Contains("all 2, the last of 20", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OutcomesThatWereNeverSentAreNamed()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        await api.AddRuleAsync("Tested");
        var lines = await ExamineAsync(api);
        Assert.Contains(MayWrite, lines);
        Assert.Matches("^first thing to fix: 9. the outcomes are those of the last report: the API has none for SCORE1 and 1 more", lines[^1]);
    }

    [Fact]
    public async Task RuleThatTheApiLacksIsNamed()
    {
        await using var api = await PublishedAsync();
        await api.Client.Rules.RemoveAsync((await RuleAsync(api, "Tested")).Id);
        Assert.Equal("first thing to fix: 6. the rules exist: 'Tested' in 'Production Readiness': not in the API; create with 'scorecard rules apply'", (await ExamineAsync(api))[^1]);
    }

    [Fact]
    public async Task LockFileThatCannotBeReadIsNamed()
    {
        await using var api = await PublishedAsync();
        using var folder = new TemporaryFolder().With(LockFile.FileName, "{");
        var lines = await ExamineAsync(api, folder[LockFile.FileName]);
        Assert.StartsWith($"first thing to fix: 5. the lock file can be read, and its ids exist: {folder[LockFile.FileName]}(1,2): ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(5, lines.Count(line => line.Contains(". unknown  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task LockFileThatCannotBeReadIsNamedWithoutTheApiToo()
    {
        using var folder = new TemporaryFolder().With(LockFile.FileName, "{");
        var lines = await ExamineAsync(name => name == "DD_SITE" ? "datadoghq.eu" : null, folder[LockFile.FileName]);
        Assert.Contains(lines, line => line.Contains("no       the lock file can be read, and its ids exist: ", StringComparison.Ordinal));
    }

    /// <summary>The rule exists and has its name, but a build goes by the id.</summary>
    [Fact]
    public async Task LockedIdThatTheApiLacksIsNamed()
    {
        await using var api = await PublishedAsync();
        using var folder = new TemporaryFolder();
        var traced = await RuleAsync(api, "Traced");
        var stale = await RuleAsync(api, "Tested");
        await api.Client.Rules.RemoveAsync(stale.Id);
        await api.Client.Rules.AddAsync(new RuleAttributes { Name = "Tested", ScorecardName = Scorecard, Enabled = true, ScopeQuery = "kind:service" });
        new LockFile(LockFile.CurrentSchemaVersion, [new(Scorecard, "Traced", traced.Id), new(Scorecard, "Tested", stale.Id)]).Write(folder[LockFile.FileName]);
        var lines = await ExamineAsync(api, folder[LockFile.FileName]);
        Assert.Equal(
            $"first thing to fix: 5. the lock file can be read, and its ids exist: 'Tested' in 'Production Readiness' is {stale.Id} in {folder[LockFile.FileName]}, which the API does not have; write it anew with 'scorecard rules apply'",
            lines[^1]);
    }

    [Fact]
    public async Task RuleThatIsNotLockedIsNamed()
    {
        await using var api = await PublishedAsync();
        using var folder = new TemporaryFolder();
        new LockFile(LockFile.CurrentSchemaVersion, [new(Scorecard, "Traced", (await RuleAsync(api, "Traced")).Id)]).Write(folder[LockFile.FileName]);
        var lines = await ExamineAsync(api, folder[LockFile.FileName]);
        Assert.Contains(lines, line => line.Contains("5. ok       the lock file can be read, and its ids exist: ", StringComparison.Ordinal));
        Assert.Equal($"first thing to fix: 6. the rules exist: 'Tested' in 'Production Readiness': not in {folder[LockFile.FileName]}; write it anew with 'scorecard rules apply'", lines[^1]);
    }

    /// <summary>Of two rules of one name the lock file says which one is meant.</summary>
    [Fact]
    public async Task RuleIsTheOneThatIsLocked()
    {
        await using var api = await PublishedAsync();
        using var folder = new TemporaryFolder();
        var other = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "Tested", ScorecardName = Scorecard, Enabled = false });
        new LockFile(LockFile.CurrentSchemaVersion, [new(Scorecard, "Traced", (await RuleAsync(api, "Traced")).Id), new(Scorecard, "Tested", other.Id)]).Write(folder[LockFile.FileName]);
        Assert.StartsWith("first thing to fix: 7. the rules are enabled: 'Tested': not enabled", (await ExamineAsync(api, folder[LockFile.FileName]))[^1], StringComparison.Ordinal);
    }

    /// <summary>Nothing is asked: whoever looks gives up as soon as the site is known.</summary>
    [Fact]
    public async Task SiteWithoutScorecardsIsNamed()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var chain = new Chain(output);
        var environment = (string name) => name switch { "DD_SITE" => "ddog-gov.com", "DD_API_KEY" => "the-api-key-of-1234", "DD_APP_KEY" => "the-app-key-of-5678", _ => null };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ApiLinks(chain, new ToolContext(output, output, environment, Path.GetTempPath())).ExamineAsync("", null, Document, new CancellationToken(canceled: true)));
        chain.End();
        Assert.EndsWith("first thing to fix: 2. the site has scorecards: the API's documentation says that api.ddog-gov.com has none\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RuleThatIsNotEnabledIsNamed()
    {
        await using var api = await PublishedAsync();
        await api.Client.Rules.UpdateAsync((await RuleAsync(api, "Tested")).Id, rule => rule with { Enabled = false });
        Assert.StartsWith("first thing to fix: 7. the rules are enabled: 'Tested': not enabled", (await ExamineAsync(api))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScopeThatLeavesTheEntityOutIsNamed()
    {
        await using var api = await PublishedAsync();
        var rule = await RuleAsync(api, "Tested");
        await api.Client.Rules.UpdateAsync(rule.Id, rule => rule with { ScopeQuery = "kind:queue" });
        Assert.StartsWith("first thing to fix: 8. the rules' scope_query has the entity: 'Tested' has kind:queue, which leaves service:checkout out", (await ExamineAsync(api))[^1], StringComparison.Ordinal);

        await api.Client.Rules.UpdateAsync(rule.Id, rule => rule with { ScopeQuery = "kind:service team:shop" });
        var lines = await ExamineAsync(api);
        Assert.Contains(lines, line => line.Contains("8. unknown  the rules' scope_query has the entity: 'Tested' has kind:service team:shop", StringComparison.Ordinal));
        Assert.Equal("first thing to fix: nothing", lines[^1]);
    }

    [Fact]
    public async Task OutcomeThatSomebodyElseChangedIsNamed()
    {
        await using var api = await PublishedAsync();
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate((await RuleAsync(api, "Tested")).Id, "service:checkout", Client.OutcomeState.Pass)]);
        Assert.Matches("^first thing to fix: 9. the outcomes are those of the last report: SCORE2 is fail here and pass there since 20", (await ExamineAsync(api))[^1]);
    }

    /// <summary>It is what a publish from here would leave alone, so there is nothing to fix.</summary>
    [Fact]
    public async Task OutcomeOfANewerCommitIsInOrder()
    {
        await using var api = await PublishedAsync();
        var newer = Document with { Revision = Document.Revision with { Sha = "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", Time = Document.Revision.Time!.Value.AddMinutes(1) } };
        Assert.True((await new Publisher(api.Client, null).PublishAsync([newer with { Outcomes = [newer.Outcomes[1] with { State = State.Pass }] }], default)).IsComplete);
        var lines = await ExamineAsync(api);
        Assert.Equal("first thing to fix: nothing", lines[^1]);
        Assert.Contains("  9. ok       the outcomes are those of the last report: SCORE2 there is of the newer commit 2222222 · 2026-11-22T12:01:00Z, which a publish from here leaves alone", lines);
    }

    /// <summary>A build publishes all projects of an entity as one, and what one of them alone came to is not what the API has.</summary>
    [Fact]
    public async Task ProjectOfAnEntityIsLookedAtWithTheOthers()
    {
        using var folder = FolderOf(Document);
        (Document with { Project = "src/Worker.csproj", Outcomes = [Document.Outcomes[0] with { State = State.Fail, Reason = "no worker is" }] }).Write(folder["out/src/Worker/outcomes.json"]);
        var (document, said) = await OutcomesAsync(folder);
        Assert.Equal([State.Fail, State.Fail], document!.Outcomes.Select(outcome => outcome.State));
        Assert.Contains(", merged with the other projects of service:checkout: src/Checkout.csproj;src/Worker.csproj, commit 1111111", said, StringComparison.Ordinal);
        Assert.Contains("SCORE1 is evaluated: fail, no worker is\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildThatFailedIsToBeMadeAgain()
    {
        using var folder = FolderOf(Document with { NotEvaluated = "its build failed", Outcomes = [] });
        var (document, said) = await OutcomesAsync(folder);
        Assert.Null(document);
        Assert.EndsWith($"no       the outcomes are reported: its build failed; dotnet build {folder["Checkout.csproj"]} -p:ScorecardReport=true -p:ScorecardPublish=false\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysThatMayNotReadAreNamed()
    {
        await using var api = await TestApi.StartAsync(configure: options => options with { Faults = FaultPlan.Parse("403:1") });
        var lines = await ExamineAsync(api);
        Assert.StartsWith("first thing to fix: 3. the keys may read: ", lines[^1], StringComparison.Ordinal);
        Assert.Contains("403", lines[^1], StringComparison.Ordinal);
        Assert.Equal(6, lines.Count(line => line.Contains(". unknown  ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("first thing to fix: 1. the keys are set: DD_APP_KEY is not set", "DD_API_KEY=the-api-key-of-1234")]
    [InlineData("first thing to fix: 2. the site has scorecards: DD_SITE is 'no site'", "DD_SITE=no site")]
    [InlineData("first thing to fix: 1. the keys are set: DD_API_KEY and DD_APP_KEY are not set", "DD_SITE=ddog-gov.com")]
    public async Task NothingIsAskedWithoutKeysAndSite(string last, params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var lines = await ExamineAsync(environment.GetValueOrDefault);
        Assert.StartsWith(last, lines[^1], StringComparison.Ordinal);
        Assert.Equal(7, lines.Count(line => Regex.IsMatch(line, @"unknown  .*: there is no API to ask$")));
    }

    /// <summary>A project and what its last report came to.</summary>
    static TemporaryFolder FolderOf(OutcomesDocument document)
    {
        var folder = new TemporaryFolder().With("Checkout.csproj", """
            <Project>
              <PropertyGroup>
                <ScorecardOutputDirectory>$(MSBuildProjectDirectory)/out/</ScorecardOutputDirectory>
                <_ScorecardReportFile>$(ScorecardOutputDirectory)src/Checkout/outcomes.json</_ScorecardReportFile>
              </PropertyGroup>
            </Project>
            """);
        document.Write(folder["out/src/Checkout/outcomes.json"]);
        return folder;
    }

    static async Task<(OutcomesDocument? Document, string Said)> OutcomesAsync(TemporaryFolder folder)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var context = new ToolContext(output, output, _ => null, folder.Root);
        var project = await EvaluatedProject.ReadAsync(context, folder["Checkout.csproj"], null, null, default);
        return (new ProjectLinks(new Chain(output), context, null).Outcomes(project, Document.Entity, evaluated: true), output.ToString());
    }

    static async Task<TestApi> PublishedAsync()
    {
        var api = await TestApi.StartAsync();
        foreach (var outcome in Document.Outcomes)
            await api.Client.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Enabled = true, ScopeQuery = "kind:service" });
        Assert.True((await new Publisher(api.Client, null).PublishAsync([Document], default)).IsComplete);
        return api;
    }

    static async Task<Rule> RuleAsync(TestApi api, string name) => (await api.Client.Rules.FindAsync(Scorecard, name))!;

    static Task<IReadOnlyList<string>> ExamineAsync(TestApi api, string? lockFile = null) => ExamineAsync(
        name => name switch
        {
            "SCORECARD_API_URL" => api.Server.Url.ToString(),
            "DD_API_KEY" => "the-api-key-of-1234",
            "DD_APP_KEY" => "the-app-key-of-5678",
            _ => null,
        },
        lockFile);

    static async Task<IReadOnlyList<string>> ExamineAsync(Func<string, string?> environment, string? lockFile = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var chain = new Chain(output);
        await new ApiLinks(chain, new ToolContext(output, output, environment, Path.GetTempPath())).ExamineAsync("", lockFile, Document, default);
        chain.End();
        Assert.DoesNotContain("key-of", output.ToString(), StringComparison.Ordinal);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
