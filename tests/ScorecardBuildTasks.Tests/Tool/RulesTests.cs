using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Api;
using ScorecardBuildTasks.Tool.Rules;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary><c>rules list</c>, <c>plan</c> and <c>apply</c> against a real server.</summary>
public sealed class RulesTests
{
    const string Configuration = """
        {
          "rules": {
            "no-waiting": { "name": "Async code does not wait", "scorecard": "Code Quality", "level": 2, "description": "Waiting blocks a thread.", "diagnostics": ["CA1849"] },
          }
        }
        """;

    const string Name = "Async code does not wait";

    [Fact]
    public async Task SecondApplyFindsNothingToDo()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        var all = Catalogue.Read().Count + 1;

        Assert.Contains($"{all} to create, 0 to update, 0 unchanged", (await folder.RunAsync("rules", "plan")).Ends(1).Output, StringComparison.Ordinal);
        Assert.Contains($"{all} to create", (await folder.RunAsync("rules", "apply")).Ends(0).Output, StringComparison.Ordinal);
        Assert.Contains($"0 to create, 0 to update, {all} unchanged", (await folder.RunAsync("rules", "plan")).Ends(0).Output, StringComparison.Ordinal);
        Assert.Contains($"0 to create, 0 to update, {all} unchanged", (await folder.RunAsync("rules", "apply")).Ends(0).Output, StringComparison.Ordinal);
        Assert.Equal(all, api.Server.Requests.Requests.Count(request => request.Method != "GET"));
    }

    [Fact]
    public async Task CreatedRuleSaysWhatTheConfigurationSays()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        (await folder.RunAsync("rules", "apply")).Ends(0);
        var rule = (await api.Client.Rules.FindAsync("Code Quality", Name))!.Attributes;
        Assert.Equal((2, "Waiting blocks a thread.", "kind:service", true), (rule.Level, rule.Description, rule.ScopeQuery, rule.Enabled));
    }

    [Fact]
    public async Task RuleThatDiffersIsUpdatedWithoutLosingWhatNobodyMentions()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        (await folder.RunAsync("rules", "apply")).Ends(0);
        var id = (await api.Client.Rules.FindAsync("Code Quality", Name))!.Id;
        await api.Client.Rules.UpdateAsync(id, rule => rule with { Owner = "team-quality", Level = 3, Enabled = false });

        var plan = (await folder.RunAsync("rules", "plan")).Ends(1);
        Assert.Contains($"update     Code Quality: {Name} (level 3 → 2, enabled)\n", plan.Output, StringComparison.Ordinal);
        (await folder.RunAsync("rules", "apply")).Ends(0);
        var updated = (await api.Client.Rules.FindAsync(id))!.Attributes;
        Assert.Equal(("team-quality", 2, true), (updated.Owner, updated.Level, updated.Enabled));
        (await folder.RunAsync("rules", "plan")).Ends(0);
    }

    [Fact]
    public async Task ExistingRuleOfTheNameIsAdopted()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        var id = await api.AddRuleAsync(Name, "Code Quality");
        (await folder.RunAsync("rules", "apply")).Ends(0);
        Assert.Equal(id, LockFile.Read(folder["scorecard.lock.json"]).FindId("Code Quality", Name));
    }

    [Fact]
    public async Task OfTwoRulesOfOneNameTheOldestIsUsedAndBothAreNamed()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        var (first, second) = (await api.AddRuleAsync(Name, "Code Quality"), await api.AddRuleAsync(Name, "Code Quality"));
        var apply = (await folder.RunAsync("rules", "apply")).Ends(0);
        Assert.Contains($"({first}, {second}); the oldest, {first}, is used", apply.Error, StringComparison.Ordinal);
        Assert.Equal(first, LockFile.Read(folder["scorecard.lock.json"]).FindId("Code Quality", Name));
    }

    [Fact]
    public async Task RuleOfTheSameNameOnAnotherScorecardIsAnotherRule()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        var other = await api.AddRuleAsync(Name, "Other");
        (await folder.RunAsync("rules", "apply")).Ends(0);
        Assert.NotEqual(other, LockFile.Read(folder["scorecard.lock.json"]).FindId("Code Quality", Name));
        Assert.Null((await api.Client.Rules.FindAsync(other))!.Attributes.Description);
    }

    [Fact]
    public async Task RuleSwitchedOffHereIsDisabledThereButNotCreated()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration.Replace("\"level\": 2", "\"enabled\": false", StringComparison.Ordinal));
        (await folder.RunAsync("rules", "apply")).Ends(0);
        Assert.Null(await api.Client.Rules.FindAsync("Code Quality", Name));

        var id = await api.AddRuleAsync(Name, "Code Quality");
        (await folder.RunAsync("rules", "apply")).Ends(0);
        Assert.False((await api.Client.Rules.FindAsync(id))!.Attributes.Enabled);
    }

    [Fact]
    public async Task LockFileLiesBesideTheConfiguration()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        folder.Write("src/Checkout/Program.cs", "");
        (await folder.RunInAsync("src/Checkout", "rules", "apply")).Ends(0);
        Assert.NotNull(LockFile.Read(folder["scorecard.lock.json"]).FindId("Code Quality", Name));
        Assert.False(File.Exists(folder["src/Checkout/scorecard.lock.json"]));
    }

    [Fact]
    public async Task LockFileLiesAtTheRootWithoutConfiguration()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Write("scorecard.json", Configuration);
        // A repository of its own: what lies above its root is somebody else's.
        folder.Write("inner/.git/HEAD", "ref: refs/heads/main");
        folder.Write("inner/src/Checkout/Program.cs", "");
        (await folder.RunInAsync("inner/src/Checkout", "rules", "apply")).Ends(0);
        Assert.Null(LockFile.Read(folder["inner/scorecard.lock.json"]).FindId("Code Quality", Name));
    }

    [Fact]
    public async Task MalformedConfigurationStopsBeforeAnythingIsSent()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        var path = folder.Write("scorecard.json", "{\n  \"rules\": { \"x\": { \"levl\": 1 } }\n}");
        Assert.StartsWith($"scorecard: {path}(2,", (await folder.RunAsync("rules", "apply")).Refusal(), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests.Requests);
    }

    [Theory]
    [InlineData("src/Checkout/obj/project.assets.json")]
    [InlineData(null)]
    public async Task LayersAreThoseOfABuild(string? assets)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Set("NUGET_PACKAGES", folder["packages"]);
        folder.Write("packages/acme.preset/1.2.0/scorecard.json", """{ "rules": { "waits": { "name": "Of the preset", "diagnostics": ["CA1849"] } }, "locked": ["rules.waits"] }""");
        folder.Write("shop/.git/HEAD", "ref: refs/heads/main");
        folder.Write("shop/scorecard.json", """{ "extends": "Acme.Preset", "rules": { "waits": { "level": 1 }, "arguments": { "name": "Of the repository", "diagnostics": ["CA1510"] } } }""");
        folder.Write("shop/src/Checkout/scorecard.json", """{ "rules": { "arguments": { "level": 1 } } }""");
        if (assets is not null)
        {
            // Of several versions the one that a restore has chosen counts.
            folder.Write("packages/acme.preset/1.1.0/scorecard.json", "{}");
            folder.Write($"shop/{assets}", $$"""{ "libraries": { "Acme.Preset/1.2.0": { "type": "package", "path": "acme.preset/1.2.0" } }, "packageFolders": { "{{folder["packages"].Replace('\\', '/')}}/": {} } }""");
        }

        var plan = (await folder.RunInAsync("shop/src/Checkout", "rules", "plan", "--format", "json")).Ends(1);
        Assert.Contains("Of the preset", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Of the repository", plan.Output, StringComparison.Ordinal);
        Assert.Contains("warning SCORE0019: 'rules.waits' is locked", plan.Error, StringComparison.Ordinal);
        (await folder.RunInAsync("shop/src/Checkout", "rules", "apply")).Ends(0);
        Assert.Equal(1, (await api.Client.Rules.FindAsync("Code Quality", "Of the repository"))!.Attributes.Level);
    }

    [Fact]
    public async Task PresetThatIsNowhereIsNamedAndNothingIsSent()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Set("NUGET_PACKAGES", folder["packages"]);
        folder.Write("packages/acme.preset/1.1.0/scorecard.json", "{}");
        folder.Write("packages/acme.preset/1.2.0/scorecard.json", "{}");
        var path = folder.Write("scorecard.json", """{ "extends": "Acme.Preset" }""");
        var refusal = (await folder.RunAsync("rules", "apply")).Refusal();
        Assert.StartsWith($"scorecard: {path}(1,3)", refusal, StringComparison.Ordinal);
        Assert.Contains("'extends' names Acme.Preset", refusal, StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests.Requests);
    }

    [Fact]
    public async Task ConfigurationThatIsNotThereIsNamed()
    {
        using var folder = new ToolFolder();
        Assert.Contains(folder["other.json"], (await folder.RunAsync("rules", "plan", "--config", "other.json")).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingKeyIsNamed()
    {
        using var folder = new ToolFolder();
        folder.Set("DD_API_KEY", "the-api-key");
        var refusal = (await folder.RunAsync("rules", "list", "--api-url", "http://127.0.0.1:1")).Refusal();
        Assert.Contains("set the environment variable DD_APP_KEY", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("DD_API_KEY", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OptionOutweighsTheEnvironmentsAddress()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        folder.Set("SCORECARD_API_URL", "not an address");
        Assert.Contains("SCORECARD_API_URL", (await folder.RunAsync("rules", "list")).Refusal(), StringComparison.Ordinal);
        (await folder.RunAsync("rules", "list", "--api-url", api.Server.Url.ToString())).Ends(0);
    }

    [Theory]
    [InlineData("text", "Code Quality  A|B   3      yes             ")]
    [InlineData("markdown", "| Code Quality | A\\|B | 3 | yes |  | ")]
    [InlineData("json", "\"name\": \"A|B\"")]
    public async Task ListIsWrittenAsAskedFor(string format, string expected)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("A|B", "Code Quality");
        Assert.Contains(expected, (await folder.RunAsync("rules", "list", "--format", format)).Ends(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RulesAreNamedAsEvaluationNamesThem()
    {
        var configuration = new ScorecardConfiguration
        {
            Rules = new Dictionary<string, RuleConfiguration>
            {
                ["bare"] = new(Diagnostics: ["CA1849"]),
                ["SCORE2001"] = new(Name: "Traced", Level: 2),
                ["SCORE4001"] = new(Scorecard: "Operations"),
            },
        };
        var log = ErrorLog.Read(Path.Combine(AppContext.BaseDirectory, "Evaluation", "Logs", "pass.sarif"));
        var evaluated = Evaluator.Evaluate(new EvaluationInput(
            new CompilerRun("Shop.csproj", "Shop", "net10.0", log.Stamp!.ConfigurationHash, log), "/repo/", configuration,
            new Entity("service:shop", "test"), Revision.Unknown, new DateOnly(2026, 12, 1), _ => null));
        // The log is of an earlier catalogue, which had some of today's rules.
        Assert.Subset(
            DesiredRule.All(Catalogue.Read(), configuration).Select(rule => (rule.Scorecard, rule.Name, rule.Level)).ToHashSet(),
            evaluated.Outcomes.Select(outcome => (outcome.Scorecard, outcome.Rule, outcome.Level)).ToHashSet());
    }
}
