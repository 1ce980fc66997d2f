using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>The rules that fail already, by entity: <c>scorecard.baseline.json</c>, written by the tool and committed.</summary>
public sealed record Baseline(int SchemaVersion, SortedDictionary<string, string[]> Failing)
{
    public const string FileName = "scorecard.baseline.json";

    const int CurrentSchemaVersion = 1;

    public static readonly Baseline Empty = new(CurrentSchemaVersion, new(StringComparer.Ordinal));

    public static Baseline Of(IEnumerable<OutcomesDocument> documents) => new(
        CurrentSchemaVersion,
        new(documents.GroupBy(document => document.Entity.Reference, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.SelectMany(document => document.Outcomes).Where(outcome => outcome.State == OutcomeState.Fail).Select(outcome => outcome.Key).Distinct().Order(StringComparer.Ordinal).ToArray()), StringComparer.Ordinal));

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

    public bool Has(string entity, string rule) => Failing.TryGetValue(entity, out var rules) && rules.Contains(rule, StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Baseline))]
sealed partial class BaselineJson : JsonSerializerContext;
