using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>An outcomes document as people read it: the block in the build's output, the Markdown summary, the remark on the scorecard.</summary>
public static partial class Report
{
    const int LinkedFindings = 5;
    const int RemarkLength = 1000;

    /// <summary>0 to 3: level N needs every counting rule of the levels up to N. Skipped rules do not count; one not evaluated cannot be claimed.</summary>
    public static int Level(OutcomesDocument document)
    {
        var counting = document.Outcomes.Where(outcome => outcome.State != OutcomeState.Skip).ToArray();
        if (counting.Length == 0)
            return 0;
        var highest = counting.Max(outcome => outcome.Level);
        var missed = counting.Where(outcome => outcome.State != OutcomeState.Pass).Select(outcome => outcome.Level).DefaultIfEmpty(highest + 1).Min();
        return Math.Min(highest, missed - 1);
    }

    /// <summary>One line for the service, one for what keeps it from being published, and one for each failing rule; no line ends in white space.</summary>
    public static string Text(OutcomesDocument document)
    {
        var text = new StringBuilder().Append(Headline(document));
        if (document.Held is { } held)
            text.Append("\n  not to be published: ").Append(held);
        foreach (var outcome in document.Outcomes.Where(outcome => outcome.State is OutcomeState.Fail or OutcomeState.NotEvaluated))
        {
            text.Append('\n').Append("  ").Append(outcome.State == OutcomeState.Fail ? "fail " : "not evaluated ").Append(outcome.Key).Append(' ').Append(outcome.Rule);
            if (outcome.Evidence is [var first, ..])
            {
                text.Append(": ").Append(first.Message).Append(" (").Append(PlaceOf(first)).Append(')');
                if (outcome.Evidence.Count > 1)
                    text.Append(CultureInfo.InvariantCulture, $" and {outcome.Evidence.Count - 1} more");
                if (Count().Replace(outcome.Reason ?? "", "") is { Length: > 0 } besides)
                    text.Append("; ").Append(besides);
            }
            else if (outcome.Reason is not null)
            {
                text.Append(": ").Append(outcome.Reason);
            }
        }

        return text.ToString();
    }

    /// <summary>The first line: <c>Scorecard service:checkout: 5 of 6 rules pass, level 1 (entity from src/Checkout/entity.datadog.yaml)</c>.</summary>
    public static string Headline(OutcomesDocument document)
    {
        var entity = document.Entity;
        if (document.NotEvaluated is { } why)
            return $"Scorecard {entity.Reference}: not evaluated, {why}";
        var counted = document.Outcomes.Count(outcome => outcome.State != OutcomeState.Skip);
        var passed = document.Outcomes.Count(outcome => outcome.State == OutcomeState.Pass);
        var aside = document.Outcomes.Count(outcome => outcome.State == OutcomeState.Skip && outcome is { SwitchedOff: false, Waived: false });
        var off = document.Outcomes.Count(outcome => outcome.SwitchedOff);
        var waived = document.Outcomes.Count(outcome => outcome.Waived);
        var also = string.Concat(
            aside > 0 ? $", {aside} skipped" : "",
            off > 0 ? $", {off} switched off" : "",
            waived > 0 ? $", {waived} waived" : "");
        return $"Scorecard {entity.Reference}: {passed} of {counted} rules pass, level {Level(document)}{also} (entity {(entity.Guessed ? "guessed " : "")}from {entity.Reason})";
    }

    /// <summary>The summary for people and for CI pages that show Markdown.</summary>
    /// <param name="leftOut">What is not in it, a line each.</param>
    public static string Markdown(IReadOnlyList<OutcomesDocument> documents, params IReadOnlyList<string> leftOut)
    {
        var text = new StringBuilder("# Scorecard\n");
        foreach (var document in documents.OrderBy(document => document.Entity.Reference, StringComparer.Ordinal))
        {
            text.Append("\n## ").Append(Escape(document.Entity.Reference)).Append("\n\n").Append(Escape(Headline(document))).Append('\n');
            if (document.Outcomes.Count == 0)
                continue;
            text.Append("\n| | rule | scorecard | level | why |\n|---|---|---|---|---|\n");
            foreach (var outcome in document.Outcomes.OrderByDescending(outcome => outcome.State).ThenBy(outcome => outcome.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Name(outcome.State)} | {Escape(outcome.Key)} {Escape(outcome.Rule)} | {Escape(outcome.Scorecard)} | {outcome.Level} | {Escape(outcome.Reason ?? "")}");
                foreach (var evidence in outcome.Evidence.Take(LinkedFindings))
                {
                    var place = Escape(PlaceOf(evidence));
                    text.Append("<br>").Append(evidence.Link is { } link ? $"[{place}]({link})" : place).Append(": ").Append(Escape(evidence.Message));
                }

                text.Append(" |\n");
            }
        }

        foreach (var line in leftOut)
            text.Append('\n').Append(Escape(line)).Append('\n');
        return text.ToString();
    }

    /// <summary>What is written beside the outcome on the scorecard: HTML with nothing but encoded text and <c>a href</c>, ending in the commit.</summary>
    public static string Remarks(Outcome outcome, Revision revision)
    {
        string?[] origin =
        [
            revision.Run is { } run && IsWeb(run) ? $"""<a href="{WebUtility.HtmlEncode(run)}">CI run</a>""" : null,
            CommitMark.Of(revision)?.ToString(),
        ];
        var end = string.Join(" · ", origin.Where(part => part is not null));
        var parts = new List<string>();
        var length = end.Length;
        if (outcome.Reason is { Length: > 0 } reason)
            Add(Encoded(reason, RemarkLength / 2));
        var linked = outcome.Evidence
            .TakeWhile((evidence, index) => index < LinkedFindings && Add(evidence.Link is { } link && IsWeb(link)
                ? $"""<a href="{WebUtility.HtmlEncode(link)}">{WebUtility.HtmlEncode(PlaceOf(evidence))}</a>"""
                : WebUtility.HtmlEncode(PlaceOf(evidence))))
            .Count();
        if (outcome.Evidence.Count > linked && linked > 0)
            Add($"and {outcome.Evidence.Count - linked} more");
        // Where the suppressed ones decide, the reason counts them, or those of them that do.
        if (outcome.Suppressed > 0 && outcome.Suppressed != SuppressedIn(outcome.Reason ?? ""))
            Add($"{outcome.Suppressed} suppressed");
        if (end.Length > 0)
            parts.Add(end);
        return string.Join(" · ", parts);

        // Whole parts only: a remark is never cut inside a tag or an entity.
        bool Add(string part)
        {
            if (length + part.Length > RemarkLength)
                return false;
            length += part.Length + 3;
            parts.Add(part);
            return true;
        }
    }

    public static string Name(OutcomeState state) => state switch
    {
        OutcomeState.Pass => "pass",
        OutcomeState.Fail => "fail",
        OutcomeState.Skip => "skip",
        _ => "not evaluated",
    };

    /// <summary>As much of the text as fits a length when it is encoded: what is cut, is cut between two characters.</summary>
    static string Encoded(string text, int length)
    {
        var encoded = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var next = WebUtility.HtmlEncode(rune.ToString());
            if (encoded.Length + next.Length > length)
                return encoded.Append('…').ToString();
            encoded.Append(next);
        }

        return encoded.ToString();
    }

    /// <summary>Outcomes are read from files too, and a link in them may be anything.</summary>
    static bool IsWeb(string link) => Uri.TryCreate(link, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    /// <summary>How many there are is said with the first.</summary>
    [GeneratedRegex(@"^\d+ findings?(; |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    static int SuppressedIn(string reason) => Suppressed().Matches(reason).Sum(count => int.TryParse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0);

    [GeneratedRegex(@"\b(\d+) (?:findings?|advisory|advisories) suppressed(?! by generated code)", RegexOptions.CultureInvariant)]
    private static partial Regex Suppressed();

    static string PlaceOf(Evidence evidence) => evidence.Line > 0 ? $"{evidence.File}:{evidence.Line}" : evidence.File;

    static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
