using System.Globalization;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>
/// The commit that a remark ends with, <c>commit 1a2b3c4 · 2026-11-22T10:15:00Z</c>: the API keeps no commit of its own, so this is where the next publish reads
/// which commit an outcome belongs to.
/// </summary>
/// <param name="Sha">The first seven hex digits.</param>
/// <param name="Time">The commit's time, to the second.</param>
public sealed partial record CommitMark(string Sha, DateTimeOffset? Time)
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>What the clocks of two machines may differ.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <returns>Null outside a repository.</returns>
    public static CommitMark? Of(Revision revision) => revision.Sha is { } sha
        ? new CommitMark(sha[..Math.Min(7, sha.Length)], revision.Time is { } time ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()) : null)
        : null;

    /// <returns>Null for a remark that somebody else wrote.</returns>
    public static CommitMark? Parse(string? remarks)
    {
        if (remarks is null || Mark().Match(remarks) is not { Success: true } match)
            return null;
        var time = DateTimeOffset.TryParseExact(match.Groups["time"].ValueSpan, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : (DateTimeOffset?)null;
        return new CommitMark(match.Groups["sha"].Value, time);
    }

    /// <summary>Whether this commit is known to be older than another; best effort, since only the commits' own times tell.</summary>
    public bool IsOlderThan(CommitMark other) => Sha != other.Sha && Time < other.Time;

    /// <summary>Whether there can have been such a commit when its outcome was written. A clock that was ahead must not hold back whatever is committed until its time has come.</summary>
    /// <param name="written">By the API's clock; null where it does not say.</param>
    public bool IsPossibleAt(DateTimeOffset? written) => !(Time > written + Skew);

    public override string ToString() => Time is { } time ? $"commit {Sha} · {time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}" : $"commit {Sha}";

    [GeneratedRegex(@"(?:^|\s)commit (?<sha>[0-9a-f]{7})(?: · (?<time>\S+))?$")]
    private static partial Regex Mark();
}
