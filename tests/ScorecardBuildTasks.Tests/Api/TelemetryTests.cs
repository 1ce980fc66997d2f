using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class TelemetryTests
{
    [Fact]
    public async Task CollectorIsSentSpansAndMeasures()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
            var body = await reader.ReadToEndAsync();
            received.AddOrUpdate(context.Request.Path, body, (_, before) => before + body);
        });
        await collector.StartAsync();

        await using (var api = await TestApi.StartAsync(configure: options => options with { OtlpEndpoint = new Uri(collector.Urls.First()) }))
        {
            var rule = await api.AddRuleAsync("A");
            await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:a", OutcomeState.Pass)]);
        }

        Assert.Contains("UpdateScorecardOutcomes", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("scorecard-server", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("scorecard.outcomes", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["/v1/metrics"], StringComparison.Ordinal);
    }
}
