using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>A string of a JSON text with its place.</summary>
/// <param name="Key">Whose value it is; null for an element of an array and for what is a key itself.</param>
/// <param name="Around">Where the object or array begins that it stands in.</param>
sealed record JsonString(TextSpan Place, string Value, string? Key, int Around)
{
    /// <summary>The strings of a text, which may have comments, as settings may. An error in it ends nothing.</summary>
    public static IEnumerable<JsonString> In(string text)
    {
        var open = new Stack<int>();
        string? key = null;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                // A quote in a comment opens nothing.
                case '/' when i + 1 < text.Length && text[i + 1] is '/' or '*':
                    var end = text[i + 1] == '/' ? text.IndexOf('\n', i) : text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                    i = end < 0 ? text.Length : end;
                    break;
                case '{' or '[':
                    open.Push(i);
                    key = null;
                    break;
                case '}' or ']':
                    if (open.Count > 0)
                        open.Pop();
                    key = null;
                    break;
                case ',':
                    key = null;
                    break;
                case '"':
                    var (start, value) = (i, Read(text, ref i));
                    var isKey = IsKey(text, i + 1);
                    yield return new JsonString(TextSpan.FromBounds(start, Math.Min(i + 1, text.Length)), value, isKey ? null : key, open.Count > 0 ? open.Peek() : -1);
                    key = isKey ? value : null;
                    break;
            }
        }
    }

    /// <summary>Moves to the quote that ends the string.</summary>
    static string Read(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
            value.Append(text[at] == '\\' ? Unescaped(text, ref at) : text[at]);
        return value.ToString();
    }

    static bool IsKey(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length && text[at] == ':';
    }

    /// <summary>The character that an escape sequence stands for; moves to the sequence's end.</summary>
    static char Unescaped(string text, ref int at)
    {
        if (++at >= text.Length)
            return '\\';
        if (text[at] == 'u' && at + 4 < text.Length && int.TryParse(text.Substring(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            at += 4;
            return (char)code;
        }
        return text[at] is 'n' or 'r' or 't' ? '\n' : text[at];
    }
}
