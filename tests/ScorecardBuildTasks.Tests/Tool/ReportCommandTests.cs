using System.Text.Json;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Api;
using State = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary><c>scorecard report</c>: what a change makes fail or pass.</summary>
public sealed class ReportCommandTests
{
    static readonly (string, State)[] Base = [("Fixed", State.Fail), ("Broken", State.Pass), ("Kept", State.Fail), ("Steady", State.Pass), ("Waived", State.Fail)];
    static readonly (string, State)[] Now = [("Fixed", State.Pass), ("Broken", State.Fail), ("Kept", State.Fail), ("Steady", State.Pass), ("Waived", State.Skip), ("Added", State.Fail), ("Fine", State.Pass)];

    [Theory]
    [InlineData("base")]
    [InlineData("base/checkout/outcomes.json")]
    public async Task ChangeIsToldAgainstTheOutcomesOfTheBase(string baseline)
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("base/checkout", "service:checkout", Base);
        folder.WriteOutcomes("out/checkout", "service:checkout", Now);
        var report = (await folder.RunAsync("report", "out", "--baseline", baseline)).Ends(0);
        Assert.Equal(
            """
            service:checkout: this change makes 2 rules fail and 1 pass; 1 changed otherwise; 1 fails as before
              new → fail  Added Added: because
              pass → fail  Broken Broken: because
              fail → pass  Fixed Fixed
              fail → skip  Waived Waived: because

            """.ReplaceLineEndings("\n"),
            report.Output);
    }

    /// <summary>Each is compared with itself.</summary>
    [Fact]
    public async Task GuessWithTheNameOfACertainEntityIsComparedByItself()
    {
        using var folder = new ToolFolder();
        foreach (var build in (string[])["base", "out"])
        {
            folder.WriteOutcomes($"{build}/checkout", "service:checkout", ("Broken", build == "base" ? State.Pass : State.Fail));
            folder.WriteOutcomes($"{build}/sample", "service:checkout", ("Broken", State.Fail));
            var guessed = OutcomesDocument.Read(folder[$"{build}/sample/outcomes.json"]);
            (guessed with { Entity = guessed.Entity with { Guessed = true }, Held = "its entity is a guess" }).Write(folder[$"{build}/sample/outcomes.json"]);
        }

        Assert.Equal(
            "service:checkout: this change makes 1 rule fail\n  pass → fail  Broken Broken: because\nservice:checkout: this change makes no rule fail or pass; 1 fails as before\n",
            (await folder.RunAsync("report", "out", "--baseline", "base")).Ends(0).Output);
    }

    [Fact]
    public async Task PullRequestIsToldInMarkdown()
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("base/checkout", "service:checkout", ("Broken", State.Pass), ("Kept", State.Fail));
        folder.WriteOutcomes("base/mail", "service:mail", ("Kept", State.Pass));
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Broken", State.Fail), ("Kept", State.Fail));
        folder.WriteOutcomes("out/mail", "service:mail", ("Kept", State.Pass));
        var report = (await folder.RunAsync("report", "out", "--baseline", "base", "--format", "markdown")).Ends(0);
        Assert.Equal(
            """
            # Scorecard, compared with base

            ## service:checkout

            service:checkout: this change makes 1 rule fail; 1 fails as before

            |  | rule | level | why |
            |---|---|---|---|
            | pass → fail | Broken Broken | 1 | because |

            Fail as before: Kept

            ## service:mail

            service:mail: this change makes no rule fail or pass

            """.ReplaceLineEndings("\n"),
            report.Output);
    }

    [Fact]
    public async Task ChangeIsToldAgainstTheApi()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        foreach (var (rule, _) in Base)
            await api.AddRuleAsync(rule);
        folder.WriteOutcomes("base/checkout", "service:checkout", Base);
        (await folder.RunAsync("push", "base")).Ends(0);
        var writes = api.Server.Requests.Requests.Count(request => request.Method != "GET");
        folder.WriteOutcomes("out/checkout", "service:checkout", Now);
        var report = (await folder.RunAsync("report", "out", "--api")).Ends(0);
        Assert.Contains("makes 2 rules fail and 1 pass; 1 changed otherwise; 1 fails as before\n", report.Output, StringComparison.Ordinal);
        Assert.Equal(writes, api.Server.Requests.Requests.Count(request => request.Method != "GET"));
    }

    /// <summary>Of two rules of one name a publish goes by the oldest, or by the one that is locked; whatever the other says is no word on it.</summary>
    [Fact]
    public async Task ChangeIsToldAgainstTheRuleThatAPublishGoesBy()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        var (oldest, other) = (await api.AddRuleAsync("Kept"), await api.AddRuleAsync("Kept"));
        Assert.True((await api.Client.Outcomes.PublishAsync([new(oldest, "service:checkout", Client.OutcomeState.Fail), new(other, "service:checkout", Client.OutcomeState.Pass)])).IsComplete);
        folder.WriteOutcomes("out", "service:checkout", ("Kept", State.Fail));
        Assert.Equal("service:checkout: this change makes no rule fail or pass; 1 fails as before\n", (await folder.RunAsync("report", "out", "--api")).Ends(0).Output);

        new LockFile(LockFile.CurrentSchemaVersion, [new LockedRule("Production Readiness", "Kept", other)]).Write(folder["elsewhere.lock.json"]);
        Assert.StartsWith("service:checkout: this change makes 1 rule fail\n", (await folder.RunAsync("report", "out", "--api", "--lock", "elsewhere.lock.json")).Ends(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BaselineFileTellsWhatFailedAlready()
    {
        using var folder = new ToolFolder();
        folder.Write("scorecard.baseline.json", """{ "schemaVersion": 1, "failing": { "service:checkout": ["Fixed", "Kept"] } }""");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Fixed", State.Pass), ("Kept", State.Fail), ("Broken", State.Fail), ("Steady", State.Pass));
        Assert.Equal(
            "service:checkout: this change makes 1 rule fail and 1 pass; 1 fails as before\n  no fail → fail  Broken Broken: because\n  fail → pass  Fixed Fixed\n",
            (await folder.RunAsync("report", "out", "--baseline", "scorecard.baseline.json")).Ends(0).Output);
    }

    [Fact]
    public async Task ChangeIsToldInJson()
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("base", "service:checkout", Base);
        folder.WriteOutcomes("out", "service:checkout", Now);
        using var json = JsonDocument.Parse((await folder.RunAsync("report", "out", "--baseline", "base", "--format", "json")).Ends(0).Output);
        var entity = json.RootElement.GetProperty("entities")[0];
        Assert.Equal(["Added", "Broken", "Fixed", "Waived"], entity.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("key").GetString()));
        Assert.Equal("Kept", entity.GetProperty("stillFailing")[0].GetString());
    }

    [Fact]
    public async Task WithoutABaseTheWholeIsReported()
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("out", "service:checkout", ("Kept", State.Fail), ("Steady", State.Pass));
        Assert.Equal("Scorecard service:checkout: 1 of 2 rules pass, level 0 (entity from test)\n  fail Kept Kept: because\n", (await folder.RunAsync("report", "out")).Ends(0).Output);
        Assert.Contains("| fail | Kept Kept |", (await folder.RunAsync("report", "out", "--format", "markdown")).Ends(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no such file or folder", "nowhere")]
    [InlineData("there is no outcomes.json below it", "empty")]
    [InlineData("wrong.json(1,", "wrong.json")]
    public async Task BaseThatIsNoneIsRefused(string said, string baseline)
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("out", "service:checkout", ("Kept", State.Fail));
        folder.Write("empty/readme.txt", "");
        folder.Write("wrong.json", "nonsense");
        Assert.Contains(said, (await folder.RunAsync("report", "out", "--baseline", baseline)).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoBasesAreRefused()
    {
        using var folder = new ToolFolder();
        Assert.Contains("--baseline and --api cannot both", (await folder.RunAsync("report", "out", "--baseline", "base", "--api")).Refusal(), StringComparison.Ordinal);
    }
}
