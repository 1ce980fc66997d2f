using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Build.Corpus;

/// <summary>What a reader expects of the services of one public repository: a file of <c>tests/corpus</c>.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Commit">The one that was read, forty hex digits.</param>
sealed record CorpusFile(string Repository, string Commit, IReadOnlyList<CorpusService> Services) : IJsonOnDeserialized
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="CommandFailedException">The file is none; the message names it, the line and what is wrong there.</exception>
    public static CorpusFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CorpusFile>(File.ReadAllBytes(path), Options) ?? throw new JsonException("the file holds no expectations");
        }
        catch (JsonException e)
        {
            // What the serializer appends of its own says the place again.
            throw new CommandFailedException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): {Regex.Replace(e.Message, @" Path: \$.*", "", RegexOptions.CultureInvariant)}");
        }
    }

    void IJsonOnDeserialized.OnDeserialized()
    {
        if (!Regex.IsMatch(Repository, "^[^/]+/[^/]+$", RegexOptions.CultureInvariant))
            throw new JsonException($"'{Repository}' is not owner/name");
        if (!Regex.IsMatch(Commit, "^[0-9a-f]{40}$", RegexOptions.CultureInvariant))
            throw new JsonException($"'{Commit}' is not a commit of forty hex digits");
    }
}

/// <param name="Service">Its project file, relative to the repository's root.</param>
/// <param name="Copies">What its Dockerfile copies from elsewhere in the repository before it builds, by where it comes from.</param>
sealed record CorpusService(string Service, IReadOnlyList<Expectation> Expectations, IReadOnlyDictionary<string, string>? Copies = null) : IJsonOnDeserialized
{
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (Expectations.GroupBy(expectation => expectation.Rule, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            throw new JsonException($"{Service} expects something of {twice} twice");
    }
}

[JsonConverter(typeof(ExpectedConverter))]
enum Expected
{
    Pass,
    Fail,
    NotApplicable,

    /// <summary>The code does not tell; a rule that says pass or fail there claims more than a reader can.</summary>
    Undecided,
}

/// <param name="Evidence">Where a reader sees it, as <c>path:line</c>.</param>
/// <param name="Break">What removes the cause of a pass; only a pass has one.</param>
sealed record Expectation(string Rule, Expected Expected, IReadOnlyList<EvidenceLine> Evidence, string Why, Break? Break = null) : IJsonOnDeserialized
{
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (!Regex.IsMatch(Rule, "^SCORE[0-9]{4}$", RegexOptions.CultureInvariant))
            throw new JsonException($"'{Rule}' is not a rule");
        if (Evidence.Count == 0)
            throw new JsonException($"{Rule} has no evidence");
        if (Expected is Expected.Pass != Break is not null)
            throw new JsonException(Break is null ? $"{Rule} is expected to pass but has no 'break'" : $"{Rule} is not expected to pass, so there is nothing to break");
    }
}

[JsonConverter(typeof(EvidenceLineConverter))]
sealed record EvidenceLine(string Path, int Line)
{
    public override string ToString() => $"{Path}:{Line}";
}

sealed record Break(IReadOnlyList<Edit> Edits);

/// <summary>One change to one file: a text is replaced, a file is created, or one is deleted.</summary>
sealed record Edit(string? Path = null, string? Find = null, string? Replace = null, string? Create = null, string? Text = null, string? Delete = null) : IJsonOnDeserialized
{
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (this is not ({ Path: not null, Find.Length: > 0, Replace: not null, Create: null, Text: null, Delete: null }
            or { Create: not null, Text: not null, Path: null, Find: null, Replace: null, Delete: null }
            or { Delete: not null, Path: null, Find: null, Replace: null, Create: null, Text: null }))
            throw new JsonException("an edit has 'path', 'find' and 'replace', or 'create' and 'text', or 'delete'");
    }

    /// <exception cref="CommandFailedException">The edit does not fit the files.</exception>
    public void Apply(string root)
    {
        if (Create is not null)
        {
            var created = Whole(Create);
            if (File.Exists(created))
                throw new CommandFailedException($"{Create} exists already");
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(created)!);
            File.WriteAllText(created, Text);
        }
        else if (Delete is not null)
        {
            if (!File.Exists(Whole(Delete)))
                throw new CommandFailedException($"{Delete} does not exist");
            File.Delete(Whole(Delete));
        }
        else
        {
            var text = File.Exists(Whole(Path!)) ? File.ReadAllText(Whole(Path!)) : throw new CommandFailedException($"{Path} does not exist");
            var ends = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var find = Find!.ReplaceLineEndings(ends);
            var at = text.IndexOf(find, StringComparison.Ordinal);
            if (at < 0 || text.IndexOf(find, at + 1, StringComparison.Ordinal) >= 0)
                throw new CommandFailedException($"{Path} does not have '{Find}' exactly once");
            File.WriteAllText(Whole(Path!), $"{text.AsSpan(0, at)}{Replace!.ReplaceLineEndings(ends)}{text.AsSpan(at + find.Length)}");
        }

        string Whole(string path) => System.IO.Path.Combine(root, path);
    }
}

/// <summary>Spells what is expected as the files do, and lists what may stand there.</summary>
sealed class ExpectedConverter : JsonConverter<Expected>
{
    static readonly Dictionary<string, Expected> Words = Enum.GetValues<Expected>().ToDictionary(Report.Name, StringComparer.Ordinal);

    public override Expected Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Words.TryGetValue(reader.GetString()!, out var expected)
            ? expected
            : throw new JsonException($"'expected' is one of {string.Join(", ", Words.Keys)}");

    public override void Write(Utf8JsonWriter writer, Expected value, JsonSerializerOptions options) => writer.WriteStringValue(Report.Name(value));
}

/// <summary>Reads <c>path:line</c>.</summary>
sealed class EvidenceLineConverter : JsonConverter<EvidenceLine>
{
    public override EvidenceLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Regex.Match(reader.GetString()!, "^(?<path>.+):(?<line>[1-9][0-9]*)$", RegexOptions.CultureInvariant) is { Success: true } match
            ? new EvidenceLine(match.Groups["path"].Value, int.Parse(match.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture))
            : throw new JsonException("evidence is path:line");

    public override void Write(Utf8JsonWriter writer, EvidenceLine value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
