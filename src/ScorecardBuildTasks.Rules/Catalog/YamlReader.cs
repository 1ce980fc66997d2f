using System.Globalization;
using System.Text;

namespace ScorecardBuildTasks.Catalog;

/// <summary>
/// Reads the part of YAML that people write catalog files in, keeping every position: block and flow collections, all five scalar styles, comments, anchors,
/// aliases, merge keys and several documents. Complex keys (<c>? key</c>) and keys with anchors or tags are beyond it; of the tags only <c>!!str</c> means something.
/// A document with an error is left out, the others are kept.
/// </summary>
sealed class YamlReader
{
    const int DeepestNesting = 64;
    const int NoCollection = -1;

    readonly string[] lines;
    readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    int line;
    int column;
    int depth;
    int documentStart;

    YamlReader(string text) => lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');

    public static (IReadOnlyList<YamlDocument> Documents, IReadOnlyList<TextError> Errors) Read(string text)
    {
        var reader = new YamlReader(text);
        var documents = new List<YamlDocument>();
        var errors = new List<TextError>();
        while (reader.FindDocument())
        {
            try
            {
                var root = reader.Document();
                documents.Add(new YamlDocument(root, root.Line));
            }
            catch (YamlSyntaxException e)
            {
                errors.Add(e.Error);
                reader.SkipToNextDocument();
            }
        }
        return (documents, errors);
    }

    string Line => lines[line];

    bool AtEnd => line >= lines.Length;

    bool AtEndOfLine => column >= Line.Length;

    char Current => column < Line.Length ? Line[column] : '\n';

    char Next => column + 1 < Line.Length ? Line[column + 1] : '\n';

    YamlSyntaxException Wrong(string message) => new(new TextError(Math.Min(line, lines.Length - 1) + 1, column + 1, message));

    YamlSyntaxException Beyond(string message) => new(new TextError(Math.Min(line, lines.Length - 1) + 1, column + 1, message, isBeyondReader: true));

    // Documents

    bool FindDocument()
    {
        anchors.Clear();
        depth = 0;
        for (; !AtEnd; line++)
        {
            if (IsMarker("---") && Line.Substring(3).Trim() is { Length: > 0 } rest && rest[0] != '#')
            {
                (column, documentStart) = (3, line);
                return true;
            }
            if (IsMarker("---") || IsMarker("...") || Line.StartsWith("%", StringComparison.Ordinal) || IsBlankOrComment(Line))
                continue;
            (column, documentStart) = (0, line);
            return true;
        }
        return false;
    }

    void SkipToNextDocument()
    {
        line = Math.Max(line, documentStart + 1);
        while (!AtEnd && !IsMarker("---"))
            line++;
    }

    YamlNode Document()
    {
        var followsMarker = column > 0;
        SkipSpaces();
        var root = followsMarker ? InlineNode(-1, 0) : BlockNode(0) ?? throw Wrong("The document is empty.");
        SkipBlankLines();
        if (!AtEnd && !AtMarker)
        {
            column = Indentation();
            throw Wrong("The indentation fits nothing above it.");
        }
        return root;
    }

    bool AtMarker => IsMarker("---") || IsMarker("...");

    bool IsMarker(string marker) =>
        Line.StartsWith(marker, StringComparison.Ordinal) && (Line.Length == 3 || char.IsWhiteSpace(Line[3]));

    static bool IsBlankOrComment(string text)
    {
        foreach (var c in text)
        {
            if (c == '#')
                return true;
            if (c is not (' ' or '\t'))
                return false;
        }
        return true;
    }

    void SkipBlankLines()
    {
        while (!AtEnd && IsBlankOrComment(Line))
            line++;
    }

    int Indentation()
    {
        var indentation = 0;
        while (indentation < Line.Length && Line[indentation] == ' ')
            indentation++;
        if (indentation < Line.Length && Line[indentation] == '\t')
        {
            column = indentation;
            throw Wrong("A tab indents this line; YAML wants spaces.");
        }
        return indentation;
    }

    // Block style

    /// <summary>The node that starts on the next line with content, when that is indented at least this far.</summary>
    YamlNode? BlockNode(int least)
    {
        SkipBlankLines();
        if (AtEnd || AtMarker || Indentation() < least)
            return null;
        column = Indentation();
        return InlineNode(least - 1, column);
    }

    /// <summary>
    /// The node at the current position. What continues it must be indented further than <paramref name="parent"/>; the further entries of a collection stand
    /// at column <paramref name="collection"/>, <see cref="NoCollection"/> where none may start (after a key).
    /// </summary>
    YamlNode InlineNode(int parent, int collection)
    {
        if (++depth > DeepestNesting)
            throw Beyond($"More than {DeepestNesting} levels of nesting.");
        var node = Anchored(parent, collection);
        depth--;
        return node;
    }

    YamlNode Anchored(int parent, int collection)
    {
        var (startLine, startColumn) = (line + 1, column + 1);
        var properties = Properties(inFlow: false);
        return Apply(properties, AtEndOfLine || Current == '#' ? NextLines(parent, startLine, startColumn, mayAlignList: collection == NoCollection) : Content(parent, collection));
    }

    /// <summary>The anchor and the tags before a node; of the tags it only matters which make a text of it.</summary>
    (string? Anchor, bool IsText) Properties(bool inFlow)
    {
        (string? Anchor, bool IsText) found = default;
        while (Current is '&' or '!')
        {
            var word = Word(inFlow);
            if (word[0] == '&')
                found.Anchor = word.Substring(1);
            else
                found.IsText |= word is "!" or "!!str";
            SkipSpaces();
        }
        return found;
    }

    YamlNode Apply((string? Anchor, bool IsText) properties, YamlNode node)
    {
        if (properties.IsText && node.IsPlain)
            node = YamlNode.Scalar(node.Value!, isPlain: false, node.Line, node.Column);
        if (properties.Anchor is { } anchor)
            anchors[anchor] = node;
        return node;
    }

    /// <summary>The node on the lines below a key, a dash or an anchor; an empty scalar when there is none.</summary>
    YamlNode NextLines(int parent, int emptyLine, int emptyColumn, bool mayAlignList)
    {
        line++;
        SkipBlankLines();
        // A list may stand at the same indentation as the key that it belongs to.
        if (mayAlignList && !AtEnd && !AtMarker && Indentation() == parent && Line[parent] == '-' && (Line.Length == parent + 1 || IsSpaceOrEnd(Line[parent + 1])))
        {
            column = parent;
            return BlockSequence(parent);
        }
        return BlockNode(parent + 1) ?? YamlNode.Scalar("", isPlain: true, emptyLine, emptyColumn);
    }

    YamlNode Content(int parent, int collection)
    {
        if (Current == '-' && IsSpaceOrEnd(Next))
            return collection == NoCollection ? throw Wrong("A list cannot start on the line of its key.") : BlockSequence(collection);
        if (Current == '?' && IsSpaceOrEnd(Next))
            throw Beyond("Complex keys (\"? key\") are not supported.");
        if (Current is '|' or '>')
            return BlockScalar(parent);
        if (EndOfKey() is >= 0 and var end)
        {
            if (collection != NoCollection)
                return BlockMapping(collection);
            column = end;
            throw Wrong("A second ':' on this line; quote the value.");
        }
        var node = Current switch
        {
            '*' => Alias(),
            '{' or '[' => FlowNode(),
            '"' or '\'' => QuotedScalar(),
            _ => PlainScalar(parent),
        };
        EndOfContent();
        return node;
    }

    YamlNode BlockSequence(int indentation)
    {
        var (startLine, startColumn) = (line + 1, column + 1);
        var items = new List<YamlNode>();
        while (true)
        {
            var (dashLine, dashColumn) = (line + 1, column + 1);
            column++;
            SkipSpaces();
            items.Add(AtEndOfLine || Current == '#'
                ? NextLines(indentation, dashLine, dashColumn, mayAlignList: false)
                : InlineNode(indentation, column));
            if (!FindSibling(indentation) || Current != '-' || !IsSpaceOrEnd(Next))
                return YamlNode.Sequence(items, startLine, startColumn);
        }
    }

    YamlNode BlockMapping(int indentation)
    {
        var (startLine, startColumn) = (line + 1, column + 1);
        var entries = new List<YamlEntry>();
        while (true)
        {
            var (keyLine, keyColumn) = (line + 1, column + 1);
            var key = Key();
            Add(entries, new YamlEntry(key, EntryValue(indentation), keyLine, keyColumn));
            if (!FindSibling(indentation))
                return YamlNode.Mapping(Merged(entries), startLine, startColumn);
            if (Current == '-' && IsSpaceOrEnd(Next))
                throw Wrong("A list entry stands where a key is expected.");
            if (EndOfKey() < 0)
                throw Wrong("A key followed by ':' is expected here.");
        }
    }

    YamlNode EntryValue(int indentation)
    {
        var (valueLine, valueColumn) = (line + 1, column + 1);
        SkipSpaces();
        return AtEndOfLine || Current == '#'
            ? NextLines(indentation, valueLine, valueColumn, mayAlignList: true)
            : InlineNode(indentation, NoCollection);
    }

    /// <summary>Goes to the next line with content when it belongs to the collection at this indentation.</summary>
    bool FindSibling(int indentation)
    {
        SkipBlankLines();
        if (AtEnd || AtMarker)
            return false;
        var found = Indentation();
        if (found < indentation)
            return false;
        column = found;
        if (found > indentation)
            throw Wrong("This line is indented further than its siblings.");
        return true;
    }

    static void Add(List<YamlEntry> entries, YamlEntry entry)
    {
        if (entry.Key != "<<" && entries.Exists(e => e.Key == entry.Key))
            throw new YamlSyntaxException(new TextError(entry.Line, entry.Column, $"The key \"{entry.Key}\" stands here a second time."));
        entries.Add(entry);
    }

    /// <summary>Replaces merge keys (<c>&lt;&lt;: *defaults</c>) by the entries they bring; own entries win.</summary>
    static List<YamlEntry> Merged(List<YamlEntry> entries)
    {
        if (!entries.Exists(e => e.Key == "<<"))
            return entries;
        var merged = entries.FindAll(e => e.Key != "<<");
        foreach (var merge in entries.FindAll(e => e.Key == "<<"))
        {
            foreach (var source in merge.Value.Kind == YamlKind.Sequence ? merge.Value.Items : [merge.Value])
                merged.AddRange(source.Entries.Where(brought => !merged.Exists(e => e.Key == brought.Key)).ToList());
        }
        return merged;
    }

    // Keys

    /// <summary>The column of the ':' that ends the key starting here; -1 when no key starts here.</summary>
    int EndOfKey()
    {
        var text = Line;
        var i = column;
        if (Current is '{' or '[' or '#' or ',' or ']' or '}' or '%' or '@' or '`')
            return -1;
        if (Current is '"' or '\'')
        {
            var quote = Current;
            for (i++; i < text.Length; i++)
            {
                if (quote == '"' && text[i] == '\\')
                    i++;
                else if (text[i] == quote && quote == '\'' && i + 1 < text.Length && text[i + 1] == quote)
                    i++;
                else if (text[i] == quote)
                    break;
            }
            for (i++; i < text.Length && text[i] is ' ' or '\t'; i++)
            {
            }
            return i < text.Length && text[i] == ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) ? i : -1;
        }
        for (; i < text.Length; i++)
        {
            if (text[i] == '#' && i > 0 && char.IsWhiteSpace(text[i - 1]))
                return -1;
            if (text[i] == ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])))
                return i;
        }
        return -1;
    }

    string Key()
    {
        if (Current is '&' or '!' or '*')
            throw Beyond("Anchors, tags and aliases at a key are not supported.");
        var end = EndOfKey();
        if (Current is '"' or '\'')
        {
            var key = QuotedScalar().Value!;
            column = end + 1;
            return key;
        }
        var plain = Line.Substring(column, end - column).TrimEnd();
        column = end + 1;
        return plain;
    }

    // Scalars

    YamlNode PlainScalar(int parent)
    {
        if (Current is ',' or ']' or '}' or '%' or '@' or '`' or '#')
            throw Wrong($"A value cannot start with '{Current}'; quote it.");
        var (startLine, startColumn) = (line + 1, column + 1);
        var text = new StringBuilder(PlainPart(out var ended));
        while (!ended && line + 1 < lines.Length)
        {
            var saved = line;
            line++;
            var blank = 0;
            for (; !AtEnd && Line.Trim().Length == 0; line++)
                blank++;
            if (AtEnd || AtMarker || Line.TrimStart()[0] == '#' || Indentation() <= parent)
            {
                line = saved;
                break;
            }
            column = Indentation();
            if (EndOfKey() >= 0)
                throw Wrong("This line is indented further than its siblings.");
            text.Append(blank == 0 ? " " : new string('\n', blank)).Append(PlainPart(out ended));
        }
        column = Line.Length;
        return YamlNode.Scalar(text.ToString(), isPlain: true, startLine, startColumn);
    }

    string PlainPart(out bool endedByComment)
    {
        var text = Line;
        for (var i = column; i < text.Length; i++)
        {
            if (text[i] == '#' && i > column && char.IsWhiteSpace(text[i - 1]))
            {
                endedByComment = true;
                return text.Substring(column, i - column).TrimEnd();
            }
        }
        endedByComment = false;
        return text.Substring(column).TrimEnd();
    }

    YamlNode QuotedScalar()
    {
        var (startLine, startColumn, quote) = (line + 1, column + 1, Current);
        var text = new StringBuilder();
        column++;
        while (true)
        {
            if (AtEnd || (column == 0 && AtMarker))
                throw new YamlSyntaxException(new TextError(startLine, startColumn, $"The quote {quote} is never closed."));
            if (AtEndOfLine)
            {
                FoldQuotedLine(text);
            }
            else if (Current == quote && quote == '\'' && Next == '\'')
            {
                text.Append('\'');
                column += 2;
            }
            else if (Current == quote)
            {
                column++;
                return YamlNode.Scalar(text.ToString(), isPlain: false, startLine, startColumn);
            }
            else if (Current == '\\' && quote == '"')
            {
                Escape(text);
            }
            else
            {
                text.Append(Current);
                column++;
            }
        }
    }

    void FoldQuotedLine(StringBuilder text)
    {
        var blank = 0;
        while (text.Length > 0 && text[text.Length - 1] is ' ' or '\t')
            text.Length--;
        for (line++; !AtEnd && Line.Trim().Length == 0; line++)
            blank++;
        text.Append(blank == 0 ? " " : new string('\n', blank));
        column = AtEnd ? 0 : Line.Length - Line.TrimStart().Length;
    }

    void Escape(StringBuilder text)
    {
        column++;
        if (AtEndOfLine)
        {
            line++;
            column = AtEnd ? 0 : Line.Length - Line.TrimStart().Length;
            return;
        }
        var c = Current;
        column++;
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (column + digits > Line.Length || !int.TryParse(Line.Substring(column, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            {
                throw Wrong($"\\{c} wants the {digits} hexadecimal digits of a character.");
            }
            text.Append(char.ConvertFromUtf32(code));
            column += digits;
            return;
        }
        text.Append(c switch
        {
            'n' => '\n', 't' or '\t' => '\t', 'r' => '\r', '0' => '\0', 'a' => '\a', 'b' => '\b', 'e' => '\u001b', 'f' => '\f', 'v' => '\v',
            'N' => '\u0085', '_' => '\u00a0', 'L' => '\u2028', 'P' => '\u2029', '"' or '/' or '\\' or ' ' => c,
            _ => throw Wrong($"\\{c} is no escape of YAML; use single quotes or double the backslash."),
        });
    }

    YamlNode BlockScalar(int parent)
    {
        var (startLine, startColumn, folded) = (line + 1, column + 1, Current == '>');
        var header = Word();
        SkipSpaces();
        if (!AtEndOfLine && Current != '#')
            throw Wrong("The text of a block scalar starts on the next line.");
        var chomp = header.Contains("-") ? '-' : header.Contains("+") ? '+' : ' ';
        var digit = header.FirstOrDefault(char.IsDigit);
        var indentation = digit == '\0' ? -1 : Math.Max(parent, 0) + (digit - '0');
        var content = new List<string>();
        for (line++; !AtEnd; line++)
        {
            var text = Line;
            var spaces = text.Length - text.TrimStart(' ').Length;
            if (spaces == text.Length)
            {
                content.Add(indentation >= 0 && text.Length > indentation ? text.Substring(indentation) : "");
                continue;
            }
            if (AtMarker || spaces <= parent)
                break;
            if (indentation < 0)
                indentation = spaces;
            if (spaces < indentation)
                break;
            content.Add(text.Substring(indentation));
        }
        var trailing = 0;
        for (; content.Count > 0 && content[content.Count - 1].Trim().Length == 0; trailing++)
            content.RemoveAt(content.Count - 1);
        var value = folded ? Fold(content) : string.Join("\n", content);
        if (content.Count > 0)
            value += chomp switch { '-' => "", '+' => new string('\n', trailing + 1), _ => "\n" };
        column = 0;
        return YamlNode.Scalar(value, isPlain: false, startLine, startColumn);
    }

    static string Fold(List<string> content)
    {
        var text = new StringBuilder();
        for (var i = 0; i < content.Count; i++)
        {
            var keepsBreak = i > 0 && (content[i].StartsWith(" ", StringComparison.Ordinal) || content[i - 1].StartsWith(" ", StringComparison.Ordinal));
            if (i > 0 && content[i].Length > 0 && content[i - 1].Length > 0 && !keepsBreak)
                text.Append(' ');
            else if (i > 0 && (content[i].Length == 0 || keepsBreak))
                text.Append('\n');
            text.Append(content[i]);
        }
        return text.ToString();
    }

    YamlNode Alias()
    {
        var name = Word().Substring(1).TrimEnd(',', ']', '}');
        return anchors.TryGetValue(name, out var node) ? node : throw Wrong($"No anchor \"&{name}\" stands above this alias.");
    }

    // Flow style

    YamlNode FlowNode()
    {
        if (++depth > DeepestNesting)
            throw Beyond($"More than {DeepestNesting} levels of nesting.");
        var properties = Properties(inFlow: true);
        var node = Current switch
        {
            '{' => FlowMapping(),
            '[' => FlowSequence(),
            '"' or '\'' => QuotedScalar(),
            '*' => FlowAlias(),
            '?' when IsSpaceOrEnd(Next) => throw Beyond("Complex keys (\"? key\") are not supported."),
            _ => FlowPlain(),
        };
        depth--;
        return Apply(properties, node);
    }

    YamlNode FlowSequence()
    {
        var (startLine, startColumn) = (line + 1, column + 1);
        var items = new List<YamlNode>();
        column++;
        while (true)
        {
            SkipFlowSpace(startLine, startColumn, ']');
            if (Current == ']')
            {
                column++;
                return YamlNode.Sequence(items, startLine, startColumn);
            }
            items.Add(FlowItem(startLine, startColumn));
            AfterFlowItem(startLine, startColumn, ']');
        }
    }

    /// <summary>An item of a list; <c>[a: b]</c> holds a mapping of one key.</summary>
    YamlNode FlowItem(int startLine, int startColumn)
    {
        var item = FlowNode();
        SkipSpaces();
        return Current == ':' ? YamlNode.Mapping([FlowEntry(item, startLine, startColumn, ']')], item.Line, item.Column) : item;
    }

    /// <summary>The entry whose key has been read; without <c>:</c> its value is empty.</summary>
    YamlEntry FlowEntry(YamlNode key, int startLine, int startColumn, char close)
    {
        if (key.Kind != YamlKind.Scalar)
            throw Beyond("Keys that are no text are not supported.");
        var value = YamlNode.Scalar("", isPlain: true, line + 1, column + 1);
        if (Current == ':')
        {
            column++;
            SkipFlowSpace(startLine, startColumn, close);
            if (Current != ',' && Current != close)
                value = FlowNode();
        }
        return new YamlEntry(key.Value!, value, key.Line, key.Column);
    }

    YamlNode FlowMapping()
    {
        var (startLine, startColumn) = (line + 1, column + 1);
        var entries = new List<YamlEntry>();
        column++;
        while (true)
        {
            SkipFlowSpace(startLine, startColumn, '}');
            if (Current == '}')
            {
                column++;
                return YamlNode.Mapping(Merged(entries), startLine, startColumn);
            }
            var key = FlowNode();
            SkipFlowSpace(startLine, startColumn, '}');
            Add(entries, FlowEntry(key, startLine, startColumn, '}'));
            AfterFlowItem(startLine, startColumn, '}');
        }
    }

    void AfterFlowItem(int startLine, int startColumn, char close)
    {
        SkipFlowSpace(startLine, startColumn, close);
        if (Current == ',')
            column++;
        else if (Current != close)
            throw Wrong($"',' or '{close}' is expected here.");
    }

    YamlNode FlowPlain()
    {
        var (startLine, startColumn, text) = (line + 1, column + 1, FlowPlainPart());
        if (text.Length == 0)
            throw Wrong($"A value is expected before '{Current}'.");
        while (AtEndOfLine && line + 1 < lines.Length)
        {
            var (savedLine, savedColumn) = (line++, column);
            var start = Line.Length - Line.TrimStart().Length;
            column = start;
            var part = AtMarker || Current == '#' ? "" : FlowPlainPart();
            // A line that starts a key, or anything but text, is not the text's: there a comma is missing, or the collection ends.
            if (part.Length == 0 || Current == ':')
            {
                (line, column) = (savedLine, savedColumn);
                break;
            }
            text += " " + part;
        }
        return YamlNode.Scalar(text, isPlain: true, startLine, startColumn);
    }

    string FlowPlainPart()
    {
        var start = column;
        while (!AtEndOfLine && Current is not (',' or '[' or ']' or '{' or '}')
            && !(Current == ':' && (IsSpaceOrEnd(Next) || Next is ',' or '[' or ']' or '{' or '}'))
            && !(Current == '#' && column > start && char.IsWhiteSpace(Line[column - 1])))
        {
            column++;
        }
        return Line.Substring(start, column - start).TrimEnd();
    }

    YamlNode FlowAlias()
    {
        var start = column;
        while (!AtEndOfLine && Current is not (',' or ']' or '}' or ' ' or ':'))
            column++;
        var name = Line.Substring(start + 1, column - start - 1);
        return anchors.TryGetValue(name, out var node) ? node : throw Wrong($"No anchor \"&{name}\" stands above this alias.");
    }

    void SkipFlowSpace(int startLine, int startColumn, char close)
    {
        while (true)
        {
            SkipSpaces();
            if (!AtEndOfLine && Current != '#')
                return;
            line++;
            column = 0;
            if (AtEnd || AtMarker)
                throw new YamlSyntaxException(new TextError(startLine, startColumn, $"'{(close == '}' ? '{' : '[')}' is never closed by '{close}'."));
        }
    }

    // Characters

    void EndOfContent()
    {
        if (AtEnd)
            return;
        SkipSpaces();
        if (!AtEndOfLine && Current != '#')
            throw Wrong("Nothing more is expected on this line.");
        line++;
    }

    string Word(bool inFlow = false)
    {
        var start = column;
        while (!AtEndOfLine && !char.IsWhiteSpace(Current) && !(inFlow && Current is ',' or '[' or ']' or '{' or '}'))
            column++;
        return Line.Substring(start, column - start);
    }

    void SkipSpaces()
    {
        while (!AtEndOfLine && Current is ' ' or '\t')
            column++;
    }

    static bool IsSpaceOrEnd(char c) => c is ' ' or '\t' or '\n';

    sealed class YamlSyntaxException(TextError error) : Exception(error.Message)
    {
        public TextError Error { get; } = error;
    }
}
