using System.Globalization;

namespace ScorecardBuildTasks.Catalog;

enum YamlKind
{
    Scalar,
    Mapping,
    Sequence,
}

/// <summary>One value of a YAML document and where it stands; lines and columns count from 1.</summary>
sealed class YamlNode
{
    internal static readonly YamlNode[] NoItems = [];
    internal static readonly YamlEntry[] NoEntries = [];

    YamlNode(YamlKind kind, int line, int column) => (Kind, Line, Column) = (kind, line, column);

    public YamlKind Kind { get; }

    public int Line { get; }

    public int Column { get; }

    /// <summary>A scalar's text with quotes and folding resolved; null for mappings and sequences.</summary>
    public string? Value { get; private set; }

    /// <summary>A plain scalar is written without quotes, so that <c>null</c>, <c>true</c> and numbers keep their meaning.</summary>
    public bool IsPlain { get; private set; }

    public IReadOnlyList<YamlEntry> Entries { get; private set; } = NoEntries;

    public IReadOnlyList<YamlNode> Items { get; private set; } = NoItems;

    public bool IsNull => Kind == YamlKind.Scalar && IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The value is a text; <c>1</c>, <c>true</c> and nothing are none unless they are quoted.</summary>
    public bool IsText => Kind == YamlKind.Scalar && !(IsPlain && (IsNull || Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" || IsNumber(Value!)));

    /// <summary>The scalar's trimmed text; null where there is none.</summary>
    public string? Text => Kind != YamlKind.Scalar || IsNull || string.IsNullOrWhiteSpace(Value) ? null : Value!.Trim();

    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key)
                    return entry.Value;
            }
            return null;
        }
    }

    static bool IsNumber(string text) =>
        text.TrimStart('-', '+') is { Length: > 0 } digits && (char.IsDigit(digits[0]) || digits[0] == '.')
        && (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || (digits.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(digits.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)));

    public static YamlNode Scalar(string value, bool isPlain, int line, int column) =>
        new(YamlKind.Scalar, line, column) { Value = value, IsPlain = isPlain };

    public static YamlNode Mapping(IReadOnlyList<YamlEntry> entries, int line, int column) =>
        new(YamlKind.Mapping, line, column) { Entries = entries };

    public static YamlNode Sequence(IReadOnlyList<YamlNode> items, int line, int column) =>
        new(YamlKind.Sequence, line, column) { Items = items };
}

/// <summary>One key of a mapping with its value; line and column are the key's.</summary>
sealed class YamlEntry(string key, YamlNode value, int line, int column)
{
    public string Key { get; } = key;

    public YamlNode Value { get; } = value;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
