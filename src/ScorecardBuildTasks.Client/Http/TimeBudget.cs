namespace ScorecardBuildTasks.Client.Http;

/// <summary>The time that is left of a call, all its attempts and waits together.</summary>
sealed class TimeBudget(TimeProvider timeProvider, TimeSpan total)
{
    readonly long start = timeProvider.GetTimestamp();

    public static TimeBudget Start(ScorecardClientOptions options) => new(options.TimeProvider, options.TotalTimeout);

    public TimeSpan Total => total;

    public TimeSpan Left => total - timeProvider.GetElapsedTime(start);
}
