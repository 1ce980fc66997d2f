using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Source with its expected findings marked: <c>[|…|]</c> for the rule under test, <c>{|SCORE2001:…|}</c> for a named one.</summary>
sealed record Markup(string Code, IReadOnlyList<(string? Id, TextSpan Span)> Spans)
{
    public static Markup Parse(string text)
    {
        var code = new StringBuilder();
        var open = new Stack<(string? Id, int Start, string Close)>();
        var spans = new List<(string?, TextSpan)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (open.Count > 0 && string.CompareOrdinal(text, i, open.Peek().Close, 0, 2) == 0)
            {
                var (id, start, _) = open.Pop();
                spans.Add((id, TextSpan.FromBounds(start, code.Length)));
                i++;
            }
            else if (string.CompareOrdinal(text, i, "[|", 0, 2) == 0)
            {
                open.Push((null, code.Length, "|]"));
                i++;
            }
            else if (string.CompareOrdinal(text, i, "{|", 0, 2) == 0 && text.IndexOf(':', i) is > 0 and var colon)
            {
                open.Push((text[(i + 2)..colon], code.Length, "|}"));
                i = colon;
            }
            else
            {
                code.Append(text[i]);
            }
        }
        return open.Count == 0 ? new Markup(code.ToString(), spans) : throw new FormatException($"'{open.Peek().Close}' is missing in:\n{text}");
    }
}
