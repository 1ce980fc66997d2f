namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The rules SCORE1xxx.</summary>
static class OwnershipScorecard
{
    public static readonly Scorecard Instance = new("Ownership & Documentation", "Ownership");
}
