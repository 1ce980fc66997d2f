using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

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

    /// <summary>Writes all or, where a rule is unknown, none; answers with what the database then holds of them.</summary>
    /// <exception cref="ApiProblem">409 where a rule is unknown.</exception>
    public Task<IReadOnlyList<OutcomeRow>> PutAsync(IReadOnlyList<OutcomeDraft> drafts, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        var ruleIds = drafts.Select(draft => draft.RuleId).Distinct().ToArray();
        var known = await session.QueryAsync<string>("SELECT id FROM rules WHERE id IN @ruleIds", new { ruleIds });
        if (known.Count < ruleIds.Length)
            throw new ApiProblem(409, "Invalid rule_id");

        var now = clock.Now().ToMicroseconds();
        foreach (var draft in drafts)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO outcomes (rule_id, entity, id, state, remarks, created_at, modified_at)
                VALUES (@RuleId, @Entity, @id, @State, @Remarks, @now, @now)
                ON CONFLICT (rule_id, entity) DO UPDATE SET state = excluded.state, remarks = excluded.remarks, modified_at = excluded.modified_at
                """,
                new { draft.RuleId, draft.Entity, id = Identifiers.NewOutcome(), draft.State, draft.Remarks, now });
        }

        var entities = drafts.Select(draft => draft.Entity).Distinct().ToArray();
        var written = drafts.Select(draft => (draft.RuleId, draft.Entity)).ToHashSet();
        var rows = await session.QueryAsync<OutcomeRow>($"{Select} WHERE o.rule_id IN @ruleIds AND o.entity IN @entities ORDER BY o.created_at, o.id", new { ruleIds, entities });
        return (IReadOnlyList<OutcomeRow>)[.. rows.Where(row => written.Contains((row.RuleId, row.Entity)))];
    }, cancellationToken);
}
