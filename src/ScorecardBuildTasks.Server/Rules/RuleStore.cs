using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Scorecards;

namespace ScorecardBuildTasks.Server.Rules;

/// <summary>The rules in the database.</summary>
sealed class RuleStore(Database database, Clock clock)
{
    const string Select = """
        SELECT r.id AS Id, r.name AS Name, r.description AS Description, r.owner AS Owner, r.scope_query AS ScopeQuery, r.level AS Level,
            r.enabled AS Enabled, r.custom AS Custom, r.created_at AS CreatedAt, r.modified_at AS ModifiedAt,
            s.id AS ScorecardId, s.name AS ScorecardName, s.description AS ScorecardDescription
        FROM rules r INNER JOIN scorecards s ON s.id = r.scorecard_id
        """;

    public Task<IReadOnlyList<RuleRow>> ListAsync(Condition condition, Page page, CancellationToken cancellationToken)
    {
        condition.Parameters.Add("size", page.Size);
        condition.Parameters.Add("offset", page.Offset);
        return database.ReadAsync(session => session.QueryAsync<RuleRow>(
            $"{Select}{condition} ORDER BY r.name, r.id LIMIT @size OFFSET @offset", condition.Parameters), cancellationToken);
    }

    /// <summary>Answers with the rule's times to the nanosecond; the database keeps microseconds.</summary>
    public Task<Rule> AddAsync(RuleDraft draft, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        var now = clock.Now();
        var id = Identifiers.NewRule();
        var scorecardId = await ScorecardIdAsync(session, draft, now);
        await session.ExecuteAsync(
            """
            INSERT INTO rules (id, scorecard_id, name, description, folded_description, owner, scope_query, scope_kind, level, enabled, custom, created_at, modified_at)
            VALUES (@id, @scorecardId, @Name, @Description, @foldedDescription, @Owner, @ScopeQuery, @scopeKind, @Level, @enabled, 1, @now, @now)
            """,
            Columns(id, scorecardId, draft, now));
        var rule = (await FindAsync(session, id))!.ToRule();
        return rule with { Attributes = rule.Attributes with { CreatedAt = now, ModifiedAt = now } };
    }, cancellationToken);

    /// <summary>Replaces the whole rule: what the draft lacks is erased.</summary>
    public Task<Rule> ReplaceAsync(string id, RuleDraft draft, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        var now = clock.Now();
        if (await FindAsync(session, id) is null)
            throw NotFound(id);
        var scorecardId = await ScorecardIdAsync(session, draft, now);
        await session.ExecuteAsync(
            """
            UPDATE rules SET scorecard_id = @scorecardId, name = @Name, description = @Description, folded_description = @foldedDescription, owner = @Owner,
                scope_query = @ScopeQuery, scope_kind = @scopeKind, level = @Level, enabled = @enabled, modified_at = @now
            WHERE id = @id
            """,
            Columns(id, scorecardId, draft, now));
        return (await FindAsync(session, id))!.ToRule();
    }, cancellationToken);

    /// <summary>Deletes the rule with its outcomes and its part in campaigns; its scorecard stays, even when emptied.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        if (await session.ExecuteAsync("DELETE FROM rules WHERE id = @id", new { id }) == 0)
            throw NotFound(id);
        await session.ExecuteAsync("DELETE FROM campaign_rules WHERE rule_id = @id", new { id });
        return await session.ExecuteAsync("DELETE FROM outcomes WHERE rule_id = @id", new { id });
    }, cancellationToken);

    /// <summary>How many of these ids are rules.</summary>
    public static async Task<long> CountAsync(Session session, IReadOnlyList<string> ids)
    {
        var condition = new Condition().OneOf("id", ids);
        return await session.FindAsync<long>($"SELECT COUNT(*) FROM rules{condition}", condition.Parameters);
    }

    public static Task<IReadOnlyList<RuleRow>> FindAsync(Session session, IReadOnlyList<string> ids)
    {
        var condition = new Condition().OneOf("r.id", ids);
        return session.QueryAsync<RuleRow>($"{Select}{condition} ORDER BY r.name, r.id", condition.Parameters);
    }

    static Task<RuleRow?> FindAsync(Session session, string id) => session.FindAsync<RuleRow>($"{Select} WHERE r.id = @id", new { id });

    static object Columns(string id, string scorecardId, RuleDraft draft, Timestamp now) => new
    {
        id, scorecardId, draft.Name, draft.Description, foldedDescription = Condition.Fold(draft.Description), draft.Owner, draft.ScopeQuery, scopeKind = ScopeQuery.KindOf(draft.ScopeQuery),
        draft.Level, enabled = draft.Enabled ? 1L : 0L, now = now.ToMicroseconds(),
    };

    static async Task<string> ScorecardIdAsync(Session session, RuleDraft draft, Timestamp now)
    {
        if (draft.ScorecardId is not { } id)
            return await ScorecardStore.EnsureAsync(session, draft.ScorecardName!, now);
        return await session.FindAsync<string>("SELECT id FROM scorecards WHERE id = @id", new { id })
            ?? throw ApiProblem.BadRequest("attribute \"scorecard_id\" failed scorecard lookup");
    }

    static ApiProblem NotFound(string id) => ApiProblem.NotFound($"rule not found: {id}");
}
