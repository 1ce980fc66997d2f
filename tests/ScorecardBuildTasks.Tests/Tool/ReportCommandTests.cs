using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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

            Nothing changes: service:mail

            """.ReplaceLineEndings("\n"),
            report.Output);
    }

    /// <summary>A rule that is switched off for good, and a service whose project was removed.</summary>
    [Fact]
    public async Task WhatIsNoLongerThereIsNamed()
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("base/checkout", "service:checkout", ("Kept", State.Fail), ("Left", State.Fail));
        folder.WriteOutcomes("base/mail", "service:mail", ("Kept", State.Pass));
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Kept", State.Fail));
        Assert.Equal(
            "service:checkout: this change makes no rule fail or pass; 1 no longer there; 1 fails as before\n  fail → gone  Left Left\nservice:mail: no longer there\n",
            (await folder.RunAsync("report", "out", "--baseline", "base")).Ends(0).Output);
        var markdown = (await folder.RunAsync("report", "out", "--baseline", "base", "--format", "markdown")).Ends(0).Output;
        Assert.Contains("\n| fail → gone | Left Left | 1 |  |\n", markdown, StringComparison.Ordinal);
        Assert.EndsWith("\nNo longer there: service:mail\n", markdown, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await folder.RunAsync("report", "out", "--baseline", "base", "--format", "json")).Ends(0).Output);
        Assert.Equal("service:mail", json.RootElement.GetProperty("gone")[0].GetString());
        Assert.Equal("Left", json.RootElement.GetProperty("entities")[0].GetProperty("gone")[0].GetString());
    }

    /// <summary>It may have failed all along.</summary>
    [Fact]
    public async Task FailOfWhichTheBaseKnowsNothingIsNotMadeByTheChange()
    {
        using var folder = new ToolFolder();
        folder.WriteOutcomes("base", "service:checkout", ("Unknown", State.NotEvaluated), ("Told", State.NotEvaluated));
        folder.WriteOutcomes("out", "service:checkout", ("Unknown", State.Fail), ("Told", State.Pass), ("Added", State.Fail));
        Assert.Equal(
            "service:checkout: this change makes 1 rule fail; 2 changed otherwise\n  new → fail  Added Added: because\n  not evaluated → fail  Unknown Unknown: because\n  not evaluated → pass  Told Told\n",
            (await folder.RunAsync("report", "out", "--baseline", "base")).Ends(0).Output);
    }

    [Fact]
    public async Task BaseWhoseBuildFailedTellsNothingOfItsEntity()
    {
        using var folder = new ToolFolder();
        foreach (var service in (string[])["checkout", "mail"])
        {
            folder.WriteOutcomes($"base/{service}", $"service:{service}");
            (OutcomesDocument.Read(folder[$"base/{service}/outcomes.json"]) with { NotEvaluated = "its build failed" }).Write(folder[$"base/{service}/outcomes.json"]);
        }

        folder.WriteOutcomes("out/checkout", "service:checkout", ("Kept", State.Fail), ("Steady", State.Pass));
        folder.WriteOutcomes("out/mail", "service:mail", ("Steady", State.Pass));
        const string Unknown = "what this change does is not known, because the base was not evaluated: its build failed";
        Assert.Equal(
            $"service:checkout: {Unknown}; 1 rule fails now\n  not evaluated → fail  Kept Kept: because\nservice:mail: {Unknown}\n",
            (await folder.RunAsync("report", "out", "--baseline", "base")).Ends(0).Output);
        Assert.DoesNotContain("Nothing changes", (await folder.RunAsync("report", "out", "--baseline", "base", "--format", "markdown")).Ends(0).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await folder.RunAsync("report", "out", "--baseline", "base", "--format", "json")).Ends(0).Output);
        Assert.Equal("its build failed", json.RootElement.GetProperty("entities")[0].GetProperty("baseNotEvaluated").GetString());
    }

    /// <summary>What it breaks comes first, then as many headlines as there is room for.</summary>
    [Fact]
    public async Task CommentStaysBelowWhatGitHubTakes()
    {
        using var folder = new ToolFolder();
        var rules = Enumerable.Range(0, 30).Select(rule => $"Rule {rule} {new string('x', 100)}").ToArray();
        foreach (var i in Enumerable.Range(0, 400))
        {
            var state = i == 399 ? State.Fail : State.Pass;
            folder.WriteOutcomes($"base/{i}", $"service:changed-{i:000}", [.. rules.Select(rule => (rule, state == State.Pass ? State.Fail : State.Pass))]);
            folder.WriteOutcomes($"out/{i}", $"service:changed-{i:000}", [.. rules.Select(rule => (rule, state))]);
            folder.WriteOutcomes($"base/same-{i}", $"service:same-{i:000}", ("Kept", State.Fail));
            folder.WriteOutcomes($"out/same-{i}", $"service:same-{i:000}", ("Kept", State.Fail));
        }

        var comment = (await folder.RunAsync("report", "out", "--baseline", "base", "--format", "markdown")).Ends(0).Output;
        Assert.InRange(comment.Length, 50_000, 60_000);
        Assert.StartsWith("# Scorecard, compared with base\n\n## service:changed-399\n", comment, StringComparison.Ordinal);
        var cut = Regex.Match(comment, @"\nToo much for a comment: the tables of (\d+) of these entities, and (\d+) more that change\.");
        Assert.Equal(400, comment.Split("\n## ").Length - 1 + int.Parse(cut.Groups[2].Value, CultureInfo.InvariantCulture));
        Assert.Equal(int.Parse(cut.Groups[1].Value, CultureInfo.InvariantCulture), comment.Split("\n## ").Skip(1).Count(section => !section.Contains("|---|", StringComparison.Ordinal)));
        Assert.EndsWith("service:same-099 and 300 more; 400 rules fail there as before\n", comment, StringComparison.Ordinal);
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

    /// <summary>One whose rules the API lacks, and one that has none because its build failed.</summary>
    [Fact]
    public async Task EntityOfWhichNoRuleIsInTheApiIsNotRead()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Kept");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Kept", State.Fail));
        folder.WriteOutcomes("out/mail", "service:mail", ("Added", State.Fail));
        folder.WriteOutcomes("out/stock", "service:stock");
        var before = api.Server.Requests.Requests.Count;
        (await folder.RunAsync("report", "out", "--api")).Ends(0);
        Assert.Contains("checkout", Assert.Single(api.Server.Requests.Requests.Skip(before), request => request.Path.Contains("/outcomes", StringComparison.Ordinal)).Path, StringComparison.Ordinal);
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
