using Build.Corpus;
using ScorecardBuildTasks.Evaluation;
using Report = Build.Corpus.Report;

namespace ScorecardBuildTasks.Tests.Corpus;

/// <summary>How <c>build corpus</c> counts what a rule says against what a reader expects.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("pass", OutcomeState.Pass, null, "right")]
    [InlineData("fail", OutcomeState.Fail, "1 finding", "right")]
    [InlineData("notApplicable", OutcomeState.Skip, "not applicable: it maps no endpoint", "right")]
    [InlineData("pass", OutcomeState.Fail, "1 finding", "wrong")]
    [InlineData("fail", OutcomeState.Pass, null, "wrong")]
    [InlineData("pass", OutcomeState.Skip, "not applicable: it maps no endpoint", "wrong")]
    [InlineData("notApplicable", OutcomeState.Pass, null, "wrong")]
    [InlineData("notApplicable", OutcomeState.Fail, "1 finding", "wrong")]
    [InlineData("pass", OutcomeState.Skip, "undecided: a package was built without the rules", "aside")]
    [InlineData("fail", OutcomeState.Skip, "switched off by .editorconfig", "aside")]
    [InlineData("notApplicable", OutcomeState.NotEvaluated, "its analyzer crashed", "aside")]
    [InlineData("undecided", OutcomeState.Pass, null, "claimed")]
    [InlineData("undecided", OutcomeState.Fail, "1 finding", "claimed")]
    [InlineData("undecided", OutcomeState.Skip, "not applicable: it maps no endpoint", "undecided")]
    [InlineData("undecided", OutcomeState.Skip, "undecided: a package was built without the rules", "undecided")]
    public void OutcomeStandsToTheExpectation(string expected, OutcomeState state, string? reason, string standing) =>
        Assert.Equal(standing, Report.Name(Compare("SCORE1001", expected, state, reason).Standing));

    [Theory]
    [InlineData(17, 0, 3, true)]
    [InlineData(16, 0, 3, false)]
    [InlineData(99, 1, 0, false)]
    [InlineData(0, 0, 0, true)]
    public void GoalIsNoneWrongAndFewAside(int right, int wrong, int aside, bool met) => Assert.Equal(met, new Score(right, wrong, aside).Met);

    [Fact]
    public void TableCountsEachRuleAndShowsWhatIsNotRight()
    {
        Comparison[] comparisons =
        [
            Compare("SCORE2001", "pass", OutcomeState.Pass, null),
            Compare("SCORE2001", "pass", OutcomeState.Skip, "undecided: who knows"),
            Compare("SCORE1001", "fail", OutcomeState.Fail, "1 finding"),
            Compare("SCORE1001", "pass", OutcomeState.Fail, "1 finding"),
            Compare("SCORE1001", "undecided", OutcomeState.Pass, null),
        ];
        Assert.Equal("""
            SCORE1001  1 right, 1 wrong, 0 aside of 2; goal missed
                wrong    SCORE1001  src/Shop/Shop.csproj: expected pass, got fail (1 finding; src/Shop/Program.cs:3 'Shop' has no owner); README.md:2: Because.
                claimed  SCORE1001  src/Shop/Shop.csproj: expected undecided, got pass; README.md:2: Because.
            SCORE2001  1 right, 0 wrong, 1 aside of 2; goal missed
                aside    SCORE2001  src/Shop/Shop.csproj: expected pass, got undecided (undecided: who knows); README.md:2: Because.
            all        2 right, 1 wrong, 1 aside of 4, 1 claimed
            fewer than 3 expected fails: SCORE1001 (2), SCORE2001 (0)

            """, Report.Of(comparisons, new Dictionary<string, int> { ["SCORE1001"] = 2 }), ignoreLineEndingDifferences: true);
        Assert.False(Report.Met(comparisons, null));
    }

    [Fact]
    public void WholeCorpusHasEachRuleFailThreeTimes()
    {
        Comparison[] right = [Compare("SCORE1001", "pass", OutcomeState.Pass, null)];
        Assert.True(Report.Met(right, new Dictionary<string, int> { ["SCORE1001"] = 3 }));
        Assert.False(Report.Met(right, new Dictionary<string, int> { ["SCORE1001"] = 2 }));
        Assert.False(Report.Met(right, new Dictionary<string, int>()));
        Assert.True(Report.Met(right, null));
    }

    static Comparison Compare(string rule, string expected, OutcomeState state, string? reason)
    {
        using var file = new TemporaryCorpus(TemporaryCorpus.Of(rule, expected));
        var expectation = Assert.Single(Assert.Single(CorpusFile.Read(file.Path).Services).Expectations);
        Evidence[] evidence = state == OutcomeState.Fail ? [new Evidence("src/Shop/Program.cs", 3, 1, "'Shop' has no owner")] : [];
        return new Comparison("acme/shop", "src/Shop/Shop.csproj", expectation, new Outcome(rule, "The rule", "Scorecard", 1, state, reason, evidence));
    }
}
