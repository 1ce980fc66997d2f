using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What a rule came to for an entity, in the order in which reports list it from the end.</summary>
[JsonConverter(typeof(OutcomeStateConverter))]
public enum OutcomeState
{
    Skip,
    Pass,

    /// <summary>The log cannot tell. Kept locally, never published.</summary>
    NotEvaluated,

    Fail,
}

/// <summary>Spells the states as the API does: <c>pass</c>, <c>fail</c>, <c>skip</c>.</summary>
sealed class OutcomeStateConverter() : JsonStringEnumConverter<OutcomeState>(JsonNamingPolicy.CamelCase);

/// <summary>One place a finding points to.</summary>
/// <param name="File">Relative to the repository's root, with forward slashes.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Link">The line at the commit, where the host is known.</param>
public sealed record Evidence(string File, int Line, int Column, string Message, string? Link = null);

/// <summary>One rule's verdict.</summary>
/// <param name="Key">The rule's key in <c>scorecard.json</c>; for our own rules the diagnostic id.</param>
/// <param name="Rule">The rule's name on the scorecard; with <paramref name="Scorecard"/> it finds the rule in the API.</param>
/// <param name="Level">1 basic, 2 intermediate, 3 advanced.</param>
/// <param name="Reason">Plain text: why it is not a plain pass.</param>
/// <param name="SwitchedOff">Configuration switched the rule off.</param>
/// <param name="Waived">A waiver of <c>scorecard.json</c> covers it.</param>
/// <param name="Suppressed">So many findings are suppressed in source.</param>
/// <param name="Undecided">The rule could not tell, which is not the same as having nothing to judge.</param>
public sealed record Outcome(
    string Key,
    string Rule,
    string Scorecard,
    int Level,
    OutcomeState State,
    string? Reason,
    IReadOnlyList<Evidence> Evidence,
    bool SwitchedOff = false,
    bool Waived = false,
    int Suppressed = 0,
    bool Undecided = false)
{
    /// <summary>Whether a waiver changes what it comes to, or would if it held, or may for all that is known.</summary>
    [JsonIgnore]
    public bool NeedsWaiver => Waived || State is OutcomeState.Fail or OutcomeState.NotEvaluated;

    [JsonIgnore]
    internal Weight Weight => Weights.Of(State, SwitchedOff || Waived || (Suppressed > 0 && !Undecided), Undecided);
}

/// <summary>The commit an evaluation belongs to, as far as it is known.</summary>
/// <param name="Sha">Forty hex digits, or null outside a repository.</param>
/// <param name="Url">The repository's web address without credentials, or null.</param>
/// <param name="Run">The web address of the CI run, where the provider tells it.</param>
public sealed record Revision(string? Sha, DateTimeOffset? Time, string? Branch, string? Url, string? Run = null)
{
    public static readonly Revision Unknown = new(null, null, null, null);
}

/// <summary>Which entity a project is, and why we think so.</summary>
/// <param name="Reference"><c>kind:name</c> as the API takes it, e.g. <c>service:checkout</c>.</param>
/// <param name="Reason">Where the name comes from, e.g. <c>src/Checkout/entity.datadog.yaml</c>.</param>
/// <param name="Guessed">Only the assembly's name was at hand: reported, not published.</param>
public sealed record Entity(string Reference, string Reason, bool Guessed = false);

/// <summary>The content of <c>outcomes.json</c>: all verdicts on one entity from one project and framework, or from several merged.</summary>
/// <remarks>Schema version 1: <c>nuget/outcomes.schema.json</c>, <c>docs/outcomes.json.md</c>. Matrix legs merge from it and <c>scorecard push</c> sends it.</remarks>
/// <param name="Project">The project file relative to the repository's root; several are separated by <c>;</c>.</param>
/// <param name="Framework">The target framework; several are separated by <c>;</c>.</param>
/// <param name="NotEvaluated">Why nothing at all could be evaluated; then <paramref name="Outcomes"/> is empty.</param>
/// <param name="Messages">What the build is to be told, once for all frameworks; left out of what is reported.</param>
/// <param name="Gap">Which project could not be evaluated, and why: this one, or one of several merged, which leaves no rule a pass.</param>
/// <param name="Held">Why the outcomes are for reading only: what decides where they belong, or which count, is guessed or could not be read.</param>
public sealed record OutcomesDocument(
    int SchemaVersion,
    Entity Entity,
    Revision Revision,
    string Project,
    string Framework,
    string? NotEvaluated,
    IReadOnlyList<Outcome> Outcomes,
    string? Held = null,
    string? Gap = null,
    IReadOnlyList<BuildMessage>? Messages = null)
{
    public const int CurrentSchemaVersion = 1;

    /// <summary>Which file could not be read that decides which rules count or where the outcomes belong; null where it is not that, though <see cref="Held"/> may be set.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Documents of one subject are merged. A guess that is held back speaks for nobody: it is kept apart from what names the same entity for certain.</summary>
    [JsonIgnore]
    public (string Reference, bool IsGuess) Subject => (Entity.Reference, Entity.Guessed && Held is not null);

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidDataException">The file is no outcomes document of a version known here; the message names file, line and remedy.</exception>
    public static OutcomesDocument Read(string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(path), OutcomesJson.Default.OutcomesDocument)
                ?? throw new InvalidDataException($"{path}: the file holds no outcomes");
            if (document.SchemaVersion != CurrentSchemaVersion)
                throw new InvalidDataException($"{path}: schemaVersion {document.SchemaVersion} is not {CurrentSchemaVersion}; use the version of the tool that wrote it");
            return document is { Entity.Reference: not null, Revision: not null, Project: not null, Framework: not null, Outcomes: not null } && document.Outcomes.All(outcome => outcome is { Key: not null, Rule: not null, Scorecard: not null, Evidence: not null })
                ? document
                : throw new InvalidDataException($"{path}: the file lacks entity, revision, project, framework or outcomes; let a build with ScorecardReport=true write it anew");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): {e.Message}", e);
        }
    }

    /// <summary>Writes the document; a reader never sees half of it, and a file that says the same is left alone.</summary>
    public void Write(string path)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, OutcomesJson.Default.OutcomesDocument);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(text))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>
    /// One document of several for the same entity. Per rule the heaviest state wins, and the evidence of all that share it is kept. In which order documents come, how they are
    /// grouped and whether one comes twice changes nothing, so matrix legs and projects merge as they arrive.
    /// </summary>
    public static OutcomesDocument Merge(IReadOnlyList<OutcomesDocument> documents)
    {
        if (documents is [var only])
            return only;
        var evaluated = documents.Where(document => document.NotEvaluated is null).ToArray();
        var gap = First(documents.Select(document => document.Gap ?? document.NotEvaluated));
        var project = Join(documents.Select(document => document.Project));
        return new OutcomesDocument(
            CurrentSchemaVersion,
            documents.Select(document => document.Entity).OrderBy(entity => entity.Guessed).ThenBy(entity => entity.Reference, StringComparer.Ordinal).ThenBy(entity => entity.Reason, StringComparer.Ordinal).First(),
            documents.Select(document => document.Revision).OrderByDescending(revision => revision.Sha is not null).ThenByDescending(revision => revision.Time)
                .ThenByDescending(revision => $"{revision.Sha}|{revision.Branch}|{revision.Url}|{revision.Run}", StringComparer.Ordinal).First(),
            project,
            Join(documents.Select(document => document.Framework)),
            evaluated.Length > 0 ? null : project.Contains(';', StringComparison.Ordinal) ? gap : First(documents.Select(document => document.NotEvaluated)),
            [
                .. evaluated.SelectMany(document => document.Outcomes)
                    .GroupBy(outcome => outcome.Key, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => Merge([.. group], gap)),
            ],
            First(documents.Select(document => document.Held)),
            gap,
            Waivers.Merge(documents))
        {
            Unreadable = First(documents.Select(document => document.Unreadable)),
        };
    }

    static Outcome Merge(IReadOnlyList<Outcome> outcomes, string? gap)
    {
        var named = outcomes.OrderBy(outcome => outcome.Scorecard, StringComparer.Ordinal).ThenBy(outcome => outcome.Rule, StringComparer.Ordinal).ThenBy(outcome => outcome.Level).First();
        var weight = outcomes.Max(outcome => outcome.Weight);
        // A pass needs every leg: one that could not be evaluated may hide a fail.
        if (gap is not null && weight < Weight.NotEvaluated)
            weight = Weight.NotEvaluated;
        var heaviest = outcomes.Where(outcome => outcome.Weight == weight).ToArray();
        return named with
        {
            State = heaviest.FirstOrDefault()?.State ?? OutcomeState.NotEvaluated,
            Reason = First(heaviest.Select(outcome => outcome.Reason).Append(weight == Weight.NotEvaluated ? gap : null)),
            Evidence = [.. heaviest.SelectMany(outcome => outcome.Evidence).Distinct()
                .OrderBy(evidence => evidence.File, StringComparer.Ordinal).ThenBy(evidence => evidence.Line).ThenBy(evidence => evidence.Column)
                .ThenBy(evidence => evidence.Message, StringComparer.Ordinal).ThenBy(evidence => evidence.Link, StringComparer.Ordinal)],
            SwitchedOff = heaviest.Any(outcome => outcome.SwitchedOff),
            Waived = heaviest.Any(outcome => outcome.Waived),
            Suppressed = outcomes.Max(outcome => outcome.Suppressed),
            Undecided = heaviest.Any(outcome => outcome.Undecided),
        };
    }

    static string? First(IEnumerable<string?> values) => values.Where(value => value is not null).Order(StringComparer.Ordinal).FirstOrDefault();

    static string Join(IEnumerable<string> values) =>
        string.Join(';', values.SelectMany(value => value.Split(';')).Distinct().Order(StringComparer.Ordinal));
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutcomesDocument))]
sealed partial class OutcomesJsonDefinition : JsonSerializerContext;

/// <summary>The serializer's contract with an encoder that leaves quotes and links readable; the text is never put into a page.</summary>
static class OutcomesJson
{
    public static readonly OutcomesJsonDefinition Default = new(new JsonSerializerOptions(OutcomesJsonDefinition.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
