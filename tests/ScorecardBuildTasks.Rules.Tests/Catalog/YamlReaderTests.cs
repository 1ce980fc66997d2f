using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Tests.Catalog;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: text", "text")]
    [InlineData("a: text # comment", "text")]
    [InlineData("a: text#no comment", "text#no comment")]
    [InlineData("a: 'it''s'", "it's")]
    [InlineData("a: \"tab\\t\\u00e9\\x41\"", "tab\té" + "A")]
    [InlineData("a: https://host/path", "https://host/path")]
    [InlineData("a: 10:30", "10:30")]
    [InlineData("a: -x", "-x")]
    [InlineData("a: two\n  lines\n\n  more", "two lines\nmore")]
    [InlineData("a: \"two\n  lines\"", "two lines")]
    [InlineData("a: \"joined \\\n  up\"", "joined up")]
    [InlineData("a: |\n  one\n   two\n\nb: 1", "one\n two\n")]
    [InlineData("a: |-\n  one\n  two", "one\ntwo")]
    [InlineData("a: |+\n  one\n\nb: 1", "one\n\n")]
    [InlineData("a: >\n  one\n  two\n\n  three\n", "one two\nthree\n")]
    [InlineData("a: |2\n   one", " one\n")]
    [InlineData("a: !!str 5", "5")]
    [InlineData("x: [&name text]\na: *name", "text")]
    [InlineData("{a: two\n  lines}", "two lines")]
    [InlineData("{a: &name text, b: *name}", "text")]
    [InlineData("a: &name text", "text")]
    [InlineData("b: &name text\na: *name", "text")]
    [InlineData("\"a\": text", "text")]
    [InlineData("'a' : text", "text")]
    [InlineData("{b: 1, a: text}", "text")]
    [InlineData("{\"a\":text}", "text")]
    [InlineData("base: &base\n  a: text\n<<: *base", "text")]
    [InlineData("base: &base {a: other}\n<<: [*base]\na: text", "text")]
    [InlineData("%YAML 1.2\n---\na: text\n...", "text")]
    [InlineData("--- {a: text}", "text")]
    [InlineData("\uFEFFa: text\r\nb: 1\r\n", "text")]
    public void ScalarIsRead(string yaml, string value)
    {
        var (documents, errors) = YamlReader.Read(yaml);
        Assert.Empty(errors.Select(e => e.ToString()));
        Assert.Equal(value, Assert.Single(documents).Root["a"]!.Value);
    }

    [Theory]
    [InlineData("a: [1, 'two', \"three\"]")]
    [InlineData("a: [1,\n  two, # comment\n  three,]")]
    [InlineData("a:\n- 1\n- two\n- three\nb: 1")]
    [InlineData("a:\n  - 1\n  # comment\n  -   two\n\n  - three")]
    [InlineData("a: &list\n- 1\n- two\n- three")]
    public void SequenceIsRead(string yaml) => Assert.Equal(["1", "two", "three"], Single(yaml)["a"]!.Items.Select(i => i.Value));

    [Fact]
    public void PairInAFlowSequenceIsAMapping()
    {
        var items = Single("a: [b: c, \"d\":e, f:,\n  g]")["a"]!.Items;
        Assert.Equal(("c", "e", ""), (items[0]["b"]!.Value, items[1]["d"]!.Value, items[2]["f"]!.Value));
        Assert.Equal("g", items[3].Value);
    }

    [Theory]
    [InlineData("a: 1", false)]
    [InlineData("a: -1.5e3", false)]
    [InlineData("a: 0x1F", false)]
    [InlineData("a: .5", false)]
    [InlineData("a: true", false)]
    [InlineData("a:", false)]
    [InlineData("a: [b]", false)]
    [InlineData("a: '1'", true)]
    [InlineData("a: !!str 1", true)]
    [InlineData("a: 1.2.3", true)]
    [InlineData("a: v2.2", true)]
    [InlineData("a: 2026-11-22", true)]
    [InlineData("a: NaN", true)]
    [InlineData("a: yes", true)]
    public void TextIsToldFromNumbers(string yaml, bool isText) => Assert.Equal(isText, Single(yaml)["a"]!.IsText);

    [Theory]
    [InlineData("? a\n: b")]
    [InlineData("[? a]")]
    [InlineData("{[a]: b}")]
    [InlineData("a: 1\n&x b: 2")]
    [InlineData("x: &x b\n*x : 2")]
    public void PartOfYamlThatIsNotReadIsToldFromAMistake(string yaml) => Assert.True(Assert.Single(YamlReader.Read(yaml).Errors).IsBeyondReader);

    [Fact]
    public void MappingsInASequenceAreRead()
    {
        var root = Single("links:\n  - name: a\n    url: b\n  -\n    name: c\n  - {name: d}\n  - - e\n    - f\n");
        Assert.Equal("a", root["links"]!.Items[0]["name"]!.Value);
        Assert.Equal("b", root["links"]!.Items[0]["url"]!.Value);
        Assert.Equal("c", root["links"]!.Items[1]["name"]!.Value);
        Assert.Equal("d", root["links"]!.Items[2]["name"]!.Value);
        Assert.Equal(["e", "f"], root["links"]!.Items[3].Items.Select(i => i.Value));
    }

    [Fact]
    public void PositionsAreKept()
    {
        var root = Single("# file\nmetadata:\n  owner: payments\n  tags: [x, y]\n");
        var entry = root["metadata"]!.Entries[0];
        Assert.Equal((3, 3, 3, 10), (entry.Line, entry.Column, entry.Value.Line, entry.Value.Column));
        Assert.Equal((4, 13), (root["metadata"]!["tags"]!.Items[1].Line, root["metadata"]!["tags"]!.Items[1].Column));
    }

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: ''", false)]
    [InlineData("a: 'null'", false)]
    public void NullIsToldFromText(string yaml, bool isNull) => Assert.Equal(isNull, Single(yaml)["a"]!.IsNull);

    [Theory]
    [InlineData("a:\n\tb: 1", 2, 1, "A tab indents this line")]
    [InlineData("a: 1\n b: 2", 2, 2, "indented further than its siblings")]
    [InlineData("a:\n  b: 1\n c: 2", 3, 2, "indented further than its siblings")]
    [InlineData("  a: 1\nb: 2", 2, 1, "The indentation fits nothing above it")]
    [InlineData("a: b: c", 1, 5, "A second ':'")]
    [InlineData("a: 1\na: 2", 2, 1, "\"a\" stands here a second time")]
    [InlineData("{a: 1, a: 2}", 1, 8, "\"a\" stands here a second time")]
    [InlineData("a: [1, 2", 1, 4, "'[' is never closed")]
    [InlineData("a: {b: 1\nc: 2", 2, 1, "',' or '}' is expected")]
    [InlineData("a: \"x", 1, 4, "never closed")]
    [InlineData("a: 'x", 1, 4, "never closed")]
    [InlineData("a: @x", 1, 4, "cannot start with '@'")]
    [InlineData("a: \"\\q\"", 1, 7, "is no escape")]
    [InlineData("a: \"\\uZZZZ\"", 1, 7, "wants the 4 hexadecimal digits")]
    [InlineData("a: *nobody", 1, 11, "No anchor")]
    [InlineData("? a\n: b", 1, 1, "not supported")]
    [InlineData("a: - b", 1, 4, "cannot start on the line of its key")]
    [InlineData("a: [x] y", 1, 8, "Nothing more is expected")]
    [InlineData("a: 1\njust text", 2, 1, "A key followed by ':'")]
    [InlineData("a: 1\n- b", 2, 1, "A list entry stands where a key")]
    [InlineData("a: | text", 1, 6, "starts on the next line")]
    public void MistakeIsSaidWithItsPlace(string yaml, int line, int column, string message)
    {
        var (documents, errors) = YamlReader.Read(yaml);
        Assert.Empty(documents);
        var error = Assert.Single(errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(message == "not supported", error.IsBeyondReader);
    }

    [Fact]
    public void MistakeLeavesOtherDocumentsAlone()
    {
        var (documents, errors) = YamlReader.Read("a: 1\n---\n\tbad: 1\n---\nb: [\n---\nc: 3\n");
        Assert.Equal(["a", "c"], documents.Select(d => d.Root.Entries[0].Key));
        Assert.Equal([3, 5], errors.Select(e => e.Line));
        Assert.Equal([1, 7], documents.Select(d => d.Line));
    }

    [Fact]
    public void NestingHasAnEnd() => Assert.Contains("levels of nesting", Assert.Single(YamlReader.Read(new string('[', 100_000)).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n\n---\n...\n")]
    public void EmptyFileHasNoDocument(string yaml)
    {
        var (documents, errors) = YamlReader.Read(yaml);
        Assert.Empty(documents);
        Assert.Empty(errors);
    }

    /// <summary>Whatever is cut off or thrown in, the reader ends with documents or errors.</summary>
    [Fact]
    public void DamagedFileIsReadOrRefused()
    {
        const string Whole = "# c\napiVersion: v3\nmetadata: &m\n  name: \"a\\tb\"\n  tags: [x, {y: 'z'}, *m]\n  text: >-\n    one\n\n    two\n  flow: [a: b, &x c\n d, *x]\n- --- ? | >\n---\nlist:\n- a: 1\n  b:\n  - c\n";
        for (var cut = 0; cut < Whole.Length; cut++)
        {
            YamlReader.Read(Whole[..cut]);
            foreach (var thrown in "\n\t:-#'\"[]{}&*!|>%@`,? ")
                YamlReader.Read(Whole[..cut] + thrown + Whole[cut..]);
        }
    }

    static YamlNode Single(string yaml)
    {
        var (documents, errors) = YamlReader.Read(yaml);
        Assert.Empty(errors.Select(e => e.ToString()));
        return Assert.Single(documents).Root;
    }
}
