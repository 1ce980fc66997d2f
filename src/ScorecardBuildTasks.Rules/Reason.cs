using System.Text.RegularExpressions;

namespace ScorecardBuildTasks;

/// <summary>Tells a reason from a word that stands in for one, for suppressions and for skipped tests alike.</summary>
static class Reason
{
    static readonly Regex Placeholders = new(
        @"^(todo|tbd|fixme|pending|none|n/?a|later|ignore|ignored|suppressed?|temporary|temp|wip|false positive|because|reason|justification|test|\W+)\b\W*$"
        + @"|^(todo|tbd|fixme|wip)\s*(\([^)]*\)\s*)?:|^(todo|fixme)\s+(remove|fix|later|review|check|clean|justify|explain|add|write|decide)\b"
        + @"|^pending\s+(review|approval|decision|discussion|investigation|justification|confirmation|clarification|removal|fix|work)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>True for nothing, <c>TODO</c>, <c>TODO: remove later</c>, <c>Pending</c>, <c>Pending review</c>, the IDE's <c>&lt;Pending&gt;</c>, a line of dashes.</summary>
    public static bool IsPlaceholder(string? text)
    {
        var words = Words(text);
        return words.Length < 4 || !words.Any(char.IsLetterOrDigit) || Placeholders.IsMatch(words);
    }

    /// <summary>The text without what people and tools wrap it in.</summary>
    public static string Words(string? text) => (text ?? "").Trim().Trim('<', '>', '.', '"').Trim();
}
