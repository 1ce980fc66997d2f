using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Limits;
using ScorecardBuildTasks.Tests.Api;
using ScorecardBuildTasks.Tests.Tool;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>Publishing the services of a build one after the other, against a real server.</summary>
public sealed partial class ServicesOfOneBuildTests
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

    /// <summary>The service that lists the rules for the others does not use the one that is there twice.</summary>
    [Fact]
    public async Task RulesOfOneNameAreToldByTheServiceThatUsesThem()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var oldest = await api.AddRuleAsync("Tested");
        await api.AddRuleAsync("Tested");
        using var build = new PublishProcess(api.Server.Url);
        Assert.DoesNotContain("SCORE0024", build.Publish("checkout", ["Traced"], "Publish=true"), StringComparison.Ordinal);
        Assert.Contains("mail.csproj: warning SCORE0024: the API has 2 rules 'Tested' in the scorecard 'Production Readiness' ", build.Publish("mail", ["Traced", "Tested"], "Publish=true"), StringComparison.Ordinal);
        Assert.Contains("stock.csproj: SCORE0024: ", build.Publish("stock", ["Tested"], "Publish=true"), StringComparison.Ordinal);
        Assert.All(await api.Client.Outcomes.ListAsync(new OutcomeFilter { RuleName = "Tested" }).ToListAsync(), outcome => Assert.Equal(oldest, outcome.Relationships?.Rule?.Data.Id));
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

    /// <summary>A gateway says that its page is compressed, which it is not.</summary>
    [Fact]
    public async Task AnswerThatCannotBeReadIsNoMatterOfTheLockFile()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        await using var gateway = builder.Build();
        gateway.Urls.Add("http://127.0.0.1:0");
        gateway.Run(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync("<html>nobody is at home</html>");
        });
        await gateway.StartAsync();
        using var build = new PublishProcess(new Uri(gateway.Urls.First())).Write("scorecard.lock.json", LockOf("1"));
        var said = build.Publish("checkout", ["Traced"], "Publish=true", "Timeout=1");
        Assert.Contains("warning SCORE0020: service:checkout is not published: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("SCORE0025", said, StringComparison.Ordinal);
    }

    /// <summary>The first service of a build warns; of the others it is a line, which says the same of them.</summary>
    [Theory]
    [InlineData("SCORE0020", "service:mail is not published: ScorecardTimeout 'soon'", "Timeout=soon")]
    [InlineData("SCORE0021", "service:mail is not published: set the environment variable DD_APP_KEY", "")]
    [InlineData("SCORE0022", "the API lacks a rule, ", "")]
    [InlineData("SCORE0023", "DD_API_KEY was given as a property", "KeyProperties=DD_API_KEY")]
    [InlineData("SCORE0025", "service:mail is not published: ", "")]
    public async Task WhatKeepsEveryServiceBackIsOneWarningOfABuild(string code, string line, string parameter)
    {
        await using var api = await TestApi.StartAsync();
        using var build = new PublishProcess(api.Server.Url);
        if (code == "SCORE0021")
            build.With("DD_APP_KEY", "");
        if (code == "SCORE0025")
            build.Write("scorecard.lock.json", "nonsense");
        var said = new[] { "checkout", "mail", "stock" }
            .Select(service => build.Publish(service, ["Traced"], ["Publish=true", .. parameter.Length > 0 ? [parameter] : Array.Empty<string>()]).Split('\n').Where(text => text.Contains(code, StringComparison.Ordinal)).ToArray())
            .ToArray();
        Assert.All(said, lines => Assert.Single(lines));
        Assert.Equal([true, false, false], said.Select(lines => lines[0].Contains($": warning {code}: ", StringComparison.Ordinal)));
        Assert.StartsWith($"mail.csproj: {code}: {line}", said[1][0], StringComparison.Ordinal);
        Assert.StartsWith($"stock.csproj: {code}: ", said[2][0], StringComparison.Ordinal);
    }

    /// <summary>Whoever follows the one warning of a build loses the outcomes of none of its services.</summary>
    [Theory]
    [InlineData("SCORE0020", "Timeout=soon")]
    [InlineData("SCORE0021", "")]
    public async Task CommandOfTheWarningSendsWhatAllServicesLeft(string code, string parameter)
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        using var build = new PublishProcess(api.Server.Url);
        if (code == "SCORE0021")
            build.With("DD_APP_KEY", "");
        var said = string.Concat(new[] { "checkout", "mail" }.Select(service =>
            build.Publish(service, ["Traced"], ["Publish=true", $"OutputDirectory={build[PublishProcess.Outcomes]}{Path.DirectorySeparatorChar}", .. parameter.Length > 0 ? [parameter] : Array.Empty<string>()])));
        var warning = Assert.Single(said.Split('\n'), line => line.Contains($": warning {code}: ", StringComparison.Ordinal));
        Assert.DoesNotContain(api.Server.Requests.Requests, request => request.Path.Contains("/outcomes", StringComparison.Ordinal));

        using var elsewhere = new ToolFolder(api);
        var push = (await elsewhere.RunAsync("push", Command().Match(warning).Groups["folder"].Value)).Ends(0);
        Assert.Equal("service:checkout: 1 of 1 outcomes published\nservice:mail: 1 of 1 outcomes published\n", push.Output);
    }

    /// <summary>Somebody else's file holds nobody back; one's own does.</summary>
    [Fact]
    public async Task FileThatCannotBeReadIsOneWarningAndHoldsNoServiceBack()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        using var build = new PublishProcess(api.Server.Url).Write($"{PublishProcess.Outcomes}/old/outcomes.json", """{ "schemaVersion": 2 }""");
        var said = new[] { "checkout", "mail" }.Select(service => build.Publish(service, ["Traced"], "Publish=true", $"OutputDirectory={build[PublishProcess.Outcomes]}")).ToArray();
        Assert.All(said, lines => Assert.Contains("1 of 1 outcomes published", lines, StringComparison.Ordinal));
        Assert.Contains("checkout.csproj: warning SCORE0031: ", Assert.Single(string.Concat(said).Split('\n'), line => line.Contains("SCORE", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("warning SCORE0016: ", build.Publish("stock", ["Traced"], "Publish=true", $"ReportFile={build[$"{PublishProcess.Outcomes}/old/outcomes.json"]}"), StringComparison.Ordinal);
    }

    /// <summary>Whether the listing of the rules fails, the reading of the outcomes or, before either, the lock file.</summary>
    [Theory]
    [InlineData("SCORE0020", null)]
    [InlineData("SCORE0020", """{ "schemaVersion": 1, "rules": [{ "scorecard": "Production Readiness", "name": "Traced", "id": "1" }] }""")]
    [InlineData("SCORE0025", "nonsense")]
    public async Task PublishThatFailsIsOneWarningWhateverCannotBeReadBesides(string code, string? lockFile)
    {
        await using var api = await TestApi.StartAsync(configure: options => options with { Faults = FaultPlan.Parse("403:1") });
        using var build = new PublishProcess(api.Server.Url).Write($"{PublishProcess.Outcomes}/old/outcomes.json", """{ "schemaVersion": 2 }""");
        if (lockFile is not null)
            build.Write("scorecard.lock.json", lockFile);
        var said = build.Publish("checkout", ["Traced"], "Publish=true", $"OutputDirectory={build[PublishProcess.Outcomes]}").Split('\n');
        Assert.Contains($": warning {code}: ", Assert.Single(said, line => line.Contains("warning ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Single(said, line => line.StartsWith("checkout.csproj: SCORE0031: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RequiredPublishThatFailsIsAnErrorOfEveryService()
    {
        await using var api = await TestApi.StartAsync();
        using var build = new PublishProcess(api.Server.Url).With("DD_APP_KEY", "");
        Assert.All(["checkout", "mail"], service => Assert.Contains(": error SCORE0021: ", build.Publish(service, ["Traced"], "Publish=true", "PublishRequired=true"), StringComparison.Ordinal));
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

    [GeneratedRegex("""'scorecard push "(?<folder>[^"]+)"'""", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    static string LockOf(string id) => $$"""{ "schemaVersion": 1, "rules": [{ "scorecard": "Production Readiness", "name": "Traced", "id": "{{id}}" }] }""";
}
