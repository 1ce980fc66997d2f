using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Api;
using OutcomeState = ScorecardBuildTasks.Client.OutcomeState;
using State = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary><c>push</c> and <c>outcomes list</c> against a real server.</summary>
public sealed class PushTests
{
    [Fact]
    public async Task PushedOutcomesAreReadBack()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        await api.AddRuleAsync("Tested");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass), ("Tested", State.Fail));
        folder.WriteOutcomes("out/mail", "service:mail", ("Traced", State.Skip));

        var push = (await folder.RunAsync("push", "out")).Ends(0);
        Assert.Equal("service:checkout: 2 of 2 outcomes published\nservice:mail: 1 of 1 outcomes published\n", push.Output);
        var list = (await folder.RunAsync("outcomes", "list")).Ends(0);
        Assert.Equal(
            """
            entity            scorecard             rule    state  remarks
            service:checkout  Production Readiness  Tested  fail   because
            service:checkout  Production Readiness  Traced  pass
            service:mail      Production Readiness  Traced  skip   because

            """.ReplaceLineEndings("\n"),
            list.Output);
    }

    [Theory]
    [InlineData(1, "--entity", "service:mail")]
    [InlineData(1, "--rule", "Tested")]
    [InlineData(0, "--entity", "service:other")]
    public async Task ListIsNarrowed(int expected, string option, string value)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        await api.AddRuleAsync("Tested");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass), ("Tested", State.Fail));
        folder.WriteOutcomes("out/mail", "service:mail", ("Traced", State.Pass));
        (await folder.RunAsync("push", "out")).Ends(0);
        var list = (await folder.RunAsync("outcomes", "list", option, value)).Ends(0);
        Assert.Equal(expected, list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    [Fact]
    public async Task LinksInRemarksAreReadableAsText()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        var rule = await api.AddRuleAsync("Traced");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:checkout", OutcomeState.Fail, """a &lt; b · <a href="https://host/x?a=1&amp;b=2">src/A.cs:3</a>""")]);
        Assert.Contains("a < b · src/A.cs:3 (https://host/x?a=1&b=2)\n", (await folder.RunAsync("outcomes", "list")).Ends(0).Output, StringComparison.Ordinal);
        Assert.Contains("""<a href=\"https://host/x?a=1&amp;b=2\">""", (await folder.RunAsync("outcomes", "list", "--format", "json")).Ends(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LegsOfOneEntityAreMergedBeforeTheyAreSent()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        folder.WriteOutcomes("out/linux", "service:checkout", ("Traced", State.Fail));
        folder.WriteOutcomes("out/windows", "service:checkout", ("Traced", State.Pass));
        Assert.Equal("service:checkout: 1 of 1 outcomes published\n", (await folder.RunAsync("push", "out")).Ends(0).Output);
        Assert.Contains("Traced  fail", (await folder.RunAsync("outcomes", "list")).Output, StringComparison.Ordinal);
    }

    /// <summary>A guess that happens to be another service's name neither holds that service back nor is sent with it.</summary>
    [Fact]
    public async Task GuessedEntityIsNamedAndNotSent()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass));
        foreach (var (project, reference) in (IEnumerable<(string, string)>)[("shop", "service:shop"), ("other", "service:checkout")])
        {
            folder.WriteOutcomes($"out/{project}", reference, ("Traced", State.Fail));
            var guessed = OutcomesDocument.Read(folder[$"out/{project}/outcomes.json"]);
            (guessed with { Entity = guessed.Entity with { Guessed = true }, Held = "its entity is a guess" }).Write(folder[$"out/{project}/outcomes.json"]);
        }

        var push = (await folder.RunAsync("push", "out")).Ends(0);
        Assert.Equal("service:checkout: 1 of 1 outcomes published\nservice:checkout: held back, so not sent: its entity is a guess\nservice:shop: held back, so not sent: its entity is a guess\n", push.Output);
        Assert.Contains("Traced  pass", Assert.Single((await folder.RunAsync("outcomes", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutcomeThatIsNotEvaluatedIsNamedAndNotSent()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        await api.AddRuleAsync("Tested");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass), ("Tested", State.NotEvaluated));
        var push = (await folder.RunAsync("push", "out")).Ends(0);
        Assert.Equal("service:checkout: 1 of 1 outcomes published\nservice:checkout: Tested Tested not evaluated, so not sent: because\n", push.Output);
        Assert.DoesNotContain("Tested", (await folder.RunAsync("outcomes", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RuleThatTheApiDoesNotHaveIsNamedWithItsRemedy()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass), ("Tested", State.Pass));
        var push = (await folder.RunAsync("push", "out")).Ends(2);
        Assert.Equal("service:checkout: 1 of 2 outcomes published\n", push.Output);
        Assert.Contains("'Tested' in the scorecard 'Production Readiness'", push.Error, StringComparison.Ordinal);
        Assert.Contains("'scorecard rules apply'", push.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockFileSavesListingTheRules()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        var id = await api.AddRuleAsync("Traced");
        new LockFile(LockFile.CurrentSchemaVersion, [new LockedRule("Production Readiness", "Traced", id)]).Write(folder["elsewhere.lock.json"]);
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass));
        var before = Reads();
        (await folder.RunAsync("push", "out", "--lock", "elsewhere.lock.json")).Ends(0);
        Assert.Equal(before, Reads());

        File.Move(folder["elsewhere.lock.json"], folder["scorecard.lock.json"]);
        (await folder.RunAsync("push", "out")).Ends(0);
        Assert.Equal(before, Reads());

        int Reads() => api.Server.Requests.Requests.Count(request => request.Method == "GET" && request.Path.Contains("/rules", StringComparison.Ordinal));
    }

    /// <summary>As in a build: beside the nearest configuration, else at the root; outside of a repository the current folder stands for it.</summary>
    [Theory]
    [InlineData(0, "shop/.git/HEAD", "shop/scorecard.lock.json")]
    [InlineData(0, "shop/.git/HEAD", "shop/scorecard.lock.json", "shop/deploy/scorecard.json")]
    [InlineData(1, "shop/.git/HEAD", "shop/deploy/scorecard.lock.json")]
    [InlineData(0, "shop/.git/HEAD", "shop/deploy/scorecard.lock.json", "shop/deploy/scorecard.json")]
    [InlineData(0, "elsewhere/.git/HEAD", "shop/deploy/scorecard.lock.json")]
    [InlineData(1, "elsewhere/.git/HEAD", "shop/scorecard.lock.json")]
    public async Task LockFileIsLookedForWhereABuildLooks(int listings, string head, string lockFile, string? configuration = null)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        var id = await api.AddRuleAsync("Traced");
        folder.Write(head, "ref: refs/heads/main");
        folder.Write(lockFile, "");
        new LockFile(LockFile.CurrentSchemaVersion, [new LockedRule("Production Readiness", "Traced", id)]).Write(folder[lockFile]);
        if (configuration is not null)
            folder.Write(configuration, "{}");
        folder.WriteOutcomes("shop/deploy/out", "service:checkout", ("Traced", State.Pass));
        var before = api.Server.Requests.Requests.Count;
        Assert.Equal("service:checkout: 1 of 1 outcomes published\n", (await folder.RunInAsync("shop/deploy", "push", "out")).Ends(0).Output);
        Assert.Equal(listings, api.Server.Requests.Requests.Skip(before).Count(request => request.Path.Contains("/rules", StringComparison.Ordinal)));
    }

    /// <summary>From what a restore left behind, else from the package folder; where the preset is in neither, the job has no lock file.</summary>
    [Theory]
    [InlineData("packages/acme.preset/1.2.0", 0)]
    [InlineData("elsewhere/acme.preset/1.2.0", 1)]
    public async Task LockFileOfAPresetPackageSavesListingTheRules(string package, int listings)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        var id = await api.AddRuleAsync("Traced");
        folder.Set("NUGET_PACKAGES", folder["packages"]);
        folder.Write($"{package}/scorecard.json", "{}");
        new LockFile(LockFile.CurrentSchemaVersion, [new LockedRule("Production Readiness", "Traced", id)]).Write(folder[$"{package}/scorecard.lock.json"]);
        folder.Write("scorecard.json", """{ "extends": "Acme.Preset" }""");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass));
        var before = api.Server.Requests.Requests.Count;
        Assert.Equal("service:checkout: 1 of 1 outcomes published\n", (await folder.RunAsync("push", "out")).Ends(0).Output);
        Assert.Equal(listings, api.Server.Requests.Requests.Skip(before).Count(request => request.Path.Contains("/rules", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("commit 1111111", "GITHUB_SHA=1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("commit 2222222", "GITHUB_SHA=1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "--commit", "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public async Task OutcomesOfAContainerGetTheCommitOfTheJob(string mark, string variable, params string[] options)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        folder.Set("GITHUB_ACTIONS", "true");
        folder.Set(variable.Split('=')[0], variable.Split('=')[1]);
        folder.WriteOutcomes("out", "service:checkout", ("Traced", State.Pass));
        (await folder.RunAsync(["push", "out", .. options])).Ends(0);
        Assert.EndsWith(mark, (await api.Client.Outcomes.ListAsync().ToListAsync()).Single().Attributes.Remarks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutcomesKeepTheCommitThatTheyName()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        folder.WriteOutcomes("out", "service:checkout", ("Traced", State.Pass));
        var file = folder["out/outcomes.json"];
        (OutcomesDocument.Read(file) with { Revision = new Revision("3333333cccccccccccccccccccccccccccccccccc", null, null, null) }).Write(file);
        (await folder.RunAsync("push", "out", "--commit", "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")).Ends(0);
        Assert.EndsWith("commit 3333333", (await api.Client.Outcomes.ListAsync().ToListAsync()).Single().Attributes.Remarks, StringComparison.Ordinal);
    }

    /// <summary>What an older commit failed is not said of the newer one, in whose name all of an entity is sent.</summary>
    [Theory]
    [InlineData("push", "service:checkout: 1 of 1 outcomes published\n")]
    [InlineData("report", "Scorecard service:checkout: 1 of 1 rules pass, level 1 (entity from test)\n")]
    public async Task OutcomesOfAnOlderCommitAreLeftOutAndNamed(string command, string output)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        foreach (var (project, state, hour, commit) in (IEnumerable<(string, State, int, string)>)[("web", State.Pass, 2, "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"), ("worker", State.Fail, 1, "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")])
        {
            folder.WriteOutcomes(project, "service:checkout", ("Traced", state));
            var file = folder[$"{project}/outcomes.json"];
            (OutcomesDocument.Read(file) with { Revision = new Revision(commit, new DateTimeOffset(2024, 2, 22, hour, 0, 0, TimeSpan.Zero), null, null) }).Write(file);
        }

        var result = (await folder.RunAsync(command, ".")).Ends(0);
        Assert.Equal(output, result.Output);
        Assert.Equal("scorecard: worker/worker.csproj is left out of service:checkout: it is of commit 1111111 · 2024-02-22T01:00:00Z, and there are outcomes of the newer commit 2222222 · 2024-02-22T02:00:00Z\n", result.Error);
        if (command == "push")
            Assert.Equal("pass", (await api.Client.Outcomes.ListAsync().ToListAsync()).Single().Attributes.State?.Value);
    }

    [Fact]
    public async Task CommitThatIsNoneIsRefused()
    {
        using var folder = new ToolFolder();
        Assert.Contains("--commit 'main' is no commit", (await folder.RunAsync("push", "out", "--commit", "main")).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EntityThatIsNotAllowedStopsEverything()
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        await api.AddRuleAsync("Traced");
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass));
        folder.WriteOutcomes("out/mail", "service:mail", ("Traced", State.Pass));
        folder.Write("allowed.txt", "# of this repository\nservice:checkout  # the shop\n\n");
        var before = api.Server.Requests.Requests.Count;
        var refusal = (await folder.RunAsync("push", "out", "--allow-entities", "allowed.txt")).Refusal();
        Assert.Contains("does not allow service:mail,", refusal, StringComparison.Ordinal);
        Assert.Equal(before, api.Server.Requests.Requests.Count);

        folder.Write("allowed.txt", "service:checkout\nservice:mail\n");
        (await folder.RunAsync("push", "out", "--allow-entities", "allowed.txt")).Ends(0);
    }

    [Theory]
    [InlineData("there is no such folder")]
    [InlineData("there is no outcomes.json below it", "out/readme.txt", "")]
    [InlineData("outcomes.json(2,", "out/outcomes.json", "{\n  nonsense\n}")]
    [InlineData("schemaVersion 2 is not 1", "out/outcomes.json", """{ "schemaVersion": 2, "entity": { "reference": "service:x", "reason": "" }, "revision": {}, "project": "", "framework": "", "outcomes": [] }""")]
    public async Task FolderWithoutOutcomesIsRefused(string said, string? file = null, string? text = null)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = new ToolFolder(api);
        if (file is not null)
            folder.Write(file, text!);
        Assert.Contains(said, (await folder.RunAsync("push", "out")).Refusal(), StringComparison.Ordinal);
    }

    /// <summary>Nothing is sent: whoever pushes gives up at once, and the warning comes before.</summary>
    [Fact]
    public async Task SiteWithoutScorecardsIsWarnedOfBeforeAnythingIsSent()
    {
        using var folder = new ToolFolder();
        folder.Set("DD_SITE", "ddog-gov.com");
        folder.Set("DD_API_KEY", "the-api-key");
        folder.Set("DD_APP_KEY", "the-app-key");
        folder.WriteOutcomes("out", "service:checkout", ("Traced", State.Pass));
        var push = (await folder.RunAsync(new CancellationToken(canceled: true), "push", "out")).Ends(2);
        Assert.Equal(
            "scorecard: warning SCORE0029: the API's documentation says that scorecards are not supported on api.ddog-gov.com; the outcomes are sent all the same\nscorecard: stopped before it was done\n",
            push.Error);
    }

    [Fact]
    public async Task ApiThatIsDownIsOneLine()
    {
        using var folder = new ToolFolder();
        folder.Set("DD_API_KEY", "the-api-key");
        folder.Set("DD_APP_KEY", "the-app-key");
        folder.WriteOutcomes("out", "service:checkout", ("Traced", State.Pass));
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://{free.LocalEndpoint}";
        free.Stop();
        Assert.Contains(address, (await folder.RunAsync("push", "out", "--api-url", address, "--timeout", "1")).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiThatNeverAnswersIsGivenUpOn()
    {
        using var folder = new ToolFolder();
        folder.Set("DD_API_KEY", "the-api-key");
        folder.Set("DD_APP_KEY", "the-app-key");
        folder.WriteOutcomes("out", "service:checkout", ("Traced", State.Pass));
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var refusal = (await folder.RunAsync("push", "out", "--api-url", $"http://{silent.LocalEndpoint}", "--timeout", "1")).Refusal();
        Assert.Contains("within 1 s", refusal, StringComparison.Ordinal);
    }

    /// <summary>A push keeps no build waiting: its time is its own, and where it is not enough, nobody is told that the API is silent.</summary>
    [Fact]
    public async Task ApiThatAnswersTooLittleInTimeIsNotSaidToBeSilent()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        await using var api = builder.Build();
        api.Urls.Add("http://127.0.0.1:0");
        api.Run(async context =>
        {
            if (context.Request.QueryString.Value!.Contains("mail", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await context.Response.WriteAsync("""{"data":[]}""");
        });
        await api.StartAsync();
        using var folder = new ToolFolder();
        folder.Set("DD_API_KEY", "the-api-key");
        folder.Set("DD_APP_KEY", "the-app-key");
        new LockFile(LockFile.CurrentSchemaVersion, [new LockedRule("Production Readiness", "Traced", "r")]).Write(folder["scorecard.lock.json"]);
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Pass));
        folder.WriteOutcomes("out/mail", "service:mail", ("Traced", State.Pass));
        var push = (await folder.RunAsync("push", "out", "--api-url", api.Urls.First(), "--timeout", "2")).Ends(2);
        Assert.Equal("service:checkout: 0 of 1 outcomes published\nservice:mail: 0 of 1 outcomes published\n", push.Output);
        Assert.Equal("scorecard: 127.0.0.1 answered, but not everything within 2 s; nothing is lost, push out again, or give it more time with --timeout\n", push.Error);
    }
}
