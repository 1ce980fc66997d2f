using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Server;

/// <summary>The time to the nanosecond; the last two digits, which <see cref="DateTimeOffset"/> lacks, are the stopwatch's.</summary>
sealed class Clock(TimeProvider timeProvider)
{
    public Timestamp Now()
    {
        Timestamp now = timeProvider.GetUtcNow();
        return new Timestamp(now.UnixSeconds, now.Nanosecond + (int)(timeProvider.GetTimestamp() % 100));
    }
}
