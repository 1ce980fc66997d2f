using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>An id with <c>*</c> and <c>?</c> in it, as <c>scorecard.json</c> may name many at once.</summary>
static class Wildcard
{
    static readonly char[] Signs = ['*', '?'];

    public static bool Is(string id) => id.IndexOfAny(Signs) >= 0;

    public static IEnumerable<string> Matching(string wildcard, IEnumerable<string> ids)
    {
        var pattern = new Regex($"^{Regex.Escape(wildcard).Replace(@"\*", ".*").Replace(@"\?", ".")}$", RegexOptions.CultureInvariant);
        return ids.Where(id => pattern.IsMatch(id));
    }
}
