using System.Text;
using System.Text.Encodings.Web;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Escapes strings exactly as Go's encoding/json, which writes the real API's answers.</summary>
sealed class GoJsonEncoder : JavaScriptEncoder
{
    GoJsonEncoder()
    {
    }

    public static GoJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => EscapeOf(unicodeScalar) is not null;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            // Half a surrogate pair must stop here too: the caller then replaces it.
            if (EscapeOf(text[i]) is not null || (char.IsSurrogate(text[i]) && !IsPair(i)))
                return i;
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
        return -1;

        bool IsPair(int i) => char.IsHighSurrogate(text[i]) && i + 1 < textLength && char.IsLowSurrogate(text[i + 1]);
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var text = EscapeOf(unicodeScalar) ?? new Rune(unicodeScalar).ToString();
        var fits = text.TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = fits ? text.Length : 0;
        return fits;
    }

    static string? EscapeOf(int unicodeScalar) => unicodeScalar switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '<' or '>' or '&' or 0x2028 or 0x2029 => $"\\u{unicodeScalar:x4}",
        _ => null,
    };
}
