using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Escapes strings exactly as Go's encoding/json, which writes the real API's answers.</summary>
sealed class GoJsonEncoder : JavaScriptEncoder
{
    /// <summary>The characters of ASCII that are written as they are.</summary>
    static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0, 0x80).Where(character => EscapeOf(character) is null).Select(character => (char)character)]);

    GoJsonEncoder()
    {
    }

    public static GoJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => EscapeOf(unicodeScalar) is not null;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        // Most texts are of plain characters only, and are looked through many characters at a time.
        while (rest.IndexOfAnyExcept(Plain) is var other and >= 0)
        {
            rest = rest[other..];
            // Half a surrogate pair must stop here too: the caller then replaces it.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || WillEncode(rune.Value))
                return textLength - rest.Length;
            rest = rest[length..];
        }
        return -1;
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
