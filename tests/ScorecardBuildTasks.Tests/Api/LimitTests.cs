using System.Net;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Limits;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class LimitTests
{
    const string Rules = "/api/v2/scorecard/rules";

    [Theory, OnSqlite, OnPostgreSql]
    public async Task RequestsAboveTheLimitAreRefusedUntilThePeriodEnds(string engine)
    {
        var time = new StandingTime(new DateTimeOffset(2026, 3, 1, 12, 0, 53, 400, TimeSpan.Zero));
        await using var api = await TestApi.StartAsync(engine, options => options with { RateLimit = new RateLimit(2, TimeSpan.FromMinutes(1)), TimeProvider = time });

        Assert.Equal("200 2 60 1 7 scorecard", await AskAsync());
        Assert.Equal("200 2 60 0 7 scorecard", await AskAsync());
        Assert.Equal("429 2 60 0 7 scorecard", await AskAsync());
        time.Now += TimeSpan.FromSeconds(6.6);
        Assert.Equal("200 2 60 1 60 scorecard", await AskAsync());

        api.Http.DefaultRequestHeaders.Add("Authorization", "Bearer another-caller");
        Assert.Equal("200 2 60 1 60 scorecard", await AskAsync());

        async Task<string> AskAsync()
        {
            using var response = await api.Http.GetAsync(Rules);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                Assert.Equal("""{"errors":["Too many requests"]}""", await response.Content.ReadAsStringAsync());
            var headers = new[] { "Limit", "Period", "Remaining", "Reset", "Name" }.Select(name => response.Headers.GetValues($"X-RateLimit-{name}").Single());
            return $"{(int)response.StatusCode} {string.Join(' ', headers)}";
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task GuessesAtKeysAreCountedTogether(string engine)
    {
        var time = new StandingTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var api = await TestApi.StartAsync(engine, options => options with
        {
            RateLimit = new RateLimit(3, TimeSpan.FromMinutes(1)), TimeProvider = time, Keys = [AccessKey.ForKeys("ci", "a", "b", AccessScopes.All)],
        });
        using var stranger = new HttpClient { BaseAddress = api.Server.Url };
        List<int> statuses = [(int)(await stranger.GetAsync(Rules)).StatusCode];
        foreach (var guess in new[] { "1", "2", "3" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Rules) { Headers = { { "Authorization", $"Bearer {guess}" } } };
            statuses.Add((int)(await stranger.SendAsync(request)).StatusCode);
        }
        Assert.Equal([401, 403, 403, 429], statuses);
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync(Rules)).StatusCode);
    }

    [Theory]
    [InlineData("500:1", 500)]
    [InlineData("429:1", 429)]
    [InlineData("500:0", 200)]
    public async Task FaultsHappenAsPlanned(string plan, int status)
    {
        await using var api = await TestApi.StartAsync(configure: options => options with { Faults = FaultPlan.Parse(plan) });
        using var response = await api.Http.GetAsync(Rules);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task DroppedConnectionIsSeen()
    {
        await using var api = await TestApi.StartAsync(configure: options => options with { Faults = FaultPlan.Parse("drop:1") });
        await Assert.ThrowsAsync<HttpRequestException>(() => api.Http.GetAsync(Rules));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task PublishBearsFaults(string engine)
    {
        await using var api = await TestApi.StartAsync(engine, options => options with { Faults = FaultPlan.Parse("500:0.15,503:0.1,drop:0.1"), FaultRandom = new Random(7) });
        using var client = new ScorecardClient(api.ClientOptions with { TotalTimeout = TimeSpan.FromSeconds(60) });
        var rule = await client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" });
        var result = await client.Outcomes.PublishAsync(Enumerable.Range(0, 1000).Select(entity => new OutcomeUpdate(rule.Id, $"service:s{entity}", OutcomeState.Pass)));
        Assert.True(result.IsComplete, result.Failure?.Message);
        Assert.Equal(1000, await client.Outcomes.ListAsync().CountAsync());
        Assert.Contains(api.Server.Requests.Requests, request => request.Status is 500 or 503);
    }

    [Theory]
    [InlineData("200:0.5")]
    [InlineData("500")]
    [InlineData("500:2")]
    [InlineData("fast:0.1")]
    public void WhatIsNoFaultIsRefused(string plan) => Assert.Throws<FormatException>(() => FaultPlan.Parse(plan));

    [Theory, OnSqlite, OnPostgreSql]
    public async Task TextOfTheGreatestLengthIsKeptAndALongerOneRefused(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        // Three bytes to each character, so that indexes hold as much as they ever must.
        var (name, text) = (new string('漢', 255), new string('漢', 10_000));
        var rule = (await api.Client.Rules.AddAsync(new RuleAttributes { Name = name, ScorecardName = name, Owner = name, Description = text, ScopeQuery = text })).Id;
        await PublishAsync(new OutcomeUpdate(rule, name, OutcomeState.Pass, text));
        await PublishAsync(new OutcomeUpdate(rule, $"{new string('漢', 253)}:x", OutcomeState.Pass, text));
        Assert.Equal(2, await api.Client.Outcomes.ListAsync().CountAsync());

        await RefusesAsync("name", () => api.Client.Rules.AddAsync(new RuleAttributes { Name = new string('x', 6000), ScorecardName = "S" }));
        await RefusesAsync("scorecard_name", () => api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = name + "x" }));
        await RefusesAsync("owner", () => api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S", Owner = name + "x" }));
        await RefusesAsync("description", () => api.Client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S", Description = text + "x" }));
        await RefusesAsync("entity_reference", () => PublishAsync(new OutcomeUpdate(rule, name + "x", OutcomeState.Pass)));
        await RefusesAsync("remarks", () => PublishAsync(new OutcomeUpdate(rule, "a", OutcomeState.Pass, text + "x")));
        await RefusesAsync("service_name", () => api.Client.Outcomes.AddAsync([new ServiceOutcome(rule, name + "x", OutcomeState.Pass)]));

        async Task PublishAsync(OutcomeUpdate outcome)
        {
            if ((await api.Client.Outcomes.PublishAsync([outcome])).Failure is { } failure)
                throw failure;
        }

        static async Task RefusesAsync(string attribute, Func<Task> act)
        {
            var refused = await Assert.ThrowsAsync<ScorecardApiException>(act);
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Matches($"^attribute \"{attribute}\" must have at most (255|10000) characters$", Assert.Single(refused.Errors).Detail);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task TooManyResultsAreRefused(string engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var items = string.Join(',', Enumerable.Repeat("""{"rule_id":"r","entity_reference":"a","state":"pass"}""", 1001));
        var response = await api.Http.PostAsync("/api/v2/scorecard/outcomes", new StringContent("""{"data":{"attributes":{"results":[ITEMS]}}}""".Replace("ITEMS", items, StringComparison.Ordinal)));
        Assert.Contains("must have at most 1000 items", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
