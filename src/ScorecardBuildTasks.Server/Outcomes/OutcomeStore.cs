using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Rules;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>The outcomes in the database.</summary>
sealed class OutcomeStore(Database database, Clock clock)
{
    const string Select = """
        SELECT o.id AS Id, o.rule_id AS RuleId, o.entity AS Entity, o.state AS State, o.remarks AS Remarks,
            o.created_at AS CreatedAt, o.modified_at AS ModifiedAt, r.name AS RuleName, s.name AS ScorecardName
        FROM outcomes o INNER JOIN rules r ON r.id = o.rule_id INNER JOIN scorecards s ON s.id = r.scorecard_id
        """;

    /// <summary>In the order of their creation, which an update does not change, so that pages hold still.</summary>
    public Task<IReadOnlyList<OutcomeRow>> ListAsync(Condition condition, Page page, CancellationToken cancellationToken)
    {
        condition.Parameters.Add("size", page.Size);
        condition.Parameters.Add("offset", page.Offset);
        return database.ReadAsync(session => session.QueryAsync<OutcomeRow>(
            $"{Select}{condition} ORDER BY o.created_at, o.id LIMIT @size OFFSET @offset", condition.Parameters), cancellationToken);
    }

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
            foreach (var draft in drafts)
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO outcomes (rule_id, entity, kind, id, state, remarks, created_at, modified_at)
                    VALUES (@RuleId, @entity, @Kind, @id, @State, @Remarks, @now, @now)
                    ON CONFLICT (rule_id, entity) DO UPDATE SET state = excluded.state, remarks = excluded.remarks, modified_at = excluded.modified_at
                    """,
                    new { draft.RuleId, entity = draft.Entity.ToString(), draft.Entity.Kind, id = Identifiers.NewOutcome(), draft.State, draft.Remarks, now });
            }
            return drafts.Count;
        }, cancellationToken);
        foreach (var state in drafts.CountBy(draft => draft.State))
            Telemetry.CountOutcomes(state.Key, state.Value);
    }

    /// <summary>What the database holds of some outcomes.</summary>
    public async Task<IReadOnlyList<OutcomeRow>> FindAsync(IReadOnlyList<OutcomeDraft> drafts, CancellationToken cancellationToken)
    {
        var wanted = drafts.Select(draft => (draft.RuleId, Entity: draft.Entity.ToString())).ToHashSet();
        var condition = new Condition()
            .OneOf("o.rule_id", wanted.Select(outcome => outcome.RuleId).Distinct().ToArray())
            .OneOf("o.entity", wanted.Select(outcome => outcome.Entity).Distinct().ToArray());
        var rows = await database.ReadAsync(session => session.QueryAsync<OutcomeRow>(
            $"{Select}{condition} ORDER BY o.created_at, o.id", condition.Parameters), cancellationToken);
        return [.. rows.Where(row => wanted.Contains((row.RuleId, row.Entity)))];
    }
}
