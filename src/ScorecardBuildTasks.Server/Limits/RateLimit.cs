namespace ScorecardBuildTasks.Server.Limits;

/// <summary>How many requests a caller may make in each period; periods are aligned with the clock.</summary>
public sealed record RateLimit(int Requests, TimeSpan Period);
