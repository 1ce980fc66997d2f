namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>The rules SCORE2xxx.</summary>
static class TelemetryScorecard
{
    public static readonly Scorecard Instance = new("Observability Best Practices", "Telemetry");
}
