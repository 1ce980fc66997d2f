using System.Net;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class ScoreTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task ScoresAddUpByEntityRuleScorecardAndKind(string engine)
    {
        await using var api = await StartAsync(engine);

        Assert.Equal(
            ["api:x 0/0 skip 0 none 1 of 1", "service:a 2/2 skip 0 none 1 of 1", "service:b 0/1 skip 1 none 1 of 1"],
            await ListAsync(api, ScoreAggregation.ByEntity));
        Assert.Equal(
            ["A 1/1 skip 1 none 0 of 2", "B 1/2 skip 0 none 0 of 2", "C 0/0 skip 0 none 3 of 3"],
            await ListAsync(api, ScoreAggregation.ByRule));
        Assert.Equal(
            ["S 2/3 skip 1 none 0 of 2", "T 0/0 skip 0 none 3 of 3"],
            await ListAsync(api, ScoreAggregation.ByScorecard));
        Assert.Equal(
            ["api 0/0 skip 0 none 1 of 1", "service 2/3 skip 1 none 2 of 2"],
            await ListAsync(api, ScoreAggregation.ByKind));
        Assert.Empty(await ListAsync(api, ScoreAggregation.ByTeam));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task DisabledRuleCountsOnlyWhereItIsAskedFor(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:a", OutcomeState.Fail)]);
        Assert.Equal(["service:a 0/1 skip 0 none 0 of 1"], await ListAsync(api, ScoreAggregation.ByEntity));
        await api.Client.Rules.UpdateAsync(rule, attributes => attributes with { Enabled = false });
        Assert.Empty(await ListAsync(api, ScoreAggregation.ByEntity));
        Assert.Equal(["service:a 0/1 skip 0 none 0 of 1"], await ListAsync(api, ScoreAggregation.ByEntity, new ScoreFilter { IsEnabled = false }));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ScorecardsAreFoundInAnyCase(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var api = await TestApi.StartAsync(engine, options => options with { Database = database.ConnectionString });
        await api.AddRuleAsync("A", "Ärger mit Öl");
        await api.AddRuleAsync("B", "Other");
        // No operation describes a scorecard; whoever fills the database may.
        await using (var data = Database.Create(database.ConnectionString))
        {
            await data.WriteAsync(session => session.ExecuteAsync(
                "UPDATE scorecards SET description = @text, folded_description = @folded WHERE name = 'Other'", new { text = "Über ALLES", folded = Condition.Fold("Über ALLES") }), default);
        }
        Assert.Equal("Other", Assert.Single(await api.Client.Scorecards.ListAsync(new ScorecardFilter { Description = "üBER" }).ToListAsync()).Attributes.Name);
        foreach (var name in new[] { "Ärger", "äRGER", "öl" })
            Assert.Equal("Ärger mit Öl", Assert.Single(await api.Client.Scorecards.ListAsync(new ScorecardFilter { Name = name }).ToListAsync()).Attributes.Name);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ScoresAreFilteredByRule(string engine)
    {
        await using var api = await StartAsync(engine);
        var a = await api.Client.Rules.FindAsync("S", "A");
        Assert.Equal(["A 1/1 skip 1 none 0 of 2"], await ListAsync(api, ScoreAggregation.ByRule, new ScoreFilter { RuleIds = [a!.Id, "nope"] }));
        Assert.Equal(["B 1/2 skip 0 none 0 of 2"], await ListAsync(api, ScoreAggregation.ByRule, new ScoreFilter { RuleName = "B" }));
        Assert.Equal(["A 1/1 skip 1 none 0 of 2", "C 0/0 skip 0 none 3 of 3"], await ListAsync(api, ScoreAggregation.ByRule, new ScoreFilter { Levels = [1, 3] }));
        Assert.Equal(["D 0/1 skip 0 none 2 of 3"], await ListAsync(api, ScoreAggregation.ByRule, new ScoreFilter { IsEnabled = false }));
        Assert.Empty(await ListAsync(api, ScoreAggregation.ByRule, new ScoreFilter { IsCustom = false }));
        Assert.Equal(["S 2/3 skip 1 none 0 of 2"], await ListAsync(api, ScoreAggregation.ByScorecard, new ScoreFilter { ScorecardIds = [a.Relationships!.Scorecard!.Data.Id] }));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ScoresAreSorted(string engine)
    {
        await using var api = await StartAsync(engine);
        Assert.Equal(["C", "B", "A"], await NamesAsync("score"));
        Assert.Equal(["A", "B", "C"], await NamesAsync("-score"));
        Assert.Equal("B", (await NamesAsync("-total_fail"))[0]);
        Assert.Equal("C", (await NamesAsync("-total_no_data"))[0]);
        foreach (var order in new[] { "numerator", "denominator", "total_pass", "total_skip" })
            Assert.Equal(3, (await NamesAsync(order)).Count);

        async Task<List<string>> NamesAsync(string sort) =>
            [.. (await ListAsync(api, ScoreAggregation.ByRule, new ScoreFilter { Sort = sort, PageSize = 2 }, isOrdered: true)).Select(line => line.Split(' ')[0])];
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task AnswerHasLinksMetaAndRelationships(string engine)
    {
        await using var api = await StartAsync(engine);
        var body = await api.Http.GetStringAsync("/api/v2/scorecard/scores/by-entity?page[limit]=1&page[offset]=1&filter[rule][name]=A");
        Assert.Equal(
            """{"data":[{"id":"service:b","type":"score","attributes":{"aggregation":"by-entity","denominator":0,"numerator":0,"score":0,"total_entities":1,"total_fail":0,"total_no_data":0,"total_pass":0,"total_skip":1},"relationships":{"entity":{"data":{"id":"service:b","type":"entity"}},"service":{"data":{"id":"b","type":"service"}}}}],"""
            + """
            "links":{"next":"/api/v2/scorecard/scores/by-entity?filter%5Brule%5D%5Bname%5D=A\u0026page%5Blimit%5D=1\u0026page%5Boffset%5D=2","previous":"/api/v2/scorecard/scores/by-entity?filter%5Brule%5D%5Bname%5D=A\u0026page%5Blimit%5D=1\u0026page%5Boffset%5D=0"},"meta":{"count":1,"limit":1,"offset":1,"total":2}}
            """, body);
    }

    [Theory]
    [InlineData("by-colour")]
    [InlineData("by-rule?sort=colour")]
    [InlineData("by-rule?page[limit]=1001")]
    [InlineData("by-rule?filter[rule][level]=4")]
    public async Task WhatIsNotDocumentedIsRefused(string path)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.GetAsync($"/api/v2/scorecard/scores/{path}")).StatusCode);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ScorecardsAreListedByPartsOfTheirNames(string engine)
    {
        await using var api = await StartAsync(engine);
        var scorecards = await api.Client.Scorecards.ListAsync().ToListAsync();
        Assert.Equal(["S", "T"], scorecards.Select(scorecard => scorecard.Attributes.Name));
        Assert.NotNull(scorecards[0].Attributes.CreatedAt);
        Assert.Equal("T", (await api.Client.Scorecards.FindAsync(scorecards[1].Id))!.Attributes.Name);
        Assert.Null(await api.Client.Scorecards.FindAsync("nope"));
        Assert.Equal(1, await api.Client.Scorecards.ListAsync(new ScorecardFilter { Name = "t" }).CountAsync());
        Assert.Equal(0, await api.Client.Scorecards.ListAsync(new ScorecardFilter { Description = "t" }).CountAsync());
        Assert.Equal(2, await api.Client.Scorecards.ListAsync(new ScorecardFilter { PageSize = 1 }).CountAsync());
        Assert.DoesNotContain("links", await api.Http.GetStringAsync("/api/v2/scorecard/scorecards"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task BatchIsStoredAtOnceOrNotAtAll(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        var result = await api.Client.Outcomes.AddAsync([new ServiceOutcome(rule, "a", OutcomeState.Pass), new ServiceOutcome(rule, "b", OutcomeState.Fail, "why")]);
        Assert.Equal((2, 2), (result.TotalReceived, result.TotalUpdated));
        Assert.Equal(["a", "b"], result.Outcomes.Select(outcome => outcome.Attributes.ServiceName).Order());

        var exception = await Assert.ThrowsAsync<ScorecardApiException>(
            () => api.Client.Outcomes.AddAsync([new ServiceOutcome(rule, "c", OutcomeState.Pass), new ServiceOutcome("nope", "c", OutcomeState.Pass)]));
        Assert.Equal(HttpStatusCode.BadRequest, exception.Status);
        Assert.Equal(2, await api.Client.Outcomes.ListAsync().CountAsync());
    }

    [Fact]
    public async Task BatchCountIsReadByEitherOfItsNames()
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, """{"data":[],"meta":{"total_received":3,"total_staged":2}}"""));
        using var client = api.CreateClient();
        var result = await client.Outcomes.AddAsync([new ServiceOutcome("r", "a", OutcomeState.Pass)]);
        Assert.Equal((3, 2), (result.TotalReceived, result.TotalUpdated));
    }

    /// <summary>Rule A (level 1) and B (level 2) are about services, C (level 3) and D (disabled) about everything; entities a, b and the API x.</summary>
    static async Task<TestApi> StartAsync(string engine)
    {
        var api = await TestApi.StartAsync(engine);
        var a = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S", Level = 1, ScopeQuery = "kind:service" });
        var b = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "B", ScorecardName = "S", Level = 2, ScopeQuery = "kind:service" });
        await api.Client.Rules.AddAsync(new RuleAttributes { Name = "C", ScorecardName = "T" });
        var d = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "D", ScorecardName = "T", Enabled = false });
        await api.Client.Outcomes.PublishAsync(
        [
            new OutcomeUpdate(a.Id, "service:a", OutcomeState.Pass), new OutcomeUpdate(a.Id, "service:b", OutcomeState.Skip),
            new OutcomeUpdate(b.Id, "service:a", OutcomeState.Pass), new OutcomeUpdate(b.Id, "service:b", OutcomeState.Fail),
            // Of a disabled rule: counted only where one asks for such.
            new OutcomeUpdate(d.Id, "service:a", OutcomeState.Fail),
            // Outside the rule's scope: kept, but counted nowhere.
            new OutcomeUpdate(b.Id, "api:x", OutcomeState.Fail),
        ]);
        return api;
    }

    static async Task<List<string>> ListAsync(TestApi api, ScoreAggregation aggregation, ScoreFilter? filter = null, bool isOrdered = false)
    {
        var names = await api.Client.Rules.ListAsync().ToDictionaryAsync(rule => rule.Id, rule => rule.Attributes.Name);
        await foreach (var scorecard in api.Client.Scorecards.ListAsync())
            names[scorecard.Id] = scorecard.Attributes.Name;
        var lines = await api.Client.Scores.ListAsync(aggregation, filter)
            .Select(score => (Name: names.GetValueOrDefault(score.Id, score.Id), Sum: score.Attributes))
            .Select(score => $"{score.Name} {score.Sum.Numerator}/{score.Sum.Denominator} skip {score.Sum.TotalSkip} none {score.Sum.TotalNoData} of {score.Sum.TotalEntities}")
            .ToListAsync();
        return isOrdered ? lines : [.. lines.Order(StringComparer.Ordinal)];
    }
}
