using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class OutcomeTests
{
    const string Outcomes = "/api/v2/scorecard/outcomes";

    [Theory, OnSqlite, OnPostgreSql]
    public async Task PublishedOutcomeIsReadBack(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");

        var result = await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:checkout", OutcomeState.Fail, "See <a href=\"x\">y</a>")]);

        Assert.True(result.IsComplete);
        var outcome = Assert.Single(await ListAsync(api));
        Assert.Equal("checkout", outcome.Attributes.ServiceName);
        Assert.Equal(OutcomeState.Fail, outcome.Attributes.State);
        Assert.Equal("See <a href=\"x\">y</a>", outcome.Attributes.Remarks);
        Assert.Equal(rule, outcome.Relationships?.Rule?.Data.Id);
        Assert.Matches("^[A-Za-z0-9_-]{11}$", outcome.Id);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task SameRuleAndEntityOverwrites(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:a", OutcomeState.Fail, "why")]);
        var before = Assert.Single(await ListAsync(api));

        // Three ways to write one entity, the last of which counts.
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "a", OutcomeState.Skip)]);
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:default/a", OutcomeState.Skip), new OutcomeUpdate(rule, "service:default/a", OutcomeState.Pass)]);

        var after = Assert.Single(await ListAsync(api));
        Assert.Equal(OutcomeState.Pass, after.Attributes.State);
        Assert.Null(after.Attributes.Remarks);
        Assert.Equal((before.Id, before.Attributes.CreatedAt), (after.Id, after.Attributes.CreatedAt));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task LastOfSeveralInOneRequestCounts(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        var results = new[] { "service:a", "b", "a" }.Select((entity, index) => new { rule_id = rule, entity_reference = entity, state = index == 0 ? "fail" : "pass" });
        var response = await api.Http.PostAsJsonAsync(Outcomes, new { data = new { type = "batched-outcome", attributes = new { results } } });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal([("a", OutcomeState.Pass), ("b", OutcomeState.Pass)], (await ListAsync(api)).Select(outcome => (outcome.Attributes.ServiceName, outcome.Attributes.State)).OrderBy(outcome => outcome.ServiceName));
    }

    [Theory]
    [InlineData("checkout", "checkout")]
    [InlineData("service:checkout", "checkout")]
    [InlineData("service:default/checkout", "checkout")]
    [InlineData("service:shop/checkout", "shop/checkout")]
    [InlineData("api:v1", "api:v1")]
    [InlineData("application:default/myapp", "application:myapp")]
    [InlineData("custom.kind:space/a:b", "custom.kind:space/a:b")]
    public async Task EntityIsReadBackInItsShortestForm(string reference, string name)
    {
        await using var api = await TestApi.StartAsync();
        var rule = await api.AddRuleAsync("A");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, reference, OutcomeState.Pass)]);
        Assert.Equal(name, Assert.Single(await ListAsync(api)).Attributes.ServiceName);
        Assert.Single(await ListAsync(api, new OutcomeFilter { ServiceName = reference }));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task UnknownRulesAreNamedAndTheRestLands(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        List<OutcomeUpdate> outcomes = [];
        for (var i = 0; i < 40; i++)
        {
            var rule = i is 7 or 23 ? $"unknown-{i}" : await api.AddRuleAsync($"Rule {i}");
            outcomes.AddRange(Enumerable.Range(0, 8).Select(entity => new OutcomeUpdate(rule, $"service:s{entity}", OutcomeState.Pass)));
        }

        var result = await api.Client.Outcomes.PublishAsync(outcomes);

        Assert.Equal(["unknown-23", "unknown-7"], result.RefusedRuleIds);
        Assert.Equal(38 * 8, result.Landed.Count);
        Assert.Empty(result.Unsent);
        Assert.False(result.IsComplete);
        Assert.Equal(38 * 8, (await ListAsync(api)).Count);
        Assert.Equal(38 * 8, result.Landed.Distinct().Count());
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task HundredOutcomesAreOneRequest(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        var result = await api.Client.Outcomes.PublishAsync(Enumerable.Range(0, 201).Select(entity => new OutcomeUpdate(rule, $"service:s{entity}", OutcomeState.Pass)));
        Assert.Equal(201, result.Landed.Count);
        Assert.Equal(3, api.Server.Requests.Requests.Count(request => request.Path == Outcomes));
    }

    [Fact]
    public async Task FailureIsToldWithWhatLandedBeforeIt()
    {
        var accepted = ScriptedApi.Answer(HttpStatusCode.Accepted, """{"data":{"id":"x","type":"async-request"}}""");
        var refused = ScriptedApi.Answer(HttpStatusCode.Forbidden, """{"errors":["Forbidden"]}""");
        var api = new ScriptedApi(accepted, refused);
        using var client = api.CreateClient(options => options with { MaxRequestsInFlight = 1 });

        var result = await client.Outcomes.PublishAsync(Enumerable.Range(0, 150).Select(entity => new OutcomeUpdate("r", $"service:s{entity}", OutcomeState.Pass)));

        Assert.Equal((100, 50), (result.Landed.Count, result.Unsent.Count));
        Assert.Equal(HttpStatusCode.Forbidden, result.Failure?.Status);
    }

    [Theory]
    [InlineData("""{"entity_reference":"service:a","state":"pass"}""", 400, "attribute \\\"rule_id\\\" is required")]
    [InlineData("""{"entity_reference":"","rule_id":"r","state":"pass"}""", 400, "attribute \\\"entity_reference\\\" is required")]
    [InlineData("""{"entity_reference":"service:","rule_id":"r","state":"pass"}""", 400, "attribute \\\"entity_reference\\\" does not match the required format")]
    [InlineData("""{"entity_reference":"service:a","rule_id":"r"}""", 400, "attribute \\\"state\\\" is required")]
    [InlineData("""{"entity_reference":"service:a","rule_id":"r","state":"PASS"}""", 400, "attribute \\\"state\\\" must be one of \\\"pass fail skip\\\"")]
    [InlineData("""{"entity_reference":"service:a","rule_id":"r","state":"pass"}""", 409, "Invalid rule_id")]
    public async Task WrongItemIsRefused(string item, int status, string text)
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Http.PostAsync(Outcomes, new StringContent("""{"data":{"type":"batched-outcome","attributes":{"results":[ITEM]}}}""".Replace("ITEM", item, StringComparison.Ordinal)));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ListIsFiltered(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var one = await api.AddRuleAsync("One");
        var two = (await api.Client.Rules.AddAsync(new RuleAttributes { Name = "Two", ScorecardName = "S", Enabled = false })).Id;
        await api.Client.Outcomes.PublishAsync(
        [
            new OutcomeUpdate(one, "service:a", OutcomeState.Pass), new OutcomeUpdate(one, "service:b", OutcomeState.Fail), new OutcomeUpdate(two, "service:a", OutcomeState.Fail),
        ]);

        Assert.Equal(2, (await ListAsync(api, new OutcomeFilter { ServiceName = "a" })).Count);
        Assert.Equal(2, (await ListAsync(api, new OutcomeFilter { State = OutcomeState.Fail })).Count);
        Assert.Single(await ListAsync(api, new OutcomeFilter { RuleId = two }));
        Assert.Single(await ListAsync(api, new OutcomeFilter { RuleName = "Two" }));
        Assert.Single(await ListAsync(api, new OutcomeFilter { RuleEnabled = false }));
        Assert.Equal(2, (await ListAsync(api, new OutcomeFilter { RuleEnabled = true })).Count);
        Assert.Equal("b", Assert.Single(await ListAsync(api, new OutcomeFilter { RuleEnabled = true, State = OutcomeState.Fail })).Attributes.ServiceName);
        Assert.Equal("b", Assert.Single(await ListAsync(api, new OutcomeFilter { RuleId = one, State = OutcomeState.Fail })).Attributes.ServiceName);
        Assert.Equal(two, Assert.Single(await ListAsync(api, new OutcomeFilter { ServiceName = "a", State = OutcomeState.Fail })).Relationships?.Rule?.Data.Id);
        Assert.Empty(await ListAsync(api, new OutcomeFilter { RuleId = two, RuleEnabled = true }));
        Assert.Empty(await ListAsync(api, new OutcomeFilter { RuleId = two, RuleName = "One" }));
        Assert.Equal(3, (await ListAsync(api, new OutcomeFilter { PageSize = 1 })).Count);
        var withRule = await ListAsync(api, new OutcomeFilter { RuleId = two, IncludeRule = true });
        Assert.Equal(("Two", "S"), (withRule[0].Rule?.Name, withRule[0].Rule?.ScorecardName));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task FieldsNarrowOutcomesAndTheirRules(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (two, one) = (await api.AddRuleAsync("Two"), await api.AddRuleAsync("One"));
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(two, "service:a", OutcomeState.Pass)]);
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(one, "service:a", OutcomeState.Fail, "why")]);

        var narrow = await api.Http.GetStringAsync($"{Outcomes}?include=rule&fields[outcome]=state&fields[rule]=name");

        var rules = $$$"""[{"id":"{{{one}}}","type":"rule","attributes":{"name":"One"}},{"id":"{{{two}}}","type":"rule","attributes":{"name":"Two"}}]""";
        Assert.Matches($$"""^\{"data":\[\{"id":"[^"]+","type":"outcome","attributes":\{"state":"pass"\}\},\{"id":"[^"]+","type":"outcome","attributes":\{"state":"fail"\}\}\],"included":{{Regex.Escape(rules)}},"links":""", narrow);
        var withWholeRules = await api.Http.GetStringAsync($"{Outcomes}?include=rule&fields[outcome]=remarks");
        Assert.Contains("""{"name":"One","scorecard_name":"Production Readiness"}""", withWholeRules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FullPageTellsItsLength()
    {
        await using var api = await TestApi.StartAsync();
        var rule = await api.AddRuleAsync("A");
        await api.Client.Outcomes.PublishAsync(Enumerable.Range(0, 100).Select(number => new OutcomeUpdate(rule, $"service:s{number}", OutcomeState.Pass)));

        using var answer = await api.Http.GetAsync(Outcomes, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(answer.Content.Headers.ContentLength, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task OutcomesGoWithTheirRule(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:a", OutcomeState.Pass)]);
        await api.Client.Rules.RemoveAsync(rule);
        Assert.Empty(await ListAsync(api));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ParallelPublishesAllLand(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.AddRuleAsync("A");
        await Parallel.ForEachAsync(Enumerable.Range(0, 16), async (writer, token) =>
        {
            var result = await api.Client.Outcomes.PublishAsync(
                Enumerable.Range(0, 20).Select(entity => new OutcomeUpdate(rule, $"service:w{writer}-{entity}", OutcomeState.Pass)), token);
            Assert.True(result.IsComplete, result.Failure?.Message);
        });
        Assert.Equal(320, (await ListAsync(api)).Count);
    }

    static async Task<List<Outcome>> ListAsync(TestApi api, OutcomeFilter? filter = null)
    {
        List<Outcome> outcomes = [];
        await foreach (var outcome in api.Client.Outcomes.ListAsync(filter))
            outcomes.Add(outcome);
        return outcomes;
    }
}
