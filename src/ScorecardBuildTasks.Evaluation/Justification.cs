using System.Globalization;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>Tells a reason from a word that stands in for one.</summary>
static partial class Justification
{
    /// <summary>True for nothing, <c>TODO</c>, <c>Pending</c>, the IDE's <c>&lt;Pending&gt;</c>, and the rule's own id or title said back, or both.</summary>
    public static bool IsPlaceholder(string? text, LoggedRule? rule)
    {
        if (Reason.IsPlaceholder(text))
            return true;
        if (rule is null)
            return false;
        var words = Reason.Words(text);
        var said = words.StartsWith(rule.Id, StringComparison.OrdinalIgnoreCase) ? words[rule.Id.Length..].TrimStart(':', '-', ' ') : words;
        return said.Length == 0 || said.Equals(rule.Title.Trim('.'), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The comment behind the <c>#pragma warning disable</c> that covers a line: the error log does not carry it.</summary>
    /// <param name="line">The finding's line, from 1.</param>
    public static string? OfPragma(IReadOnlyList<string> source, int line, string id)
    {
        for (var i = Math.Min(line, source.Count) - 1; i >= 0; i--)
        {
            if (Pragma().Match(source[i]) is not { Success: true } pragma)
                continue;
            var ids = pragma.Groups["ids"].Value.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (ids.Length == 0 || ids.Any(written => Means(written, id)))
            {
                var comment = pragma.Groups["comment"].Value.Trim();
                return comment.Length > 0 ? comment : i > 0 && Comment().Match(source[i - 1]) is { Success: true } above ? above.Groups[1].Value.Trim() : null;
            }
        }

        return null;
    }

    /// <summary>The compiler's own may stand there by their number alone, <c>618</c>, and those on nullable reference types all together.</summary>
    static bool Means(string written, string id) =>
        written == id
        || (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && id == $"CS{number:0000}")
        || (written == "nullable" && id.StartsWith("CS8", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable(?<ids>[^/]*)(//(?<comment>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pragma();

    [GeneratedRegex(@"^\s*//\s*(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
