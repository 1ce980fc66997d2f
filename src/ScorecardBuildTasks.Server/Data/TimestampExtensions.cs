using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>Times as columns hold them: microseconds, cut off.</summary>
static class TimestampExtensions
{
    public static long ToMicroseconds(this Timestamp timestamp) => timestamp.UnixNanoseconds / 1000;

    public static Timestamp FromMicroseconds(long microseconds) => new(microseconds * 1000);
}
