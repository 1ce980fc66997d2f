using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What a repository says in its <c>scorecard.json</c>. Comments and trailing commas are allowed; an unknown member is an error, so that a misspelt one is not silently without effect.</summary>
public sealed partial record ScorecardConfiguration
{
    public const string FileName = "scorecard.json";

    /// <summary>The repository that says nothing: our own rules count with their built-in defaults.</summary>
    public static readonly ScorecardConfiguration Default = new();

    // The serializer sets every init member, one that the file lacks to null: then the default stays.
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

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

    /// <summary>The entity of the nearest entry in <see cref="Entities"/>; null where there is none.</summary>
    /// <param name="projectFile">Relative to the repository's root, with <c>/</c>.</param>
    public string? EntityOf(string projectFile) => Entities
        .Select(pair => (Path: pair.Key.Replace('\\', '/').Trim('/'), Reference: pair.Value))
        .Where(entry => projectFile == entry.Path || projectFile.StartsWith($"{entry.Path}/", StringComparison.Ordinal))
        .OrderByDescending(entry => entry.Path.Length)
        .FirstOrDefault().Reference;

    /// <summary>Whether a diagnostic feeds a rule of this configuration.</summary>
    public bool Maps(string id) => Rules.Any(rule => ScorecardRule.Takes(rule.Key, rule.Value, id));

    /// <summary>Reads the file; where it cannot be read, the message says what, where and what to do, and the defaults hold.</summary>
    public static ScorecardConfiguration Load(string? path, ICollection<BuildMessage> messages)
    {
        if (string.IsNullOrEmpty(path))
            return Default;
        try
        {
            var configuration = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigurationJson.Default.ScorecardConfiguration);
            if (FirstMistake(configuration) is not { } mistake)
                return configuration!;
            messages.Add(Invalid(path, $"{mistake}. Until it is corrected a build goes by the built-in defaults"));
            return Default;
        }
        catch (JsonException e)
        {
            var text = UnknownMember().Replace(e.Message, "there is no member '$1'").Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0].Split(" |", 2)[0].TrimEnd('.', ' ');
            messages.Add(Invalid(path, $"{text}. Until this line is corrected a build goes by the built-in defaults", (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1));
            return Default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            messages.Add(Invalid(path, $"{e.Message.TrimEnd('.')}. Until it can be read a build goes by the built-in defaults"));
            return Default;
        }
    }

    /// <summary>What the JSON's own form cannot tell; such a place has no line.</summary>
    static string? FirstMistake(ScorecardConfiguration? configuration)
    {
        if (configuration is null)
            return "the file holds no object";
        foreach (var (key, rule) in configuration.Rules)
        {
            if (rule is null)
                return $"rule '{key}' is null; leave it out, or set \"enabled\": false";
            if (rule.Level is < 1 or > 3)
                return $"rule '{key}' has level {rule.Level}; a level is 1, 2 or 3";
            if (rule.Diagnostics?.Any(pattern => string.IsNullOrEmpty(pattern?.TrimStart('!'))) == true)
                return $"rule '{key}' has an empty diagnostic id";
        }

        return configuration.Waivers.Any(waiver => waiver is null || waiver.Rule is null || waiver.Entity is null) ? "a waiver is null or names no rule or entity"
            : configuration.Entities.FirstOrDefault(entity => string.IsNullOrEmpty(entity.Value)) is { Key: { } path } ? $"the entity of '{path}' is empty"
            : configuration.Teams.Any(string.IsNullOrEmpty) || configuration.Wiring.Any(string.IsNullOrEmpty) ? "a team or wiring method is empty"
            : null;
    }

    [GeneratedRegex(@"The JSON property '([^']*)' could not be mapped to any \.NET member contained in type '[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownMember();

    static BuildMessage Invalid(string path, string text, int line = 0, int column = 0) =>
        new(BuildMessage.ConfigurationIsInvalid, text, path, line, column);
}

/// <summary>How one scorecard rule is fed and judged. A member left out keeps the built-in default.</summary>
/// <param name="Name">The rule's name on the scorecard.</param>
/// <param name="Level">1 to 3.</param>
/// <param name="ScopeQuery">Which entities the product applies it to, e.g. <c>kind:service</c>.</param>
/// <param name="Diagnostics">Ids with <c>*</c> as wildcard, e.g. <c>["CA2007", "MA00*"]</c>; a leading <c>!</c> excludes.</param>
/// <param name="AtMost">So many open findings still pass.</param>
/// <param name="Suppressed">What an outcome is whose findings are all suppressed with a justification.</param>
/// <param name="WhenOff">What an outcome is when the diagnostics are switched off: <c>skip</c> or <c>fail</c>.</param>
/// <param name="EffectiveFrom">Before that day (UTC) the rule is skipped.</param>
public sealed record RuleConfiguration(
    string? Name = null,
    string? Scorecard = null,
    int? Level = null,
    string? Description = null,
    string? Owner = null,
    string? ScopeQuery = null,
    bool Enabled = true,
    IReadOnlyList<string>? Diagnostics = null,
    int AtMost = 0,
    OutcomeState Suppressed = OutcomeState.Skip,
    OutcomeState WhenOff = OutcomeState.Skip,
    DateOnly? EffectiveFrom = null)
{
    public static readonly RuleConfiguration Default = new();
}

/// <summary>An agreed exception from a rule that ends by itself.</summary>
/// <param name="Rule">The rule's key.</param>
/// <param name="Entity">The entity, or <c>*</c>.</param>
/// <param name="Until">The last day (UTC) on which it holds.</param>
public sealed record Waiver(
    [property: JsonRequired] string Rule,
    [property: JsonRequired] string Entity,
    [property: JsonRequired] string Reason,
    [property: JsonRequired] DateOnly Until,
    string? Ticket = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ScorecardConfiguration))]
sealed partial class ConfigurationJson : JsonSerializerContext;
