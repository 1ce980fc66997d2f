using System.Net;
using System.Net.Http.Json;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class CampaignTests
{
    const string Campaigns = "/api/v2/scorecard/campaigns";
    const string Owner = "550e8400-e29b-41d4-a716-446655440000";

    static readonly Timestamp Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory, OnSqlite, OnPostgreSql]
    public async Task AddedCampaignIsFoundByIdAndKeyUntilItIsRemoved(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (one, two) = (await api.AddRuleAsync("One"), await api.AddRuleAsync("Two"));
        var added = await api.Client.Campaigns.AddAsync(Definition([two, one]) with
        {
            Description = "D", DueDate = new DateTimeOffset(2026, 3, 31, 23, 59, 59, TimeSpan.Zero), Guidance = "G", EntityScope = "kind:service", Status = CampaignStatus.NotStarted,
        });

        foreach (var name in new[] { added.Id, "q1" })
        {
            var found = await api.Client.Campaigns.FindAsync(name);
            Assert.NotNull(found);
            Assert.Equal(("Q1", "q1", "D", "G", "kind:service", Owner), (found.Attributes.Name, found.Attributes.Key, found.Attributes.Description, found.Attributes.Guidance, found.Attributes.EntityScope, found.Attributes.Owner));
            Assert.Equal(CampaignStatus.NotStarted, found.Attributes.Status);
            Assert.Equal("2026-03-31T23:59:59Z", found.Attributes.DueDate.ToString());
            Assert.Equal([two, one], found.Relationships!.Rules!.Data.Select(rule => rule.Id));
            Assert.Null(found.Meta);
            Assert.Empty(found.Scores);
        }

        await api.Client.Campaigns.RemoveAsync("q1");
        Assert.Null(await api.Client.Campaigns.FindAsync(added.Id));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task RequestSaysOwnerIdAndAnswerSaysOwner(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("One");
        await api.Client.Campaigns.AddAsync(Definition([rule]));
        var body = await api.Http.GetStringAsync($"{Campaigns}/q1");
        Assert.Matches(
            """^\{"data":\{"id":"[A-Za-z0-9]{16}","type":"campaign","attributes":\{"created_at":"[^"]+","key":"q1","modified_at":"[^"]+","name":"Q1","owner":"550e8400-e29b-41d4-a716-446655440000","start_date":"2026-01-01T00:00:00Z","status":"in_progress"\},"relationships":\{"rules":\{"data":\[\{"id":"[a-z0-9_]{16}","type":"rule"\}\]\}\}\}\}$""",
            body);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task UpdateErasesNothingThatItDoesNotChange(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (one, two) = (await api.AddRuleAsync("One"), await api.AddRuleAsync("Two"));
        await api.Client.Campaigns.AddAsync(Definition([one, two]) with { Description = "D", Guidance = "G" });

        var after = await api.Client.Campaigns.UpdateAsync("q1", campaign => campaign with { Status = new CampaignStatus("paused for now"), Guidance = null });

        Assert.Equal(("D", null, "paused for now", "q1"), (after.Attributes.Description, after.Attributes.Guidance, after.Attributes.Status.Value, after.Attributes.Key));
        Assert.Equal([one, two], after.Relationships!.Rules!.Data.Select(rule => rule.Id));
        var renamed = await api.Client.Campaigns.UpdateAsync("q1", campaign => campaign with { Key = "q2", RuleIds = [two] });
        Assert.Equal([two], renamed.Relationships!.Rules!.Data.Select(rule => rule.Id));
        Assert.Null(await api.Client.Campaigns.FindAsync("q1"));
        Assert.NotNull(await api.Client.Campaigns.FindAsync("q2"));
    }

    [Fact]
    public async Task UpdateRefusesToLoseRulesThatItWasNotTold()
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, """{"data":{"id":"c","type":"campaign","attributes":{"name":"A"}}}"""));
        using var client = api.CreateClient();
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Campaigns.UpdateAsync("c", campaign => campaign));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task UnknownMembersSurviveAnUpdate()
    {
        const string Campaign = """{"data":{"id":"c","type":"campaign","attributes":{"colour":"red","created_at":"2026-01-01T00:00:00Z","key":"k","modified_at":"2026-01-01T00:00:00Z","name":"A","owner":"o","start_date":"2026-01-01T00:00:00Z","status":"completed"},"relationships":{"rules":{"data":[{"id":"r","type":"rule"}]}}}}""";
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, Campaign), ScriptedApi.Answer(HttpStatusCode.OK, Campaign));
        using var client = api.CreateClient();
        await client.Campaigns.UpdateAsync("c", campaign => campaign with { Name = "B" });
        Assert.Equal(
            """{"data":{"attributes":{"key":"k","name":"B","owner_id":"o","rule_ids":["r"],"start_date":"2026-01-01T00:00:00Z","status":"completed","colour":"red"},"type":"campaign"}}""",
            api.Requests[1].Body);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ListIsFilteredAndCounted(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("One");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:a", OutcomeState.Pass), new OutcomeUpdate(rule, "api:b", OutcomeState.Pass)]);
        const string Other = "21f98ae1-4ae2-11eb-958f-07e105a6e810";
        await api.Client.Campaigns.AddAsync(Definition([rule]) with { Key = "a", Name = "Improve the security" });
        await api.Client.Campaigns.AddAsync(Definition([rule]) with { Key = "b", Name = "Security improvement plan", EntityScope = "kind:service" });
        await api.Client.Campaigns.AddAsync(Definition([rule]) with { Key = "c", Name = "Docs", OwnerId = Other, Status = CampaignStatus.Completed });

        Assert.Equal("a,b,c", await KeysAsync(null));
        Assert.Equal("a,b,c", await KeysAsync(new CampaignFilter { PageSize = 1 }));
        Assert.Equal("a,b", await KeysAsync(new CampaignFilter { Name = "SECURITY improve" }));
        await api.Client.Campaigns.UpdateAsync("c", campaign => campaign with { Name = "Ärger mit ÖL" });
        Assert.Equal("c", await KeysAsync(new CampaignFilter { Name = "öl ÄRGER" }));
        Assert.Equal("c", await KeysAsync(new CampaignFilter { Status = CampaignStatus.Completed }));
        Assert.Equal("c", await KeysAsync(new CampaignFilter { Owner = new Guid(Other) }));

        var page = await api.Http.GetStringAsync($"{Campaigns}?page[limit]=1&page[offset]=1");
        Assert.EndsWith(""","meta":{"entity_count":1,"rule_count":1}}],"meta":{"count":1,"limit":1,"offset":1,"total":3}}""", page, StringComparison.Ordinal);
        Assert.Contains("\"meta\":{\"count\":3,\"limit\":10,\"offset\":0,\"total\":3}", await api.Http.GetStringAsync(Campaigns), StringComparison.Ordinal);

        async Task<string> KeysAsync(CampaignFilter? filter) =>
            string.Join(',', await api.Client.Campaigns.ListAsync(filter).Select(campaign => campaign.Attributes.Key).ToListAsync());
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ScoresAndCountsComeWhereAskedFor(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (one, two) = (await api.AddRuleAsync("One"), await api.AddRuleAsync("Two"));
        await api.Client.Outcomes.PublishAsync(
        [
            new OutcomeUpdate(one, "service:a", OutcomeState.Pass), new OutcomeUpdate(one, "service:b", OutcomeState.Skip),
            new OutcomeUpdate(two, "service:a", OutcomeState.Fail),
        ]);
        await api.Client.Campaigns.AddAsync(Definition([one, two]));

        var campaign = await api.Client.Campaigns.FindAsync("q1", includeScores: true, includeMeta: true);

        Assert.Equal(new CampaignMeta(2, 2), campaign!.Meta);
        var whole = campaign.Scores[0];
        Assert.Equal(campaign.Id, whole.Id);
        Assert.Equal((33.33, 1, 3, 1, 1, 1, 1), (whole.Attributes.Score, whole.Attributes.Numerator, whole.Attributes.Denominator, whole.Attributes.TotalPass, whole.Attributes.TotalFail, whole.Attributes.TotalSkip, whole.Attributes.TotalNoData));
        Assert.Equal("campaign", whole.Attributes.Aggregation.Value);
        Assert.Equal(campaign.Id, campaign.Relationships!.CampaignScore!.Data.Id);
        Assert.Equal(new[] { one, two }.Order(), campaign.Relationships.RuleScores!.Data.Select(score => score.Id).Order());
        Assert.Equal(3, campaign.Scores.Count);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task DisabledRuleDoesNotCount(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (one, two) = (await api.AddRuleAsync("One"), await api.AddRuleAsync("Two"));
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(one, "service:a", OutcomeState.Pass), new OutcomeUpdate(two, "service:a", OutcomeState.Fail)]);
        await api.Client.Rules.UpdateAsync(two, rule => rule with { Enabled = false });
        await api.Client.Campaigns.AddAsync(Definition([one, two]));

        var campaign = await api.Client.Campaigns.FindAsync("q1", includeScores: true, includeMeta: true);

        Assert.Equal((100, 1, 0), (campaign!.Scores[0].Attributes.Score, campaign.Scores[0].Attributes.Denominator, campaign.Scores[0].Attributes.TotalFail));
        Assert.Equal([one], campaign.Relationships!.RuleScores!.Data.Select(score => score.Id));
        Assert.Equal([one, two], campaign.Relationships.Rules!.Data.Select(rule => rule.Id));
        Assert.Equal(new CampaignMeta(1, 2), campaign.Meta);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task EveryKeyThatIsTakenCanBeAddressed(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("One");
        foreach (var key in new[] { "a/b", "a b?c#d", "100%", "Ä+\\", new string('k', 255) })
        {
            var added = await api.Client.Campaigns.AddAsync(Definition([rule]) with { Key = key });
            Assert.Equal(added.Id, (await api.Client.Campaigns.FindAsync(key))?.Id);
            Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync($"{Campaigns}/{Uri.EscapeDataString(key)}")).StatusCode);
            await api.Client.Campaigns.RemoveAsync(key);
        }
        foreach (var key in new[] { "..", "a\nb", "a%2Fb", "a%2fb", new string('k', 256) })
        {
            var refused = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Client.Campaigns.AddAsync(Definition([rule]) with { Key = key }));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("attribute \"key\"", Assert.Single(refused.Errors).Detail, StringComparison.Ordinal);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task TooManyRulesAreRefused(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        foreach (var count in new[] { 1001, 40_000 })
        {
            var refused = await Assert.ThrowsAsync<ScorecardApiException>(
                () => api.Client.Campaigns.AddAsync(Definition([.. Enumerable.Range(0, count).Select(rule => $"r{rule}")])));
            Assert.Equal("attribute \"rule_ids\" must have at most 1000 items", Assert.Single(refused.Errors).Detail);
        }
        List<string> rules = [];
        for (var rule = 0; rule < 3; rule++)
            rules.Add(await api.AddRuleAsync($"{rule}"));
        await api.Client.Campaigns.AddAsync(Definition([.. Enumerable.Repeat(rules, 333).SelectMany(three => three), rules[0]]));
        Assert.Equal(rules, (await api.Client.Campaigns.FindAsync("q1"))!.Relationships!.Rules!.Data.Select(rule => rule.Id));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task RemovedRuleLeavesItsCampaigns(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (one, two) = (await api.AddRuleAsync("One"), await api.AddRuleAsync("Two"));
        await api.Client.Campaigns.AddAsync(Definition([one, two]));
        await api.Client.Rules.RemoveAsync(one);
        Assert.Equal([two], (await api.Client.Campaigns.FindAsync("q1"))!.Relationships!.Rules!.Data.Select(rule => rule.Id));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task UnknownCampaignIsNotFound(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ScorecardApiException>(() => api.Client.Campaigns.UpdateAsync("no", campaign => campaign))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ScorecardApiException>(() => api.Client.Campaigns.RemoveAsync("no"))).Status);
        var response = await api.Http.GetAsync($"{Campaigns}/no");
        Assert.Equal("""{"errors":[{"status":"404","title":"Not Found","detail":"campaign not found: no"}]}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("name", null, "attribute \"name\" is required")]
    [InlineData("key", null, "attribute \"key\" is required")]
    [InlineData("owner_id", null, "attribute \"owner_id\" is required")]
    [InlineData("owner_id", "me", "attribute \"owner_id\" does not match the required format")]
    [InlineData("start_date", null, "attribute \"start_date\" is required")]
    [InlineData("start_date", "tomorrow", "attribute \"start_date\" does not match the required format")]
    [InlineData("rule_ids", null, "attribute \"rule_ids\" is required")]
    [InlineData("rule_ids", "text", "error decoding attribute \"rule_ids\": invalid type string")]
    [InlineData("status", "paused", "attribute \"status\" must be one of \"in_progress not_started completed\"")]
    public async Task WrongAttributesAreRefused(string name, string? value, string detail)
    {
        await using var api = await TestApi.StartAsync();
        var attributes = new Dictionary<string, object?>
        {
            ["name"] = "A", ["key"] = "a", ["owner_id"] = Owner, ["start_date"] = "2026-01-01T00:00:00Z", ["rule_ids"] = Array.Empty<string>(), ["status"] = "completed",
        };
        attributes[name] = value;
        var response = await api.Http.PostAsJsonAsync(Campaigns, new { data = new { type = "campaign", attributes } });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(System.Text.Json.JsonEncodedText.Encode(detail, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "[\"nope\"]", "rule_ids\\\" failed rule lookup")]
    [InlineData("a", "[1]", "invalid type number")]
    [InlineData("a", "[\"\\uD800\"]", "rule_ids\\\" does not match the required format")]
    [InlineData("q1", "[]", "key\\\" must be unique")]
    public async Task WrongRulesAndTakenKeyAreRefused(string key, string rules, string detail)
    {
        await using var api = await TestApi.StartAsync();
        await api.Client.Campaigns.AddAsync(Definition([await api.AddRuleAsync("One")]));
        var response = await api.Http.PostAsync(Campaigns, new StringContent($$"""
            {"data":{"type":"campaign","attributes":{"name":"A","key":"{{key}}","owner_id":"{{Owner}}","start_date":"2026-01-01T00:00:00Z","rule_ids":{{rules}} } } }
            """));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(detail, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task OwnerFilterIsAUuid(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.GetAsync($"{Campaigns}?filter[campaign][owner]=me")).StatusCode);
    }

    static CampaignDefinition Definition(IReadOnlyList<string> rules) => new() { Name = "Q1", Key = "q1", OwnerId = Owner, StartDate = Start, RuleIds = rules };
}
