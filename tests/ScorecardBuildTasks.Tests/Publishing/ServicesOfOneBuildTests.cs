using System.Net;
using System.Net.Sockets;
using ScorecardBuildTasks.Tests.Api;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>Publishing the services of a build one after the other, against a real server.</summary>
public sealed class ServicesOfOneBuildTests
{
    [Fact]
    public async Task ServicesOfOneBuildListTheRulesOnce()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        await api.AddRuleAsync("Tested");
        await api.AddRuleAsync("Tested");
        using var build = new PublishProcess(api.Server.Url);
        var before = api.Server.Requests.Requests.Count;
        var said = string.Concat(new[] { "checkout", "mail", "stock" }.Select(service => build.Publish(service, ["Traced", "Tested"], "Publish=true")));
        Assert.Equal(
            ["GET rules", "GET outcomes", "POST outcomes", "GET outcomes", "POST outcomes", "GET outcomes", "POST outcomes"],
            api.Server.Requests.Requests.Skip(before).Select(request => $"{request.Method} {request.Path.Split('?')[0].Split('/')[^1]}"));
        Assert.Equal(6, (await api.Client.Outcomes.ListAsync().ToListAsync()).Count);
        Assert.Single(said.Split('\n'), line => line.Contains("warning SCORE0024:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RulesOfAnotherApiAreListedThere()
    {
        await using var api = await TestApi.StartAsync();
        await using var other = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        await other.AddRuleAsync("Traced");
        using var build = new PublishProcess(api.Server.Url);
        build.Publish("checkout", ["Traced"], "Publish=true");
        Assert.Contains("service:mail: 1 of 1 outcomes published", build.Publish("mail", ["Traced"], "Publish=true", $"ApiUrl={other.Server.Url}"), StringComparison.Ordinal);
        Assert.Contains("service:stock: 1 of 1 outcomes published", build.Publish("stock", ["Traced"], "Publish=true"), StringComparison.Ordinal);
    }

    /// <summary>The nearest one counts: an organisation's preset brings one for those that have none of their own.</summary>
    [Theory]
    [InlineData("presets/scorecard.lock.json", true)]
    [InlineData("scorecard.lock.json", true)]
    [InlineData("elsewhere/scorecard.lock.json", false)]
    public async Task LockFileIsFoundBesideWhatTheConfigurationExtends(string path, bool found)
    {
        await using var api = await TestApi.StartAsync();
        var id = await api.AddRuleAsync("Traced");
        using var build = new PublishProcess(api.Server.Url)
            .Write("scorecard.json", """{ "extends": "presets/company.json" }""").Write("presets/company.json", "{}").Write(path, LockOf(id));
        var before = api.Server.Requests.Requests.Count;
        Assert.Contains("1 of 1 outcomes published", build.Publish("checkout", ["Traced"], "Publish=true", $"ConfigurationFile={build["scorecard.json"]}"), StringComparison.Ordinal);
        Assert.Equal(found ? 0 : 1, api.Server.Requests.Requests.Skip(before).Count(request => request.Path.Contains("/rules", StringComparison.Ordinal)));
    }

    /// <summary>The second service is given less time than the first one took, so that none is left.</summary>
    [Fact]
    public async Task TimeThatOtherServicesUsedUpIsNoSilenceOfTheApi()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        using var build = new PublishProcess(api.Server.Url);
        build.Publish("checkout", ["Traced"], "Publish=true");
        var said = build.Publish("mail", ["Traced"], "Publish=true", "Timeout=0.05");
        Assert.Contains("warning SCORE0020: service:mail is not published: the 0.05 s for all publishing of the build were used up. The outcomes lie in ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("no answer", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"schemaVersion\": 1,\n nonsense }", "scorecard.lock.json(2,2): this is no lock file; write it anew with 'scorecard rules apply'")]
    [InlineData("{ \"schemaVersion\": 2, \"rules\": [] }", "scorecard.lock.json: schemaVersion 2 is not 1")]
    public async Task LockFileThatCannotBeReadIsNamedAndNothingIsSent(string text, string mistake)
    {
        await using var api = await TestApi.StartAsync();
        using var build = new PublishProcess(api.Server.Url).Write("scorecard.lock.json", text);
        var said = build.Publish("checkout", ["Traced"], "Publish=true");
        Assert.Contains($"warning SCORE0025: service:checkout is not published: {build[mistake]}", said, StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests.Requests);
        Assert.Contains("error SCORE0025:", build.Publish("checkout", ["Traced"], "Publish=true", "PublishRequired=true"), StringComparison.Ordinal);
    }

    /// <summary>Nothing leaves the machine: the proxy is a port on which nobody listens.</summary>
    [Fact]
    public void SiteWithoutScorecardsIsNamedOnceBeforeAnythingIsSent()
    {
        var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var address = nobody.LocalEndpoint;
        nobody.Stop();
        using var build = new PublishProcess().With("DD_SITE", "ddog-gov.com").With("HTTPS_PROXY", $"http://{address}");
        var first = build.Publish("checkout", ["Traced"], "Publish=true", "Timeout=1");
        Assert.Contains("warning SCORE0029: the API's documentation says that scorecards are not supported on api.ddog-gov.com", first, StringComparison.Ordinal);
        Assert.True(first.IndexOf("SCORE0029", StringComparison.Ordinal) < first.IndexOf("SCORE0020", StringComparison.Ordinal), first);
        Assert.DoesNotContain("SCORE0029", build.Publish("mail", ["Traced"], "Publish=true", "Timeout=1"), StringComparison.Ordinal);
    }

    static string LockOf(string id) => $$"""{ "schemaVersion": 1, "rules": [{ "scorecard": "Production Readiness", "name": "Traced", "id": "{{id}}" }] }""";
}
