using System.Text.Json;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tool.Changes;

/// <summary>What was known of the rules before a change.</summary>
/// <param name="Name">How a report calls it.</param>
/// <param name="StateOf">The state of a rule for an entity; null where nothing is known of it.</param>
/// <param name="TellsFailsOnly">Of a rule that did not fail nothing else is known.</param>
sealed record Before(string Name, Func<OutcomesDocument, Outcome, string?> StateOf, bool TellsFailsOnly = false)
{
    /// <summary>All that there was, where all is known: what is not there any more is among it.</summary>
    public IReadOnlyList<OutcomesDocument> Documents { get; init; } = [];

    /// <summary>A folder of outcomes, one <c>outcomes.json</c>, or a <c>scorecard.baseline.json</c>.</summary>
    /// <exception cref="ToolException">There is no such thing there.</exception>
    public static Before Read(string path, ToolContext context)
    {
        if (Directory.Exists(path))
            return Of(path, OutcomesDirectory.ReadEntities(path, context.Tell) is { Count: > 0 } documents ? documents : throw new ToolException($"{path}: there is no {OutcomesDirectory.OutcomesFileName} below it; build the base with ScorecardReport=true first"));
        if (!File.Exists(path))
            throw new ToolException($"{path}: there is no such file or folder; --baseline names the outcomes of the base, or the {Baseline.FileName} that 'scorecard check --write-baseline' writes");
        if (!IsBaseline(path))
            return Of(path, [OutcomesDocument.Read(path)]);
        var baseline = Baseline.Read(path);
        return new Before(Path.GetFileName(path), (entity, outcome) => baseline.StateOf(entity.Entity.Reference, outcome.Key) is { } state ? Report.Name(state) : null, TellsFailsOnly: true);
    }

    /// <summary>The outcomes that the API has now, of the rules that a publish would go by.</summary>
    /// <exception cref="ScorecardApiException"/>
    public static async Task<Before> ReadAsync(Publisher publisher, string host, IReadOnlyList<OutcomesDocument> documents, CancellationToken cancellationToken)
    {
        // What is held back is not in the API, though something else may be there by its name.
        OutcomesDocument[] own = [.. documents.Where(document => !document.Subject.IsGuess)];
        var states = own.Zip(await publisher.StatesAsync(own, cancellationToken)).ToDictionary(pair => pair.First.Subject, pair => pair.Second);
        return new Before(host, (entity, outcome) => states.GetValueOrDefault(entity.Subject)?.GetValueOrDefault(outcome.Key));
    }

    /// <summary>By subject: a guess that is held back may have the name of another entity.</summary>
    static Before Of(string path, IReadOnlyList<OutcomesDocument> documents)
    {
        var states = documents.SelectMany(document => document.Outcomes.Select(outcome => (Key: (document.Subject, outcome.Key), outcome.State))).ToDictionary(pair => pair.Key, pair => pair.State);
        return new Before(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), (entity, outcome) => states.TryGetValue((entity.Subject, outcome.Key), out var state) ? Report.Name(state) : null) { Documents = documents };
    }

    static bool IsBaseline(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("failing", out _);
        }
        catch (JsonException e)
        {
            throw new ToolException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): {e.Message}", e);
        }
    }
}
