using System.Text;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tool.Output;

namespace ScorecardBuildTasks.Tool.Changes;

/// <summary>A rule whose outcome is another one than before.</summary>
/// <param name="From">Null where the rule is new.</param>
sealed record Change(string? From, Outcome To);

/// <summary>What a change does to the outcomes of one entity.</summary>
/// <param name="StillFailing">The rules that fail as they did before.</param>
sealed record EntityChanges(OutcomesDocument Document, IReadOnlyList<Change> Changes, IReadOnlyList<Outcome> StillFailing)
{
    static readonly string Fail = Report.Name(OutcomeState.Fail);

    public IReadOnlyList<Change> MadeFail { get; } = [.. Changes.Where(change => change.To.State == OutcomeState.Fail)];

    public IReadOnlyList<Change> MadePass { get; } = [.. Changes.Where(change => change.From == Fail && change.To.State == OutcomeState.Pass)];

    public static EntityChanges Of(OutcomesDocument document, Before before)
    {
        var known = document.Outcomes.Select(outcome => (Before: before.StateOf(document, outcome), outcome)).ToArray();
        return new EntityChanges(
            document,
            [
                .. known.Where(pair => pair.Before is null ? pair.outcome.State == OutcomeState.Fail : pair.Before != Report.Name(pair.outcome.State))
                    .Select(pair => new Change(pair.Before ?? (before.TellsFailsOnly ? "no fail" : null), pair.outcome))
                    .OrderByDescending(change => change.To.State).ThenBy(change => change.To.Key, StringComparer.Ordinal),
            ],
            [.. known.Where(pair => pair.Before == Fail && pair.outcome.State == OutcomeState.Fail).Select(pair => pair.outcome)]);
    }

    public string Headline()
    {
        var entity = Document.Entity.Reference;
        if (Document.NotEvaluated is { } why)
            return $"{entity}: not evaluated, {why}";
        var others = Changes.Count - MadeFail.Count - MadePass.Count;
        var parts = new List<string>();
        if (MadeFail.Count > 0)
            parts.Add($"{Rules(MadeFail.Count)} fail");
        if (MadePass.Count > 0)
            parts.Add($"{(parts.Count == 0 ? Rules(MadePass.Count) : $"{MadePass.Count}")} pass");
        var made = parts.Count == 0 ? "this change makes no rule fail or pass" : $"this change makes {string.Join(" and ", parts)}";
        return $"{entity}: {made}{(others > 0 ? $"; {others} changed otherwise" : "")}{(StillFailing.Count > 0 ? $"; {StillFailing.Count} fail{(StillFailing.Count == 1 ? "s" : "")} as before" : "")}";
    }

    public static string Text(IEnumerable<EntityChanges> entities)
    {
        var text = new StringBuilder();
        foreach (var entity in entities)
        {
            text.Append(entity.Headline()).Append('\n');
            foreach (var change in entity.Changes)
                text.Append($"  {Step(change)}  {change.To.Key} {change.To.Rule}{(Why(change.To) is { Length: > 0 } why ? $": {why}" : "")}\n");
        }

        return text.ToString();
    }

    /// <summary>For a comment on a pull request, or a CI page.</summary>
    public static string Markdown(IEnumerable<EntityChanges> entities, Before before)
    {
        var text = new StringBuilder($"# Scorecard, compared with {before.Name}\n");
        foreach (var entity in entities)
        {
            text.Append($"\n## {entity.Document.Entity.Reference}\n\n{entity.Headline()}\n");
            if (entity.Changes.Count > 0)
            {
                var table = new Table("", "rule", "level", "why");
                foreach (var change in entity.Changes)
                    table.Add(Step(change), $"{change.To.Key} {change.To.Rule}", $"{change.To.Level}", Why(change.To));
                text.Append('\n').Append(table.Markdown());
            }

            if (entity.StillFailing.Count > 0)
                text.Append($"\nFail as before: {string.Join(", ", entity.StillFailing.Select(outcome => outcome.Key))}\n");
        }

        return text.ToString();
    }

    public static string Json(IEnumerable<EntityChanges> entities, Before before) => ToolJson.Write(new
    {
        Before = before.Name,
        Entities = entities.Select(entity => new
        {
            Entity = entity.Document.Entity.Reference,
            entity.Document.NotEvaluated,
            Changes = entity.Changes.Select(change => new { change.From, To = Report.Name(change.To.State), change.To.Key, change.To.Rule, change.To.Scorecard, change.To.Level, change.To.Reason, change.To.Evidence }),
            StillFailing = entity.StillFailing.Select(outcome => outcome.Key),
        }),
    });

    static string Step(Change change) => $"{change.From ?? "new"} → {Report.Name(change.To.State)}";

    static string Why(Outcome outcome) => outcome.Evidence is [var first, ..]
        ? $"{first.Message} ({first.File}{(first.Line > 0 ? $":{first.Line}" : "")}){(outcome.Evidence.Count > 1 ? $" and {outcome.Evidence.Count - 1} more" : "")}"
        : outcome.State == OutcomeState.Pass ? "" : outcome.Reason ?? "";

    static string Rules(int count) => count == 1 ? "1 rule" : $"{count} rules";
}
