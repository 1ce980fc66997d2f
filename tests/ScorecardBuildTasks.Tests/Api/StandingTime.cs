namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A clock that a test sets.</summary>
sealed class StandingTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
