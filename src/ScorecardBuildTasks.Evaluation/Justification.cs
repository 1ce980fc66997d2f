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

    /// <summary>
    /// The comment behind the <c>#pragma warning disable</c> that covers a line, or else the nearest of those right above it: the error log does not carry it. What is written for a tool, a licence's line,
    /// markup and separators are no reasons.
    /// </summary>
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
                for (var above = i; !IsReason(comment); comment = Comment().Match(source[above]).Groups[1].Value.Trim())
                {
                    if (--above < 0 || !Comment().IsMatch(source[above]))
                        return null;
                }

                return comment;
            }
        }

        return null;
    }

    /// <summary>What a <c>DiagnosticSuppressor</c> gives as its reason, behind its id; csc writes all of them that suppress a finding into one text.</summary>
    public static string? OfSuppressor(string type, LoggedRule? rule) =>
        Suppressor().Matches(type)
            .Where(one => !IsPlaceholder(one.Groups["why"].Value, rule))
            .Select(one => $"{one.Groups["id"].Value}: {one.Groups["why"].Value.Trim()}")
            .ToArray() is { Length: > 0 } reasons ? string.Join("; ", reasons) : null;

    static bool IsReason(string comment) => comment.Any(char.IsLetterOrDigit) && !Markup().IsMatch(comment) && !ForATool().IsMatch(comment) && !Licence().IsMatch(comment);

    /// <summary>The compiler's own may stand there by their number alone, <c>618</c>, and those on nullable reference types all together.</summary>
    static bool Means(string written, string id) =>
        written == id
        || (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && id == $"CS{number:0000}")
        || (written == "nullable" && id.StartsWith("CS8", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable(?<ids>[^/]*)(//+(?<comment>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pragma();

    [GeneratedRegex(@"^\s*//+(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"Suppression Id: (?<id>.*?), Suppression Justification: (?<why>.*?)(?=, Suppression Id: | }$)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Suppressor();

    [GeneratedRegex("^<.*>$", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(resharper\s+(disable|restore|enable)\b|no(lint|lintnextline|sonar|sec|semgrep|inspection)\b(\s*\([^)]*\)|\s+\w+)?\W*$|(c|code)?spell(-?checker)?\s*:|([a-z]+-?)?lint(er)?(\s*:|-(disable|enable)\b)|@formatter:|language\s*=\s*\w+\W*$|devskim\s*:|prettier-ignore\b|gitleaks:)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ForATool();

    [GeneratedRegex(@"^(copyright\b|\(c\)|©|spdx-|licensed (to|under)\b|all rights reserved|see the licen[cs]e\b|the .{1,60} licenses this file)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Licence();
}
