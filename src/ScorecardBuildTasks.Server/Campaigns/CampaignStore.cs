using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Rules;
using ScorecardBuildTasks.Server.Scores;

namespace ScorecardBuildTasks.Server.Campaigns;

/// <summary>The campaigns in the database.</summary>
sealed class CampaignStore(Database database, Clock clock)
{
    const string Select = """
        SELECT id AS Id, campaign_key AS Key, name AS Name, description AS Description, owner AS Owner, status AS Status, start_date AS StartDate,
            due_date AS DueDate, guidance AS Guidance, entity_scope AS EntityScope, created_at AS CreatedAt, modified_at AS ModifiedAt
        FROM campaigns
        """;

    /// <summary>A page of campaigns, each with its counts, and the number of all.</summary>
    public Task<(IReadOnlyList<Campaign> Campaigns, int Total)> ListAsync(Condition condition, Page page, CancellationToken cancellationToken)
    {
        condition.Parameters.Add("size", page.Size);
        condition.Parameters.Add("offset", page.Offset);
        return database.ReadAsync(async session =>
        {
            var rows = await session.QueryAsync<CampaignRow>(
                $"{Select}{condition} ORDER BY created_at, id LIMIT @size OFFSET @offset", condition.Parameters);
            List<Campaign> campaigns = [];
            foreach (var row in rows)
                campaigns.Add(await WithMetaAsync(session, await LoadAsync(session, row)));
            return ((IReadOnlyList<Campaign>)campaigns, (int)await session.FindAsync<long>($"SELECT COUNT(*) FROM campaigns{condition}", condition.Parameters));
        }, cancellationToken);
    }

    /// <returns>The campaign, and its scores where they are asked for: its own first, then its rules'.</returns>
    /// <exception cref="ApiProblem">404</exception>
    public Task<(Campaign Campaign, IReadOnlyList<Score> Scores)> GetAsync(
        string idOrKey, bool withScores, bool withMeta, CancellationToken cancellationToken) => database.ReadAsync(async session =>
    {
        var campaign = await LoadAsync(session, await FindAsync(session, idOrKey));
        if (withMeta)
            campaign = await WithMetaAsync(session, campaign);
        return withScores ? await WithScoresAsync(session, campaign) : (campaign, []);
    }, cancellationToken);

    public Task<Campaign> AddAsync(CampaignDraft draft, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        var now = clock.Now();
        var id = Identifiers.NewCampaign();
        await CheckAsync(session, id, draft);
        await session.ExecuteAsync(
            """
            INSERT INTO campaigns (id, campaign_key, name, folded_name, description, owner, status, start_date, due_date, guidance, entity_scope, created_at, modified_at)
            VALUES (@id, @key, @Name, @foldedName, @Description, @Owner, @Status, @startDate, @dueDate, @Guidance, @EntityScope, @now, @now)
            """,
            Columns(id, draft.Key!, draft, now));
        await SetRulesAsync(session, id, draft.RuleIds);
        return await LoadAsync(session, await FindAsync(session, id));
    }, cancellationToken);

    /// <exception cref="ApiProblem">404 or 400</exception>
    public Task<Campaign> ReplaceAsync(string idOrKey, CampaignDraft draft, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        var current = await FindAsync(session, idOrKey);
        await CheckAsync(session, current.Id, draft);
        await session.ExecuteAsync(
            """
            UPDATE campaigns SET campaign_key = @key, name = @Name, folded_name = @foldedName, description = @Description, owner = @Owner, status = @Status,
                start_date = @startDate, due_date = @dueDate, guidance = @Guidance, entity_scope = @EntityScope, modified_at = @now
            WHERE id = @id
            """,
            Columns(current.Id, draft.Key ?? current.Key, draft, clock.Now()));
        await SetRulesAsync(session, current.Id, draft.RuleIds);
        return await LoadAsync(session, await FindAsync(session, current.Id));
    }, cancellationToken);

    /// <exception cref="ApiProblem">404</exception>
    public Task RemoveAsync(string idOrKey, CancellationToken cancellationToken) => database.WriteAsync(async session =>
    {
        var id = (await FindAsync(session, idOrKey)).Id;
        await session.ExecuteAsync("DELETE FROM campaign_rules WHERE campaign_id = @id", new { id });
        return await session.ExecuteAsync("DELETE FROM campaigns WHERE id = @id", new { id });
    }, cancellationToken);

    static async Task<CampaignRow> FindAsync(Session session, string idOrKey) =>
        await session.FindAsync<CampaignRow>($"{Select} WHERE id = @idOrKey", new { idOrKey })
            ?? await session.FindAsync<CampaignRow>($"{Select} WHERE campaign_key = @idOrKey", new { idOrKey })
            ?? throw ApiProblem.NotFound($"campaign not found: {idOrKey}");

    static async Task<Campaign> LoadAsync(Session session, CampaignRow row) => row.ToCampaign(
        await session.QueryAsync<string>("SELECT rule_id FROM campaign_rules WHERE campaign_id = @Id ORDER BY position", new { row.Id }));

    static async Task<Campaign> WithMetaAsync(Session session, Campaign campaign)
    {
        var entities = await ScoreStore.CountEntitiesAsync(session, RuleIds(campaign), ScopeQuery.KindOf(campaign.Attributes.EntityScope));
        return campaign with { Meta = new CampaignMeta(entities, RuleIds(campaign).Count) };
    }

    static async Task<(Campaign, IReadOnlyList<Score>)> WithScoresAsync(Session session, Campaign campaign)
    {
        var rules = await ScoreStore.OfRulesAsync(session, RuleIds(campaign), ScopeQuery.KindOf(campaign.Attributes.EntityScope));
        var whole = new ScoreRow
        {
            Id = campaign.Id,
            Pass = rules.Sum(rule => rule.Pass),
            Fail = rules.Sum(rule => rule.Fail),
            Skip = rules.Sum(rule => rule.Skip),
            NoData = rules.Sum(rule => rule.NoData),
        };
        var relationships = campaign.Relationships! with
        {
            CampaignScore = new Relationship(new ResourceIdentifier(campaign.Id, "score")),
            RuleScores = new RelationshipList([.. rules.Select(rule => new ResourceIdentifier(rule.Id, "score"))]),
        };
        return (campaign with { Relationships = relationships }, [whole.ToPercentage("campaign"), .. rules.Select(rule => rule.ToPercentage("rule"))]);
    }

    static IReadOnlyList<string> RuleIds(Campaign campaign) => [.. campaign.Relationships!.Rules!.Data.Select(rule => rule.Id)];

    /// <summary>What the database alone can tell: that the rules exist and that the key is free.</summary>
    static async Task CheckAsync(Session session, string id, CampaignDraft draft)
    {
        if (await RuleStore.CountAsync(session, draft.RuleIds) < draft.RuleIds.Count)
            throw ApiProblem.BadRequest("attribute \"rule_ids\" failed rule lookup");
        if (await session.FindAsync<string>("SELECT id FROM campaigns WHERE campaign_key = @Key AND id <> @id", new { draft.Key, id }) is not null)
            throw ApiProblem.BadRequest("attribute \"key\" must be unique");
    }

    static async Task SetRulesAsync(Session session, string id, IReadOnlyList<string> ruleIds)
    {
        await session.ExecuteAsync("DELETE FROM campaign_rules WHERE campaign_id = @id", new { id });
        for (var position = 0; position < ruleIds.Count; position++)
        {
            await session.ExecuteAsync(
                "INSERT INTO campaign_rules (campaign_id, rule_id, position) VALUES (@id, @ruleId, @position)",
                new { id, ruleId = ruleIds[position], position = (long)position });
        }
    }

    static object Columns(string id, string key, CampaignDraft draft, Timestamp now) => new
    {
        id, key, draft.Name, foldedName = Condition.Fold(draft.Name), draft.Description, draft.Owner, draft.Status, startDate = draft.StartDate.ToMicroseconds(),
        dueDate = draft.DueDate?.ToMicroseconds(), draft.Guidance, draft.EntityScope, now = now.ToMicroseconds(),
    };
}
