using System.Net;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Limits;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class LimitTests
{
    const string Rules = "/api/v2/scorecard/rules";

    [Fact]
    public async Task RequestsAboveTheLimitAreRefusedUntilThePeriodEnds()
    {
        var time = new StandingTime(new DateTimeOffset(2026, 3, 1, 12, 0, 53, 400, TimeSpan.Zero));
        await using var api = await TestApi.StartAsync(configure: options => options with { RateLimit = new RateLimit(2, TimeSpan.FromMinutes(1)), TimeProvider = time });

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

    [Fact]
    public async Task PublishBearsFaults()
    {
        await using var api = await TestApi.StartAsync(configure: options => options with { Faults = FaultPlan.Parse("500:0.15,503:0.1,drop:0.1"), FaultRandom = new Random(7) });
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

    [Fact]
    public async Task TooManyResultsAreRefused()
    {
        await using var api = await TestApi.StartAsync();
        var items = string.Join(',', Enumerable.Repeat("""{"rule_id":"r","entity_reference":"a","state":"pass"}""", 1001));
        var response = await api.Http.PostAsync("/api/v2/scorecard/outcomes", new StringContent("""{"data":{"attributes":{"results":[ITEMS]}}}""".Replace("ITEMS", items, StringComparison.Ordinal)));
        Assert.Contains("must have at most 1000 items", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
