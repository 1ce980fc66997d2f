using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What one compiler run left in its SARIF 2.1 error log, reduced to what an evaluation asks for.</summary>
/// <remarks>
/// The log lists every rule loaded, every finding (suppressed ones too) and every rule switched off. A log of a run
/// without analyzers has no <c>rules</c> array at all, which is why <see cref="RulesAreListed"/> is not the same as an empty <see cref="Rules"/>.
/// </remarks>
public sealed class ErrorLog
{
    const string OurPrefix = "SCORE";

    /// <summary>They tell that analyzers did not load, or broke.</summary>
    static readonly string[] CrashIds = ["AD0001", "CS8032", "CS9057", "CS8785"];

    readonly Dictionary<string, LoggedRule> rules = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Finding>> findings = new(StringComparer.Ordinal);
    readonly List<StandsAside> standsAside = [];
    readonly Dictionary<string, GivenSeverities> severities = new(StringComparer.Ordinal);

    readonly Func<string, bool> isMapped;
    readonly List<LoggedId> ids = [];
    readonly Dictionary<int, LoggedFile> files = [];

    ErrorLog(Func<string, bool> isMapped) => this.isMapped = isMapped;

    /// <summary>False when the compiler ran without analyzers (<c>RunAnalyzers=false</c>).</summary>
    public bool RulesAreListed { get; private set; }

    /// <summary>Every rule the compiler had loaded, by id.</summary>
    public IReadOnlyDictionary<string, LoggedRule> Rules => rules;

    /// <summary>The findings of one id, suppressed ones included.</summary>
    public IReadOnlyList<Finding> FindingsOf(string id) => findings.TryGetValue(id, out var found) ? found : [];

    /// <summary>The findings of all ids that are taken: every finding is among them but the collector's and the stand-asides.</summary>
    public IEnumerable<Finding> FindingsOf(Func<string, bool> takes) => findings.Where(found => takes(found.Key)).SelectMany(found => found.Value);

    /// <summary>The rules that said they cannot or need not judge this project.</summary>
    public IReadOnlyList<StandsAside> StandsAside => standsAside;

    /// <summary>The collector's stamp; null where our rules did not run.</summary>
    public Stamp? Stamp { get; private set; }

    /// <summary>Who switched a diagnostic off, as far as the stamp knows.</summary>
    public string? WhoSwitchedOff(string id) => Stamp?.Off.GetValueOrDefault(IsNamed(id) ? Key(id, id) : id);

    /// <summary>Why a diagnostic that is on would not be in the log.</summary>
    public string? WhyUnseen(string id) => Stamp?.Unseen.GetValueOrDefault(Key(id, id));

    /// <summary>The severities that configuration gave a diagnostic, in one file or another; null where every file has the one that it starts with.</summary>
    internal GivenSeverities? SeveritiesOf(string id) => severities.TryGetValue(id, out var given) ? given : null;

    /// <summary>Whether the build named a diagnostic of another analyzer's to the collector, which then knows every severity of it but that which it starts with.</summary>
    internal bool IsNamed(string id) => Stamp?.Named.Contains(id) == true;

    /// <summary>The own files in which a severity for all analyzers, or for its category, switches off a rule that the collector knows. A build that only observes gives our rules a severity, which outweighs that: they report there where they would not in another.</summary>
    internal IReadOnlySet<string> OffInBulk(string id) => Stamp?.OffInBulk.GetValueOrDefault(rules.GetValueOrDefault(id)?.Level is not null ? id : Key(id, id)) ?? FrozenSet<string>.Empty;

    /// <summary>The own files in which a severity for all analyzers switches off what has none of its own; null where there is no such severity.</summary>
    internal IReadOnlySet<string>? OffForAll(string id) => Stamp?.OffInBulk.GetValueOrDefault(Key(id, Stamp.AnyId));

    /// <summary>Which category another analyzer's rule is of the collector does not know: where some file gives one a severity, it says for each what holds for it.</summary>
    string Key(string id, string name) =>
        rules.GetValueOrDefault(id) is { Level: null, Category: var category } && Stamp?.Categories.Contains(category) == true && !ScorecardRule.IsCompilers(id) ? $"{name}@{category.ToLowerInvariant()}" : name;

    /// <summary>Reads a log as csc wrote it.</summary>
    /// <param name="isMapped">Whether findings of another analyzer's id feed a rule; those that feed none are passed over. All are kept where it is null.</param>
    /// <exception cref="InvalidDataException">The file is no SARIF 2.1 log; the message says where reading stopped.</exception>
    public static ErrorLog Read(string path, Func<string, bool>? isMapped = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        Span<byte> mark = stackalloc byte[3];
        if (stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual("\uFEFF"u8))
            stream.Position = 0;
        try
        {
            var log = Read(stream, isMapped);
            // A level is what makes a rule one of a scorecard, and the log tells it behind the findings.
            return log.ids.Exists(id => !id.IsKept && log.rules.GetValueOrDefault(id.Id)?.Level is not null) ? Read(path) : log;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): not a complete SARIF log", e);
        }
    }

    /// <summary>Reads a log from its UTF-8 text.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    /// <exception cref="InvalidDataException">The text is JSON but no SARIF 2.1 log.</exception>
    public static ErrorLog Read(Stream utf8, Func<string, bool>? isMapped = null)
    {
        var log = new ErrorLog(isMapped ?? (_ => true));
        var json = new SarifReader(utf8);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException("a SARIF log is a JSON object");

        string? version = null;
        while (json.ReadName())
        {
            if (json.TextEquals("version"u8))
                RequireVersion(version = json.ReadText());
            else if (json.TextEquals("runs"u8))
                log.ReadRuns(ref json);
            else
                json.SkipValue();
        }

        RequireVersion(version);
        return log;
    }

    static void RequireVersion(string? version)
    {
        if (version is not "2.1.0")
            throw new InvalidDataException($"the error log's version {version ?? "(missing)"} is not SARIF 2.1.0, and no older one lists passes; ask csc for it with <ErrorLog>path,version=2.1</ErrorLog>");
    }

    void ReadRuns(ref SarifReader json)
    {
        json.StartArray();
        while (json.ReadElement())
        {
            while (json.ReadName())
            {
                if (json.TextEquals("results"u8))
                    ReadResults(ref json);
                else if (json.TextEquals("tool"u8))
                    ReadTool(ref json);
                else if (json.TextEquals("invocations"u8))
                    ReadInvocations(ref json);
                else
                    json.SkipValue();
            }
        }
    }

    void ReadTool(ref SarifReader json)
    {
        json.StartObject();
        while (json.ReadName())
        {
            if (!json.TextEquals("driver"u8))
            {
                json.SkipValue();
                continue;
            }

            json.StartObject();
            while (json.ReadName())
            {
                if (!json.TextEquals("rules"u8))
                {
                    json.SkipValue();
                    continue;
                }

                RulesAreListed = true;
                json.StartArray();
                while (json.ReadElement())
                {
                    var rule = ReadRule(ref json);
                    rules[rule.Id] = rule;
                }
            }
        }
    }

    static LoggedRule ReadRule(ref SarifReader json)
    {
        string id = "", title = "", category = "";
        string? description = null, helpUri = null;
        bool enabled = true, external = false, note = false;
        var tags = new List<string>();
        while (json.ReadName())
        {
            if (json.TextEquals("id"u8))
                id = json.ReadText() ?? "";
            else if (json.TextEquals("shortDescription"u8))
                title = ReadMessage(ref json);
            else if (json.TextEquals("fullDescription"u8))
                description = ReadMessage(ref json);
            else if (json.TextEquals("helpUri"u8))
                helpUri = json.ReadText();
            else if (json.TextEquals("defaultConfiguration"u8))
            {
                json.StartObject();
                while (json.ReadName())
                {
                    if (json.TextEquals("enabled"u8))
                        enabled = json.ReadFlag();
                    else if (json.TextEquals("level"u8))
                        note = json.ReadText() is "note";
                    else
                        json.SkipValue();
                }
            }
            else if (json.TextEquals("properties"u8))
            {
                json.StartObject();
                while (json.ReadName())
                {
                    if (json.TextEquals("category"u8))
                        category = json.ReadText() ?? "";
                    else if (json.TextEquals("suppressionKinds"u8))
                    {
                        json.StartArray();
                        while (json.ReadElement())
                            external |= json.TextEquals("external"u8);
                    }
                    else if (json.TextEquals("tags"u8))
                    {
                        json.StartArray();
                        while (json.ReadElement())
                            tags.Add(json.Text() ?? "");
                    }
                    else
                        json.SkipValue();
                }
            }
            else
                json.SkipValue();
        }

        return new LoggedRule(id, title, description, category, helpUri, tags, enabled, external, note);
    }

    void ReadInvocations(ref SarifReader json)
    {
        json.StartArray();
        while (json.ReadElement())
        {
            while (json.ReadName())
            {
                if (!json.TextEquals("ruleConfigurationOverrides"u8))
                {
                    json.SkipValue();
                    continue;
                }

                json.StartArray();
                while (json.ReadElement())
                    ReadOverride(ref json);
            }
        }
    }

    void ReadOverride(ref SarifReader json)
    {
        string? id = null;
        bool disabled = false, notes = false, shows = false;
        while (json.ReadName())
        {
            var isDescriptor = json.TextEquals("descriptor"u8);
            json.StartObject();
            while (json.ReadName())
            {
                if (isDescriptor && json.TextEquals("id"u8))
                    id = json.ReadText();
                else if (json.TextEquals("enabled"u8))
                    disabled |= !json.ReadFlag();
                else if (json.TextEquals("level"u8))
                {
                    var level = json.ReadText();
                    notes |= level is "note";
                    shows |= level is "warning" or "error";
                }
                else
                    json.SkipValue();
            }
        }

        // One rule may be overridden several times, once per set of files.
        if (id is not null)
        {
            severities.TryGetValue(id, out var before);
            severities[id] = new GivenSeverities(before.Off | disabled, before.Note | notes, before.Shown | shows);
        }
    }

    void ReadResults(ref SarifReader json)
    {
        json.StartArray();
        while (json.ReadElement())
            ReadResult(ref json);
    }

    void ReadResult(ref SarifReader json)
    {
        var depth = json.Depth;
        string id = "", message = "";
        string? file = null;
        int line = 0, column = 0;
        Suppression? suppression = null;
        Dictionary<string, string>? properties = null;
        while (json.ReadName())
        {
            if (json.TextEquals("ruleId"u8))
            {
                var logged = ReadId(ref json);
                if (!logged.IsKept)
                {
                    json.SkipTo(depth);
                    return;
                }

                id = logged.Id;
            }
            else if (json.TextEquals("message"u8))
                message = ReadMessage(ref json);
            else if (json.TextEquals("suppressions"u8))
            {
                json.StartArray();
                while (json.ReadElement())
                    suppression ??= ReadSuppression(ref json);
            }
            else if (json.TextEquals("locations"u8))
            {
                json.StartArray();
                while (json.ReadElement())
                    ReadLocation(ref json, ref file, ref line, ref column);
            }
            else if (json.TextEquals("properties"u8))
            {
                json.StartObject();
                while (json.ReadName())
                {
                    if (json.TextEquals("customProperties"u8))
                        properties = json.ReadTexts();
                    else
                        json.SkipValue();
                }
            }
            else
                json.SkipValue();
        }

        switch (id)
        {
            case "SCORE0001" when properties is not null:
                Stamp = Stamp.From(properties);
                break;
            // What a rule found in a file that the compiler does not compile, silenced there in a way that it does not see.
            case "SCORE0002" when properties?.GetValueOrDefault("state") is "suppressed":
                Add(new Finding(properties.GetValueOrDefault("rule", ""), properties.GetValueOrDefault("reason", ""), file, line, column,
                    new Suppression(properties.GetValueOrDefault("suppression", ""), properties.GetValueOrDefault("justification"))));
                break;
            case "SCORE0002" when properties is not null:
                standsAside.Add(new StandsAside(
                    properties.GetValueOrDefault("rule", ""),
                    properties.GetValueOrDefault("state") switch { "notApplicable" => StandsAsideState.NotApplicable, "notVisible" => StandsAsideState.NotVisible, _ => StandsAsideState.Undecided },
                    properties.GetValueOrDefault("reason", "")));
                break;
            default:
                Add(new Finding(id, message, file, line, column, suppression));
                break;
        }
    }

    void Add(Finding finding)
    {
        if (!findings.TryGetValue(finding.Id, out var same))
            findings.Add(finding.Id, same = []);
        same.Add(finding);
    }

    /// <summary>Few ids stand in many findings, so each is made a string, and asked about, once.</summary>
    LoggedId ReadId(ref SarifReader json)
    {
        json.Read();
        foreach (var known in ids)
        {
            if (json.RawText.SequenceEqual(known.Utf8))
                return known;
        }

        var id = json.Text() ?? "";
        var logged = new LoggedId(json.RawText.ToArray(), id, id.StartsWith(OurPrefix, StringComparison.Ordinal) || CrashIds.Contains(id) || isMapped(id));
        ids.Add(logged);
        return logged;
    }

    void ReadLocation(ref SarifReader json, ref string? file, ref int line, ref int column)
    {
        var first = file is null;
        while (json.ReadName())
        {
            if (!json.TextEquals("physicalLocation"u8))
            {
                json.SkipValue();
                continue;
            }

            json.StartObject();
            while (json.ReadName())
            {
                var isArtifact = json.TextEquals("artifactLocation"u8);
                json.StartObject();
                while (json.ReadName())
                {
                    if (first && isArtifact && json.TextEquals("uri"u8))
                        file = ReadFile(ref json);
                    else if (first && json.TextEquals("startLine"u8))
                        line = json.ReadNumber();
                    else if (first && json.TextEquals("startColumn"u8))
                        column = json.ReadNumber();
                    else
                        json.SkipValue();
                }
            }
        }
    }

    /// <summary>Few files stand in many findings, so the path of each is made once; of two that have one hash, which nearly none have, each time.</summary>
    string? ReadFile(ref SarifReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        var hash = new HashCode();
        hash.AddBytes(json.RawText);
        var key = hash.ToHashCode();
        if (files.TryGetValue(key, out var known) && json.RawText.SequenceEqual(known.Utf8))
            return known.Path;
        var path = PathOf(json.Text()!);
        files[key] = new LoggedFile(json.RawText.ToArray(), path);
        return path;
    }

    static Suppression ReadSuppression(ref SarifReader json)
    {
        string? justification = null, type = null;
        while (json.ReadName())
        {
            if (json.TextEquals("justification"u8))
                justification = json.ReadText();
            else if (json.TextEquals("properties"u8))
            {
                json.StartObject();
                while (json.ReadName())
                {
                    if (json.TextEquals("suppressionType"u8))
                        type = json.ReadText();
                    else
                        json.SkipValue();
                }
            }
            else
                json.SkipValue();
        }

        return new Suppression(type ?? "", justification);
    }

    static string ReadMessage(ref SarifReader json)
    {
        var text = "";
        json.StartObject();
        while (json.ReadName())
        {
            if (json.TextEquals("text"u8))
                text = json.ReadText() ?? "";
            else
                json.SkipValue();
        }

        return text;
    }

    static string PathOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var absolute) && absolute.IsFile ? absolute.LocalPath : Uri.UnescapeDataString(uri);

    sealed record LoggedId(byte[] Utf8, string Id, bool IsKept);

    readonly record struct LoggedFile(byte[] Utf8, string Path);
}

/// <summary>What configuration made of a diagnostic, each in some file at least.</summary>
/// <param name="Note">A suggestion, or silent: the compiler calls both the same.</param>
/// <param name="Shown">A warning or an error.</param>
readonly record struct GivenSeverities(bool Off, bool Note, bool Shown)
{
    public bool HasLevel => Note || Shown;
}

/// <summary>A rule as the compiler had it loaded.</summary>
/// <param name="Category">For a rule of ours: the scorecard's name.</param>
/// <param name="SuppressedExternally">Off by configuration, or hidden, for at least a part of the compilation.</param>
/// <param name="IsNote">Informative or hidden by default.</param>
public sealed record LoggedRule(string Id, string Title, string? Description, string Category, string? HelpUri, IReadOnlyList<string> Tags, bool EnabledByDefault, bool SuppressedExternally = false, bool IsNote = false)
{
    const string LevelTag = "ScorecardLevel";
    const string CodeTag = "ScorecardAppliesTo:code";
    const string TestTag = "ScorecardAppliesTo:test";
    const string WalksCodeTag = "ScorecardWalksCode";

    /// <summary>1 to 3 for a rule of ours; null for any other analyzer's.</summary>
    public int? Level =>
        Tags.FirstOrDefault(tag => tag.StartsWith(LevelTag, StringComparison.Ordinal)) is { } tag
        && int.TryParse(tag.AsSpan(LevelTag.Length), out var level) ? level : null;

    /// <summary>A rule of ours that judges libraries as well as services.</summary>
    public bool JudgesLibraries => Tags.Contains(CodeTag);

    /// <summary>A rule of ours that looks at code, and not at what is called generated.</summary>
    public bool WalksCode => Tags.Contains(WalksCodeTag);

    /// <summary>A rule of ours on what a service lacks, whose finding only stands in the file of the entry point.</summary>
    public bool ReportsALack => Level is not null && !WalksCode && !Tags.Contains(TestTag);
}

/// <summary>One diagnostic at one place; open unless <paramref name="Suppression"/> is given.</summary>
/// <param name="File">Absolute path, or null for a diagnostic without location.</param>
/// <param name="Line">From 1; 0 without location.</param>
public sealed record Finding(string Id, string Message, string? File, int Line, int Column, Suppression? Suppression)
{
    internal string FirstLine => Message.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? Message[..end] : Message;
}

/// <summary>How a finding was suppressed in source.</summary>
/// <param name="Type">"Pragma Directive", "SuppressMessageAttribute" or "DiagnosticSuppressor { … }", as csc writes it.</param>
public sealed record Suppression(string Type, string? Justification)
{
    public bool IsPragma => Type == "Pragma Directive";

    public bool IsSuppressor => Type.StartsWith("DiagnosticSuppressor", StringComparison.Ordinal);
}

/// <summary>A rule that does not judge this project, and why.</summary>
public sealed record StandsAside(string Rule, StandsAsideState State, string Reason);

public enum StandsAsideState
{
    NotApplicable,
    Undecided,

    /// <summary>What it judges lies in a part of the repository that is not there.</summary>
    NotVisible,
}

/// <summary>The collector's word on which compilation wrote the log and which rules were off.</summary>
/// <param name="Off">Who switched a diagnostic off, by its id, or by that and a category where some file gives the category a severity.</param>
/// <param name="Unseen">Why a diagnostic that is on would not be in the log, by the same.</param>
public sealed record Stamp(string Assembly, string TargetFramework, string ProjectKind, string ConfigurationHash, string RulesVersion, IReadOnlyDictionary<string, string> Off, IReadOnlyDictionary<string, string> Unseen)
{
    public CalledGenerated Generated { get; init; } = CalledGenerated.None;

    /// <summary>The files that may have given a diagnostic its severity, absolute.</summary>
    public IReadOnlyList<string> SeverityFiles { get; init; } = [];

    /// <summary>The ids that the build of a library silenced, or left hidden by default, because it saw no configuration that maps them.</summary>
    public IReadOnlySet<string> Quiet { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The packages that a configuration extends and the library does not reference: what they map, its build did not see.</summary>
    public IReadOnlyList<string> MissingPresets { get; init; } = [];

    /// <summary>The own files, absolute, in which nothing but a severity for all analyzers or for its category switches a diagnostic off, by the same as <see cref="Off"/>; <see cref="AnyId"/> stands for all that have no severity of their own.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> OffInBulk { get; init; } = FrozenDictionary<string, IReadOnlySet<string>>.Empty;

    /// <summary>The ids of other analyzers that the build named to the collector: it knows every severity of theirs but that which they start with.</summary>
    public IReadOnlySet<string> Named { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The categories of rules that have a severity in some file.</summary>
    public IReadOnlySet<string> Categories { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether the build made suggestions of our rules (<c>ScorecardMode=observe</c>).</summary>
    public bool OnlyObserves { get; init; }

    /// <summary>The folders, absolute, of sources that are linked into the project.</summary>
    public IReadOnlyList<string> LinkedFolders { get; init; } = [];

    internal const string AnyId = "*";

    internal static Stamp From(IReadOnlyDictionary<string, string> properties)
    {
        return new Stamp(
            properties.GetValueOrDefault("assembly", ""),
            properties.GetValueOrDefault("targetFramework", ""),
            properties.GetValueOrDefault("projectKind", ""),
            properties.GetValueOrDefault("configurationHash", ""),
            properties.GetValueOrDefault("rulesVersion", ""),
            ReadById(properties.GetValueOrDefault("off")),
            ReadById(properties.GetValueOrDefault("unseen")))
        {
            Generated = new CalledGenerated(Number("ownFiles"), Number("generatedByConfiguration"), Number("generatedByHeader")),
            SeverityFiles = properties.GetValueOrDefault("severityFiles", "").Split('|', StringSplitOptions.RemoveEmptyEntries),
            MissingPresets = properties.GetValueOrDefault("missingPresets", "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            LinkedFolders = properties.GetValueOrDefault("linkedFolders", "").Split('|', StringSplitOptions.RemoveEmptyEntries),
            OnlyObserves = properties.GetValueOrDefault("observes") == "true",
            Named = Listed("named", StringComparer.Ordinal),
            Categories = Listed("categories", StringComparer.OrdinalIgnoreCase),
            OffInBulk = ReadById(properties.GetValueOrDefault("offInBulk")).SelectMany(files => files.Key.Split(',').Select(id => (Id: id, Files: Paths(files.Value)))).ToDictionary(one => one.Id, one => (IReadOnlySet<string>)one.Files, StringComparer.Ordinal),
            Quiet = Listed("quiet", StringComparer.Ordinal),
        };

        HashSet<string> Listed(string name, StringComparer comparer) => properties.GetValueOrDefault(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(comparer);

        static HashSet<string> Paths(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);

        int Number(string name) => int.TryParse(properties.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    static Dictionary<string, string> ReadById(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return [];
        var reader = new SarifReader(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        return reader.ReadTexts();
    }
}
