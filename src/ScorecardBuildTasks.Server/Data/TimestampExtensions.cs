using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>Times as columns hold them: microseconds, cut off.</summary>
static class TimestampExtensions
{
    public static long ToMicroseconds(this Timestamp timestamp) => timestamp.UnixSeconds * 1_000_000 + timestamp.Nanosecond / 1000;

    public static Timestamp FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
