namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>The rules SCORE4xxx.</summary>
static class ReadinessScorecard
{
    public static readonly Scorecard Instance = new("Production Readiness", "Readiness");
}
