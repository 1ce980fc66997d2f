using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class RuleTests
{
    const string Rules = "/api/v2/scorecard/rules";

    [Theory, OnSqlite, OnPostgreSql]
    public async Task AddedRuleIsFoundUntilItIsRemoved(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var added = await api.Client.Rules.AddAsync(new RuleAttributes
        {
            Name = "Owner is named", ScorecardName = "Ownership", Description = "Who & why", Owner = "platform", Level = 1, Enabled = false, ScopeQuery = "kind:service",
        });

        var found = await api.Client.Rules.FindAsync(added.Id);
        Assert.NotNull(found);
        Assert.Equal("Owner is named", found.Attributes.Name);
        Assert.Equal("Ownership", found.Attributes.ScorecardName);
        Assert.Equal("Ownership", found.Attributes.Category);
        Assert.Equal("Who & why", found.Attributes.Description);
        Assert.Equal("platform", found.Attributes.Owner);
        Assert.Equal(1, found.Attributes.Level);
        Assert.False(found.Attributes.Enabled);
        Assert.True(found.Attributes.Custom);
        Assert.Equal("entity-scope", found.Relationships?.Scope?.Data.Type);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", found.Relationships!.Scope!.Data.Id);
        Assert.Matches("^[a-z0-9_]{16}$", found.Id);
        Assert.Matches("^[A-Za-z0-9_-]{12}$", found.Relationships.Scorecard!.Data.Id);

        await api.Client.Rules.RemoveAsync(added.Id);
        Assert.Null(await api.Client.Rules.FindAsync(added.Id));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task LevelAndEnabledHaveDefaultsAndTheRestIsAbsent(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" });
        Assert.Equal(3, rule.Attributes.Level);
        Assert.True(rule.Attributes.Enabled);
        Assert.Null(rule.Attributes.Owner);
        Assert.Null(rule.Attributes.Description);
        Assert.Null(rule.Relationships?.Scope);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task CreateAnswersNanosecondsAndReadsMicroseconds(string engine)
    {
        var time = new StandingTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567));
        await using var api = await TestApi.StartAsync(engine, options => options with { TimeProvider = time });
        var created = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" });
        var read = await api.Client.Rules.FindAsync(created.Id);
        Assert.Matches(@"^2026-03-01T12:00:00\.1234567\d{0,2}Z$", created.Attributes.CreatedAt.ToString());
        Assert.Equal("2026-03-01T12:00:00.123456Z", read!.Attributes.CreatedAt.ToString());
        Assert.Equal(created.Attributes.CreatedAt, created.Attributes.ModifiedAt);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task RulesOfOneScorecardShareItsId(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var one = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" });
        var two = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "B", ScorecardName = "S" });
        var other = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "B", ScorecardName = "T" });
        Assert.Equal(one.Relationships!.Scorecard!.Data.Id, two.Relationships!.Scorecard!.Data.Id);
        Assert.NotEqual(one.Relationships!.Scorecard!.Data.Id, other.Relationships!.Scorecard!.Data.Id);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task UpdateErasesNothingThatItDoesNotChange(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var before = await api.Client.Rules.AddAsync(new RuleAttributes
        {
            Name = "A", ScorecardName = "S", Description = "D", Owner = "O", Level = 2, Enabled = false, ScopeQuery = "kind:service",
        });

        var after = await api.Client.Rules.UpdateAsync(before.Id, rule => rule with { Owner = "P", ScorecardName = "T" });

        Assert.Equal("P", after.Attributes.Owner);
        Assert.Equal("T", after.Attributes.ScorecardName);
        Assert.Equal(("A", "D", 2, false, "kind:service"), (after.Attributes.Name, after.Attributes.Description, after.Attributes.Level!.Value, after.Attributes.Enabled!.Value, after.Attributes.ScopeQuery));
        Assert.Equal(before.Attributes.CreatedAt!.Value.ToMicroseconds(), after.Attributes.CreatedAt!.Value.ToMicroseconds());
        Assert.True(after.Attributes.ModifiedAt!.Value.CompareTo(after.Attributes.CreatedAt!.Value) > 0);
        Assert.NotEqual(before.Relationships!.Scorecard!.Data.Id, after.Relationships!.Scorecard!.Data.Id);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task PutErasesWhatIsNotSent(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var rule = await api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S", Description = "D", Owner = "O", Level = 1, ScopeQuery = "kind:service" });

        var response = await api.Http.PutAsJsonAsync($"{Rules}/{rule.Id}", new { data = new { type = "rule", attributes = new { name = "A", scorecard_name = "S" } } });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var after = await api.Client.Rules.FindAsync(rule.Id);
        Assert.Null(after!.Attributes.Description);
        Assert.Null(after.Attributes.Owner);
        Assert.Null(after.Attributes.ScopeQuery);
        Assert.Equal(3, after.Attributes.Level);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task UnknownRuleIsNotFound(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        Assert.Null(await api.Client.Rules.FindAsync("NOPE"));
        var update = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Client.Rules.UpdateAsync("NOPE", rule => rule));
        Assert.Equal(HttpStatusCode.NotFound, update.Status);
        var remove = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Client.Rules.RemoveAsync("NOPE"));
        Assert.Equal(HttpStatusCode.NotFound, remove.Status);
        Assert.Equal("rule not found: NOPE", Assert.Single(remove.Errors).Detail);
        var put = await api.Http.PutAsJsonAsync($"{Rules}/NOPE", new { data = new { attributes = new { name = "A", scorecard_name = "S" } } });
        Assert.Equal("""{"errors":[{"status":"404","title":"Not Found","detail":"rule not found: NOPE"}]}""", await put.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"name":"A","scorecard_name":"S","level":0}""", "attribute \"level\" must be one of \"1 2 3\"")]
    [InlineData("""{"name":"A","scorecard_name":"S","level":4}""", "attribute \"level\" must be one of \"1 2 3\"")]
    [InlineData("""{"name":"A","scorecard_name":"S","level":1.5}""", "attribute \"level\" must be one of \"1 2 3\"")]
    [InlineData("""{"name":"A","scorecard_name":"S","level":"2"}""", "error decoding attribute \"level\": invalid type string")]
    [InlineData("""{"name":"A","scorecard_name":"S","enabled":1}""", "error decoding attribute \"enabled\": invalid type number")]
    [InlineData("""{"scorecard_name":"S"}""", "attribute \"name\" is required")]
    [InlineData("""{"name":"A"}""", "attribute \"scorecard_name\" is required")]
    [InlineData("""{"name":"A","scorecard_id":"NOPE"}""", "attribute \"scorecard_id\" failed scorecard lookup")]
    [InlineData("""{"name":"A\u0000","scorecard_name":"S"}""", "attribute \"name\" does not match the required format")]
    [InlineData("""{"name":"A\uD800","scorecard_name":"S"}""", "attribute \"name\" does not match the required format")]
    [InlineData("""[]""", "error decoding attribute \"attributes\": invalid type array")]
    public async Task WrongAttributesAreRefused(string attributes, string detail)
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Http.PostAsync(Rules, new StringContent($$$"""{"data":{"type":"rule","attributes":{{{attributes}}}}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = await response.Content.ReadFromJsonAsync<Errors>();
        Assert.Equal(detail, Assert.Single(errors!.errors).detail);
    }

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("{\"data\":", "unexpected end of JSON input")]
    [InlineData("{}", "document is missing required top-level members; must have one of: \"data\", \"meta\", \"errors\"")]
    [InlineData("""{"data":{"type":"project"}}""", "got type \"project\" expected one of \"rule\"")]
    public async Task WhatIsNoRuleDocumentIsRefused(string body, string detail)
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Http.PostAsync(Rules, new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = await response.Content.ReadFromJsonAsync<Errors>();
        Assert.Equal(detail, Assert.Single(errors!.errors).detail);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task ListIsByNameAndFiltered(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        foreach (var (name, description, enabled) in new[] { ("B", "50% of it", true), ("A", "Half of it", true), ("C", "half_of_it", false) })
            await api.Client.Rules.AddAsync(new RuleAttributes { Name = name, ScorecardName = "S", Description = description, Enabled = enabled });

        Assert.Equal("A,B,C", await NamesAsync(null));
        Assert.Equal("B", await NamesAsync(new RuleFilter { Name = "B" }));
        Assert.Equal("A,C", await NamesAsync(new RuleFilter { Description = "HALF" }));
        Assert.Equal("B", await NamesAsync(new RuleFilter { Description = "0%" }));
        Assert.Equal("C", await NamesAsync(new RuleFilter { Description = "f_o" }));
        Assert.Equal("C", await NamesAsync(new RuleFilter { Enabled = false }));
        Assert.Equal("", await NamesAsync(new RuleFilter { Custom = false }));
        await api.Client.Rules.UpdateAsync((await api.Client.Rules.FindAsync("S", "B"))!.Id, rule => rule with { Description = "Ärger" });
        Assert.Equal("B", await NamesAsync(new RuleFilter { Description = "äRG" }));

        async Task<string> NamesAsync(RuleFilter? filter) => string.Join(',', await NamesOfAsync(api.Client.Rules.ListAsync(filter)));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task FieldsNarrowAndIncludeBringsTheScorecard(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        await api.AddRuleAsync("A", "S");
        var narrow = await api.Http.GetStringAsync($"{Rules}?fields[rule]=name,%20level");
        Assert.Matches("""^\{"data":\[\{"id":"[^"]+","type":"rule","attributes":\{"level":3,"name":"A"\}\}\],"links":""", narrow);
        var withScorecard = await api.Http.GetStringAsync($"{Rules}?include=scorecard");
        Assert.Matches(""","included":\[\{"id":"[^"]+","type":"scorecard","attributes":\{"name":"S"\}\}\],"links":\{"next":"/api/v2/scorecard/rules\?include=scorecard\\u0026page%5Blimit%5D=100\\u0026page%5Boffset%5D=100"\}\}$""", withScorecard);

        var rules = api.Client.Rules.ListAsync(new RuleFilter { IncludeScorecard = true });
        await foreach (var rule in rules)
            Assert.Equal("S", rule.Scorecard?.Attributes.Name);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    public async Task ListStopsAtAShortOrEmptyPage(int pageSize, int requests)
    {
        await using var api = await TestApi.StartAsync();
        foreach (var name in new[] { "A", "B", "C" })
            await api.AddRuleAsync(name);

        Assert.Equal(["A", "B", "C"], await NamesOfAsync(api.Client.Rules.ListAsync(new RuleFilter { PageSize = pageSize })));

        Assert.Equal(requests, api.Server.Requests.Requests.Count(request => request.Method == "GET"));
    }

    [Theory]
    [InlineData("page[size]=0")]
    [InlineData("page[size]=101")]
    [InlineData("page[size]=ten")]
    [InlineData("page[offset]=-1")]
    [InlineData("filter[rule][enabled]=maybe")]
    [InlineData("include=everything")]
    public async Task ParameterThatWillNotDoIsRefused(string query)
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Http.GetAsync($"{Rules}?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"title\":\"Invalid Parameter\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownMembersSurviveAnUpdate()
    {
        const string Rule = """{"id":"r1","type":"rule","attributes":{"category":"S","colour":{"r":1},"created_at":"2026-01-02T03:04:05Z","custom":true,"name":"A","scorecard_name":"S"}}""";
        var api = new ScriptedApi(
            ScriptedApi.Answer(HttpStatusCode.OK, $$"""{"data":[{{Rule}}]}"""),
            ScriptedApi.Answer(HttpStatusCode.OK, $$"""{"data":{{Rule}}}"""));
        using var client = api.CreateClient();

        await client.Rules.UpdateAsync("r1", rule => rule with { Owner = "P" });

        Assert.Equal("""{"data":{"attributes":{"name":"A","owner":"P","scorecard_name":"S","colour":{"r":1}},"type":"rule"}}""", api.Requests[1].Body);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task AnswersAreEscapedAndCompact(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var response = await api.Http.PostAsync(Rules, new StringContent(
            """{"data":{"type":"rule","attributes":{"name":"a<b> & \"c\" é 😀 '+","scorecard_name":"S"}}}"""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("application/vnd.api+json", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("""
            "name":"a\u003cb\u003e \u0026 \"c\" é 😀 '+",
            """.Trim(), body, StringComparison.Ordinal);
        Assert.Matches(new Regex("""^\{"data":\{"id":"[a-z0-9_]{16}","type":"rule","attributes":\{"category":"S","created_at":"[0-9T:.-]{19,30}Z","custom":true,"enabled":true,"level":3,"modified_at":"""), body);
    }

    [Theory]
    [InlineData(null, null, "service queue datastore")]
    [InlineData("kind:service", "ae07a16e-1319-5e61-bdba-b3026bc2bdcd", "service")]
    [InlineData("kind:api", "265a204b-3981-57d8-937a-c37e90e41a4c", "api")]
    [InlineData("env:prod team:platform", "5600279c-60f3-5784-8aca-d2f2a25ba022", "service queue datastore")]
    public async Task WrittenRuleBringsItsPolicyScope(string? query, string? scopeId, string kinds)
    {
        await using var api = await TestApi.StartAsync();
        var request = new { data = new { type = "rule", attributes = new { name = "A", scorecard_name = "S", scope_query = query } } };
        var added = await (await api.Http.PostAsJsonAsync(Rules, request)).Content.ReadAsStringAsync();
        var rule = await api.Client.Rules.FindAsync("S", "A");
        var id = rule!.Id;
        var replaced = await (await api.Http.PutAsJsonAsync($"{Rules}/{id}", request)).Content.ReadAsStringAsync();

        var scopes = string.Join(',', kinds.Split(' ').Select(kind => """{"kind":"KIND","query":"has_definition:\"true\""}""".Replace("KIND", kind, StringComparison.Ordinal)));
        var scope = scopeId is null ? "" : """ "scope":{"data":{"id":"SCOPE","type":"entity-scope"}},""".TrimStart().Replace("SCOPE", scopeId, StringComparison.Ordinal);
        var relationships = """
            ,"relationships":{"policy_scope":{"data":{"id":"RULE","type":"policy-scope"}},SCOPE"scorecard":{"data":{"id":"CARD","type":"scorecard"}}}}
            """.Replace("RULE", id, StringComparison.Ordinal).Replace("SCOPE", scope, StringComparison.Ordinal).Replace("CARD", rule.Relationships!.Scorecard!.Data.Id, StringComparison.Ordinal);
        var end = relationships + """
            ,"included":[{"id":"RULE","type":"policy-scope","attributes":{"scopes":[SCOPES]}}]}
            """.Replace("RULE", id, StringComparison.Ordinal).Replace("SCOPES", scopes, StringComparison.Ordinal);
        Assert.EndsWith(end, added, StringComparison.Ordinal);
        Assert.EndsWith(end, replaced, StringComparison.Ordinal);
        Assert.Contains($"{relationships}],\"links\":", await api.Http.GetStringAsync(Rules), StringComparison.Ordinal);
        Assert.DoesNotContain("policy", await api.Http.GetStringAsync($"{Rules}?fields[rule]=name"), StringComparison.Ordinal);
    }

    static async Task<List<string>> NamesOfAsync(IAsyncEnumerable<Rule> rules)
    {
        List<string> names = [];
        await foreach (var rule in rules)
            names.Add(rule.Attributes.Name);
        return names;
    }

    sealed record Errors(Error[] errors);

    sealed record Error(string status, string title, string detail);
}
