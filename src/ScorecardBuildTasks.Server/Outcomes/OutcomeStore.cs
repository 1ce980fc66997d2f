using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Rules;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>The outcomes in the database.</summary>
sealed class OutcomeStore(Database database, Clock clock)
{
    const string Select = $"SELECT {StoredOutcome.Columns} FROM outcomes o";

    /// <summary>In the order of their creation, which an update does not change, so that pages hold still; with the rules of those on the page, where they are wanted.</summary>
    public Task<(IReadOnlyList<StoredOutcome> Outcomes, IReadOnlyList<RuleRow> Rules)> ListAsync(OutcomeQuery query, Page page, bool withRules, CancellationToken cancellationToken) => database.ReadAsync(async session =>
    {
        var rules = await query.RuleIdsAsync(session);
        var condition = new Condition()
            .Equal("o.entity", query.Entity)
            .OneOf("o.rule_id", rules)
            // There are three states and many entities and rules: where one of those is given, no index may be chosen for the state.
            .Equal(query.Entity is null && rules is null ? "o.state" : "LOWER(o.state)", query.State)
            .Equal("r.enabled", rules is null ? query.RuleEnabled : null);
        condition.Parameters.Add("size", page.Size);
        condition.Parameters.Add("offset", page.Offset);
        var join = rules is null && query.RuleEnabled is not null ? " INNER JOIN rules r ON r.id = o.rule_id" : "";
        var outcomes = await session.QueryAsync($"{Select}{join}{condition} ORDER BY o.created_at, o.id LIMIT @size OFFSET @offset", condition.Parameters, StoredOutcome.Read);
        return (outcomes, withRules ? await RuleStore.FindAsync(session, [.. outcomes.Select(RuleOf).Distinct()]) : []);
    }, cancellationToken);

    /// <summary>Writes all or, where a rule is unknown, none.</summary>
    /// <param name="drafts">The outcomes.</param>
    /// <param name="unknownRule">The refusal where a rule is unknown.</param>
    /// <param name="cancellationToken"/>
    /// <exception cref="ApiProblem"/>
    public async Task PutAsync(IReadOnlyList<OutcomeDraft> drafts, ApiProblem unknownRule, CancellationToken cancellationToken)
    {
        await database.WriteAsync(async session =>
        {
            var ruleIds = drafts.Select(draft => draft.RuleId).Distinct().ToArray();
            if (await RuleStore.CountAsync(session, ruleIds) < ruleIds.Length)
                throw unknownRule;

            var now = clock.Now().ToMicroseconds();
            // Of several for one rule and entity the last counts; a statement may write a row only once.
            var rows = new Dictionary<(string Rule, string Entity), OutcomeDraft>();
            foreach (var draft in drafts)
                rows[(draft.RuleId, draft.Entity.ToString())] = draft;
            await session.InsertAsync(
                "outcomes (rule_id, entity, kind, id, state, remarks, created_at, modified_at)",
                "ON CONFLICT (rule_id, entity) DO UPDATE SET state = excluded.state, remarks = excluded.remarks, modified_at = excluded.modified_at",
                rows.Select(row => (object?[])[row.Key.Rule, row.Key.Entity, row.Value.Entity.Kind, Identifiers.NewOutcome(), row.Value.State, row.Value.Remarks, now, now]));
            return drafts.Count;
        }, cancellationToken);
        foreach (var state in drafts.CountBy(draft => draft.State))
            Telemetry.CountOutcomes(state.Key, state.Value);
    }

    /// <summary>What the database holds of some outcomes.</summary>
    public async Task<IReadOnlyList<StoredOutcome>> FindAsync(IReadOnlyList<OutcomeDraft> drafts, CancellationToken cancellationToken)
    {
        var wanted = drafts.Select(draft => (draft.RuleId, Entity: draft.Entity.ToString())).ToHashSet();
        var condition = new Condition()
            .OneOf("o.rule_id", wanted.Select(outcome => outcome.RuleId).Distinct().ToArray())
            .OneOf("o.entity", wanted.Select(outcome => outcome.Entity).Distinct().ToArray());
        var found = await database.ReadAsync(session => session.QueryAsync($"{Select}{condition} ORDER BY o.created_at, o.id", condition.Parameters, StoredOutcome.Read), cancellationToken);
        return [.. found.Where(outcome => wanted.Contains((RuleOf(outcome), outcome.Attributes.ServiceName)))];
    }

    static string RuleOf(StoredOutcome outcome) => outcome.Relationships.Rule!.Data.Id;
}
