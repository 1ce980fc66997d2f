using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What a repository says in its <c>scorecard.json</c>. Comments and trailing commas are allowed; an unknown member is an error, so that a misspelt one is not silently without effect.</summary>
public sealed record ScorecardConfiguration
{
    public const string FileName = "scorecard.json";

    /// <summary>The repository that says nothing: our own rules count with their built-in defaults.</summary>
    public static readonly ScorecardConfiguration Default = new();

    // The serializer sets every init member, one that the file lacks to null: then the default stays.
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>What lies under this file: another file, relative to this one, or the id of a NuGet package with a <c>scorecard.json</c> at its root.</summary>
    public string? Extends { get; init; }

    /// <summary>Members that no file above may change, as <c>rules.SCORE1001</c>, <c>rules.*.level</c> or <c>teams</c>.</summary>
    public IReadOnlyList<string> Locked { get; init => field = value ?? field; } = [];

    /// <summary>A waiver that ends later than so many days from today does not count.</summary>
    public int? MaxWaiverDays { get; init; }

    /// <summary>The address of a line on a git host of another form, with <c>{url}</c>, <c>{sha}</c>, <c>{path}</c> and <c>{line}</c>.</summary>
    public string? SourceLink { get; init; }

    /// <summary>Rules by key. The key of one of our rules (<c>SCORE2001</c>) adjusts it; any other key makes a new rule of other diagnostics.</summary>
    public IReadOnlyDictionary<string, RuleConfiguration> Rules { get; init => field = value ?? field; } = new Dictionary<string, RuleConfiguration>();

    public IReadOnlyList<Waiver> Waivers { get; init => field = value ?? field; } = [];

    /// <summary>Entity by project file or folder, relative to the repository's root: <c>"src/Checkout": "service:checkout"</c>.</summary>
    public IReadOnlyDictionary<string, string> Entities { get; init => field = value ?? field; } = new Dictionary<string, string>();

    /// <summary>The organisation's team handles.</summary>
    public IReadOnlyList<string> Teams { get; init => field = value ?? field; } = [];

    public string? DefaultBranch { get; init; }

    /// <summary>A company's own wiring methods, as <c>tracing:Ns.Type.Method</c>.</summary>
    public IReadOnlyList<string> Wiring { get; init => field = value ?? field; } = [];

    /// <summary>Publish even where only the assembly's name tells the entity.</summary>
    public bool PublishGuessedEntities { get; init; }

    /// <summary>The files that were read, the undermost first.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The packages that a file extends and that the project does not reference: what they say, others may have read.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> MissingPresets { get; init; } = [];

    /// <summary>The entity of the nearest entry in <see cref="Entities"/>; null where there is none.</summary>
    /// <param name="projectFile">Relative to the repository's root, with <c>/</c>.</param>
    public string? EntityOf(string projectFile) => Entities
        // "." is the root, and "./src/" is "src", as in a catalog file.
        .Select(pair => (Path: string.Join('/', pair.Key.Replace('\\', '/').Split('/').Where(segment => segment is not ("" or "."))), Reference: pair.Value))
        .Where(entry => entry.Path.Length == 0 || projectFile == entry.Path || projectFile.StartsWith($"{entry.Path}/", StringComparison.Ordinal))
        .OrderByDescending(entry => entry.Path.Length)
        .FirstOrDefault().Reference;

    /// <summary>Whether a diagnostic feeds a rule of this configuration.</summary>
    public bool Maps(string id) => Rules.Any(rule => ScorecardRule.Takes(rule.Key, rule.Value, id));

    /// <summary>The ids of other analyzers that feed a rule of this configuration, as far as they are named, and wildcards that name a kind of the compiler's own.</summary>
    /// <param name="known">Ids among which to look for those that a wildcard means.</param>
    public IReadOnlyList<string> MappedIds(IEnumerable<string> known) =>
    [
        .. Rules.SelectMany(rule => ScorecardRule.Patterns(rule.Key, rule.Value))
            .Where(id => ScorecardRule.IsKindOfCompilers(id) || (id.All(char.IsAsciiLetterOrDigit) && id.Any(char.IsAsciiDigit) && !id.StartsWith("SCORE", StringComparison.Ordinal)))
            .Union(known, StringComparer.Ordinal)
            .Append(ScorecardRule.NullableWarnings)
            .Distinct(StringComparer.Ordinal)
            .Where(Maps)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The wildcards by which other analyzers feed a rule of this configuration: what they mean only those know.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> MappedWildcards =>
    [
        .. Rules.SelectMany(rule => ScorecardRule.Patterns(rule.Key, rule.Value))
            .Where(pattern => ScorecardRule.HasWildcard(pattern) && !ScorecardRule.IsCompilers(pattern) && pattern.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '*' or '?'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Reads a project's file over the repository's over what they extend. A file that cannot be read is told with its place and does not count; those under it still do.
    /// </summary>
    /// <param name="path">The file nearest to the project, or null.</param>
    /// <param name="repositoryRoot">Where the repository's own file lies; null where there is but one file to read.</param>
    /// <param name="findPackage">The folder of a NuGet package that the project references, by its id.</param>
    public static ScorecardConfiguration Load(string? path, ICollection<BuildMessage> messages, string? repositoryRoot = null, Func<string, string?>? findPackage = null) =>
        new ConfigurationLayers(messages, findPackage ?? (_ => null)).Load(path, repositoryRoot);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ScorecardConfiguration))]
sealed partial class ConfigurationJson : JsonSerializerContext;
