namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>The rules SCORE3xxx.</summary>
static class TestingScorecard
{
    public static readonly Scorecard Instance = new("Testing", "Testing");
}
