using System.Text;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>What a CI service is shown of a report.</summary>
public sealed class CiOutputTests
{
    static readonly (string, string)[] GitHub = [("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_ID", "7")];
    static readonly (string, string)[] Azure = [("TF_BUILD", "True"), ("BUILD_BUILDID", "7")];

    [Fact]
    public void FailingRuleIsAWarningAtItsPlaceOnGitHub()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            ["::warning file=src/a%2Cb/Program.cs,line=3,col=1,title=SCORE2001 The service%3A traced::100%25 of 'x' fail%0A::error::(and more) (and 1 more)"],
            Show(folder, GitHub, Document(Fail("SCORE2001", "The service: traced", new("src/a,b/Program.cs", 3, 0, "100% of 'x' fail\n::error::(and more)"), new("src/B.cs", 1, 1, "too")))));
    }

    [Fact]
    public void FailingRuleIsAnIssueOnAzure()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            [
                "##vso[task.logissue type=warning;sourcepath=src/a%3Bb%5D/Program.cs;linenumber=3;columnnumber=5;code=SCORE2001;]The service is traced: 100%AZP25%0Aof it",
                $"##vso[task.uploadsummary]{folder["summary.md"]}",
            ],
            Show(folder, Azure, Document(Fail("SCORE2001", "The service is traced", new Evidence("src/a;b]/Program.cs", 3, 5, "100%\nof it")))));
    }

    [Fact]
    public void RuleWithoutAPlaceHasItsReason()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["::warning title=SCORE1 One::because"], Show(folder, GitHub, Document(Fail("SCORE1", "One"))));
    }

    [Fact]
    public void PlaceIsRelativeToTheCheckout()
    {
        using var folder = new TemporaryFolder();
        var lines = Show(folder, [.. GitHub, ("GITHUB_WORKSPACE", Path.GetDirectoryName(folder.Root)!)], Document(Fail("SCORE1", "One", new Evidence("src/A.cs", 1, 1, "no"))));
        Assert.StartsWith($"::warning file={Path.GetFileName(folder.Root)}/src/A.cs,line=1,", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void PassesAndSkipsAreNoWarnings()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(Show(folder, GitHub, Document(new Outcome("SCORE1", "One", "S", 1, OutcomeState.Pass, null, []), new Outcome("SCORE2", "Two", "S", 1, OutcomeState.Skip, "off", []))));
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "false")]
    [InlineData("GITLAB_CI", "true")]
    [InlineData("CI", "true")]
    public void OtherProvidersAreShownNothing(string variable, string value)
    {
        using var folder = new TemporaryFolder();
        var page = folder["page.md"];
        Assert.Empty(Show(folder, [(variable, value), ("GITHUB_STEP_SUMMARY", page)], Document(Fail("SCORE1", "One"))));
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void NobodyIsFlooded()
    {
        using var folder = new TemporaryFolder();
        var failing = Document([.. Enumerable.Range(1, 9).Select(rule => Fail($"SCORE{rule}", "Rule", level: rule == 5 ? 1 : 2))]);
        var shown = Enumerable.Range(0, 20).Select(_ => Show(folder, GitHub, failing).Count).ToArray();
        Assert.Equal([3, 3, 3, 1, .. Enumerable.Repeat(0, 16)], shown);
        // The basic rule comes first, and another job has ten of its own.
        Assert.Contains("title=SCORE5 ", Show(folder, [("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_ID", "8")], failing)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void StepsOfAJobShareItsTen()
    {
        using var folder = new TemporaryFolder();
        var failing = Document([.. Enumerable.Range(1, 9).Select(rule => Fail($"SCORE{rule}", "Rule"))]);
        var shown = Enumerable.Range(0, 5).Select(step => Show(folder, [.. GitHub, ("GITHUB_JOB", "build"), ("GITHUB_ACTION", $"__run_{step}")], failing).Count);
        Assert.Equal([3, 3, 3, 1, 0], shown);
    }

    [Fact]
    public void ServicesOfAStepShareOnePage()
    {
        using var folder = new TemporaryFolder().With("page.md", "# What another tool wrote\n");
        var variables = GitHub.Append(("GITHUB_STEP_SUMMARY", folder["page.md"])).ToArray();
        var first = Document(Fail("SCORE1", "One"));
        var second = first with { Entity = new Entity("service:mail", "test") };
        Show(folder, variables, first);
        Show(folder, variables, second);
        Assert.Equal(
            $"# What another tool wrote\n{Report.Markdown([first])}{Report.Markdown([second]).Replace("# Scorecard\n", "", StringComparison.Ordinal)}",
            File.ReadAllText(folder["page.md"]));
    }

    [Fact]
    public void PageStaysBelowWhatGitHubTakes()
    {
        using var folder = new TemporaryFolder().With("page.md", "");
        var variables = GitHub.Append(("GITHUB_STEP_SUMMARY", folder["page.md"])).ToArray();
        var large = Document(Fail("SCORE1", "One") with { Reason = new string('é', 200_000) });
        foreach (var _ in Enumerable.Range(0, 5))
            Show(folder, variables, large);
        var text = File.ReadAllText(folder["page.md"]);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 800_000, 1024 * 1024);
        Assert.Equal(1, text.Split("This page is full").Length - 1);
    }

    static IReadOnlyList<string> Show(TemporaryFolder folder, IEnumerable<(string Name, string Value)> variables, OutcomesDocument document)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return new CiOutput(environment.GetValueOrDefault, folder.Root, folder.Root).Show(document);
    }

    static OutcomesDocument Document(params IReadOnlyList<Outcome> outcomes) =>
        new(OutcomesDocument.CurrentSchemaVersion, new Entity("service:checkout", "test"), Revision.Unknown, "src/Checkout.csproj", "net10.0", null, outcomes);

    static Outcome Fail(string key, string rule, params IReadOnlyList<Evidence> evidence) => new(key, rule, "S", 1, OutcomeState.Fail, "because", evidence);

    static Outcome Fail(string key, string rule, int level) => Fail(key, rule) with { Level = level };
}
