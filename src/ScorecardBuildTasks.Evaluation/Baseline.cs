using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>The rules that a gate on new ones lets pass, by entity: <c>scorecard.baseline.json</c>, written by the tool and committed.</summary>
/// <param name="Failing">Those that fail already.</param>
/// <param name="NotEvaluated">Those that could not be evaluated, and may fail for all that is known; absent where there is none.</param>
public sealed record Baseline(int SchemaVersion, SortedDictionary<string, string[]> Failing, SortedDictionary<string, string[]>? NotEvaluated = null)
{
    public const string FileName = "scorecard.baseline.json";

    const int CurrentSchemaVersion = 1;

    public static readonly Baseline Empty = new(CurrentSchemaVersion, new(StringComparer.Ordinal));

    public static Baseline Of(IReadOnlyList<OutcomesDocument> documents)
    {
        var entities = documents.ToLookup(document => document.Entity.Reference, document => document.Outcomes, StringComparer.Ordinal);
        var unknown = entities.Where(entity => RulesIn(entity, OutcomeState.NotEvaluated).Length > 0).ToDictionary(entity => entity.Key, entity => RulesIn(entity, OutcomeState.NotEvaluated));
        return new(
            CurrentSchemaVersion,
            new(entities.ToDictionary(entity => entity.Key, entity => RulesIn(entity, OutcomeState.Fail)), StringComparer.Ordinal),
            unknown.Count > 0 ? new(unknown, StringComparer.Ordinal) : null);
    }

    /// <summary>Reads the file; where there is none, nothing fails already.</summary>
    /// <exception cref="InvalidDataException">The file is no baseline; the message names file, place and remedy.</exception>
    public static Baseline Read(string path)
    {
        if (!File.Exists(path))
            return Empty;
        try
        {
            // As text: an editor may have put a byte order mark before it.
            return JsonSerializer.Deserialize(File.ReadAllText(path), BaselineJson.Default.Baseline) is { SchemaVersion: CurrentSchemaVersion, Failing: not null } baseline
                ? baseline
                : throw new InvalidDataException($"{path} is no baseline of schemaVersion {CurrentSchemaVersion}; write it anew with 'scorecard check --write-baseline {FileName}'");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): no baseline; write it anew with 'scorecard check --write-baseline {FileName}'", e);
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, BaselineJson.Default.Baseline) + "\n");

    /// <summary>What is recorded of the rule; null where it is not in the baseline.</summary>
    public OutcomeState? StateOf(string entity, string rule) =>
        IsIn(Failing, entity, rule) ? OutcomeState.Fail
        : NotEvaluated is not null && IsIn(NotEvaluated, entity, rule) ? OutcomeState.NotEvaluated
        : null;

    static string[] RulesIn(IEnumerable<IReadOnlyList<Outcome>> outcomes, OutcomeState state) =>
        [.. outcomes.SelectMany(rules => rules).Where(outcome => outcome.State == state).Select(outcome => outcome.Key).Distinct().Order(StringComparer.Ordinal)];

    static bool IsIn(SortedDictionary<string, string[]> recorded, string entity, string rule) => recorded.TryGetValue(entity, out var rules) && rules.Contains(rule, StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Baseline))]
sealed partial class BaselineJson : JsonSerializerContext;
