using System.Text;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tool.Output;

namespace ScorecardBuildTasks.Tool.Changes;

/// <summary>A rule whose outcome is another one than before.</summary>
/// <param name="From">Null where the rule is new.</param>
sealed record Change(string? From, Outcome To);

/// <summary>What a change does to the outcomes of one entity.</summary>
/// <param name="StillFailing">The rules that fail as they did before.</param>
/// <param name="Gone">The rules that are not there any more, as they were.</param>
/// <param name="BaseNotEvaluated">Why nothing is known of what the entity was before; then no rule is one that the change made fail.</param>
sealed record EntityChanges(OutcomesDocument Document, IReadOnlyList<Change> Changes, IReadOnlyList<Outcome> StillFailing, IReadOnlyList<Outcome> Gone, string? BaseNotEvaluated)
{
    static readonly string Fail = Report.Name(OutcomeState.Fail);
    static readonly string NotEvaluated = Report.Name(OutcomeState.NotEvaluated);

    public IReadOnlyList<Change> MadeFail { get; } = [.. Changes.Where(change => change.To.State == OutcomeState.Fail && change.From != NotEvaluated)];

    public IReadOnlyList<Change> MadePass { get; } = [.. Changes.Where(change => change.From == Fail && change.To.State == OutcomeState.Pass)];

    public bool IsNone => Changes.Count == 0 && Gone.Count == 0 && Document.NotEvaluated is null && BaseNotEvaluated is null;

    public static EntityChanges Of(OutcomesDocument document, Before before)
    {
        var was = before.Documents.FirstOrDefault(one => one.Subject == document.Subject);
        var known = document.Outcomes.Select(outcome => (Before: before.StateOf(document, outcome), outcome)).ToArray();
        return new EntityChanges(
            document,
            [
                .. known.Where(pair => pair.Before is null ? pair.outcome.State == OutcomeState.Fail : pair.Before != Report.Name(pair.outcome.State))
                    .Select(pair => new Change(pair.Before ?? (was?.NotEvaluated is not null ? NotEvaluated : before.TellsFailsOnly ? "no fail" : null), pair.outcome))
                    .OrderByDescending(change => change.To.State).ThenBy(change => change.To.Key, StringComparer.Ordinal),
            ],
            [.. known.Where(pair => pair.Before == Fail && pair.outcome.State == OutcomeState.Fail).Select(pair => pair.outcome)],
            was is null || document.NotEvaluated is not null ? [] : [.. was.Outcomes.ExceptBy(document.Outcomes.Select(outcome => outcome.Key), outcome => outcome.Key)],
            was?.NotEvaluated);
    }

    /// <summary>The entities that are not there any more.</summary>
    public static IReadOnlyList<string> EntitiesGone(IEnumerable<EntityChanges> entities, Before before) =>
        [.. before.Documents.Select(was => was.Subject).Except(entities.Select(entity => entity.Document.Subject)).Select(subject => subject.Reference)];

    public string Headline()
    {
        var entity = Document.Entity.Reference;
        if (Document.NotEvaluated is { } why)
            return $"{entity}: not evaluated, {why}";
        if (BaseNotEvaluated is not null)
            return $"{entity}: what this change does is not known, because the base was not evaluated: {BaseNotEvaluated}{(Changes.Count > 0 ? $"; {Rules(Changes.Count)} fail{(Changes.Count == 1 ? "s" : "")} now" : "")}";
        var others = Changes.Count - MadeFail.Count - MadePass.Count;
        var parts = new List<string>();
        if (MadeFail.Count > 0)
            parts.Add($"{Rules(MadeFail.Count)} fail");
        if (MadePass.Count > 0)
            parts.Add($"{(parts.Count == 0 ? Rules(MadePass.Count) : $"{MadePass.Count}")} pass");
        var made = parts.Count == 0 ? "this change makes no rule fail or pass" : $"this change makes {string.Join(" and ", parts)}";
        return $"{entity}: {made}{(others > 0 ? $"; {others} changed otherwise" : "")}{(Gone.Count > 0 ? $"; {Gone.Count} no longer there" : "")}{(StillFailing.Count > 0 ? $"; {StillFailing.Count} fail{(StillFailing.Count == 1 ? "s" : "")} as before" : "")}";
    }

    public static string Text(IReadOnlyList<EntityChanges> entities, Before before)
    {
        var text = new StringBuilder();
        foreach (var entity in entities)
        {
            text.Append(entity.Headline()).Append('\n');
            foreach (var change in entity.Changes)
                text.Append($"  {Step(change)}  {change.To.Key} {change.To.Rule}{(Why(change.To) is { Length: > 0 } why ? $": {why}" : "")}\n");
            foreach (var outcome in entity.Gone)
                text.Append($"  {Step(outcome)}  {outcome.Key} {outcome.Rule}\n");
        }

        foreach (var gone in EntitiesGone(entities, before))
            text.Append($"{gone}: no longer there\n");
        return text.ToString();
    }

    public static string Json(IReadOnlyList<EntityChanges> entities, Before before) => ToolJson.Write(new
    {
        Before = before.Name,
        Entities = entities.Select(entity => new
        {
            Entity = entity.Document.Entity.Reference,
            entity.Document.NotEvaluated,
            entity.BaseNotEvaluated,
            Changes = entity.Changes.Select(change => new { change.From, To = Report.Name(change.To.State), change.To.Key, change.To.Rule, change.To.Scorecard, change.To.Level, change.To.Reason, change.To.Evidence }),
            StillFailing = entity.StillFailing.Select(outcome => outcome.Key),
            Gone = entity.Gone.Select(outcome => outcome.Key),
        }),
        Gone = EntitiesGone(entities, before),
    });

    public string Heading() => $"\n## {Document.Entity.Reference}\n\n{Headline()}\n";

    /// <summary>The heading, a table and what else there is to say.</summary>
    public string Markdown()
    {
        var text = new StringBuilder(Heading());
        if (Changes.Count + Gone.Count > 0)
        {
            var table = new Table("", "rule", "level", "why");
            foreach (var change in Changes)
                table.Add(Step(change), $"{change.To.Key} {change.To.Rule}", $"{change.To.Level}", Why(change.To));
            foreach (var outcome in Gone)
                table.Add(Step(outcome), $"{outcome.Key} {outcome.Rule}", $"{outcome.Level}", "");
            text.Append('\n').Append(table.Markdown());
        }

        if (StillFailing.Count > 0)
            text.Append($"\nFail as before: {string.Join(", ", StillFailing.Select(outcome => outcome.Key))}\n");
        return text.ToString();
    }

    static string Step(Change change) => $"{change.From ?? "new"} → {Report.Name(change.To.State)}";

    static string Step(Outcome gone) => $"{Report.Name(gone.State)} → gone";

    static string Why(Outcome outcome) => outcome.Evidence is [var first, ..]
        ? $"{first.Message} ({first.File}{(first.Line > 0 ? $":{first.Line}" : "")}){(outcome.Evidence.Count > 1 ? $" and {outcome.Evidence.Count - 1} more" : "")}"
        : outcome.State == OutcomeState.Pass ? "" : outcome.Reason ?? "";

    static string Rules(int count) => count == 1 ? "1 rule" : $"{count} rules";
}
