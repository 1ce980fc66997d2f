using System.Diagnostics;
using System.Net;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Api;
using ScorecardBuildTasks.Tests.Facts;
using Entity = ScorecardBuildTasks.Evaluation.Entity;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using State = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>What is sent to a real server, and what is left alone.</summary>
public sealed class PublisherTests
{
    const string Scorecard = "Production Readiness";

    static readonly DateTimeOffset Noon = new(2024, 2, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly Revision First = new("1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Noon, "main", null);
    static readonly Revision Second = new("2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", Noon.AddMinutes(1), "main", null);

    [Fact]
    public async Task SameStateOfTheSameCommitIsNotSentAgain()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var publisher = new Publisher(api.Client, null);
        Assert.Single((await publisher.PublishAsync([Document(First, State.Pass)], default)).Landed);
        var writes = Writes(api);

        var again = await publisher.PublishAsync([Document(First, State.Pass)], default);
        Assert.Equal((0, 1, true), (again.Landed.Count, again.Unchanged.Count, again.IsComplete));
        Assert.Equal(writes, Writes(api));
        Assert.Single((await publisher.PublishAsync([Document(First, State.Fail)], default)).Landed);
        Assert.Single((await publisher.PublishAsync([Document(Second, State.Fail)], default)).Landed);
    }

    [Fact]
    public async Task OlderCommitDoesNotOverwriteANewerOne()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var publisher = new Publisher(api.Client, null);
        await publisher.PublishAsync([Document(Second, State.Pass)], default);
        var late = await publisher.PublishAsync([Document(First, State.Fail)], default);
        Assert.Equal((0, 1, true), (late.Landed.Count, late.Superseded.Count, late.IsComplete));
        Assert.Equal("0 of 1 outcomes published, 1 left as a newer commit has them", late.Describe(null, 1));
        Assert.Equal("pass", (await OnlyAsync(api)).State?.Value);
    }

    /// <summary>It names a time that had not come when it was published. Itself it is still known by its mark.</summary>
    [Fact]
    public async Task CommitOfAClockThatWasAheadHoldsNothingBack()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var publisher = new Publisher(api.Client, null);
        var ahead = Second with { Time = Noon.AddYears(200) };
        Assert.Single((await publisher.PublishAsync([Document(ahead, State.Pass)], default)).Landed);
        Assert.Single((await publisher.PublishAsync([Document(ahead, State.Pass)], default)).Unchanged);
        Assert.Single((await publisher.PublishAsync([Document(First, State.Fail)], default)).Landed);
        Assert.Equal("fail", (await OnlyAsync(api)).State?.Value);
    }

    [Theory]
    [InlineData(true, -60)]
    [InlineData(true, 10)]
    [InlineData(false, 11)]
    [InlineData(true, null)]
    public void CommitIsPossibleUpToALittleAfterItsOutcomeWasWritten(bool expected, int? minutesAfter)
    {
        var mark = new CommitMark("1111111", minutesAfter is { } minutes ? Noon.AddMinutes(minutes) : null);
        Assert.Equal(expected, mark.IsPossibleAt(Noon));
        Assert.True(mark.IsPossibleAt(null));
    }

    /// <summary>Where git has the parent; without it only the times tell. What comes from elsewhere is older still.</summary>
    [Fact]
    public async Task ChildThatAClockMadeOlderThanItsParentIsSent()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        using var folder = new TemporaryFolder();
        Git(Noon, "init", "-q", "-b", "main");
        var parent = Commit(Noon.AddMinutes(30));
        var child = Commit(Noon);
        Git(Noon, "checkout", "-q", "--orphan", "elsewhere");
        var stranger = Commit(Noon.AddMinutes(-30));

        await new Publisher(api.Client, null).PublishAsync([Document(parent, State.Fail)], default);
        Assert.Single((await new Publisher(api.Client, null).PublishAsync([Document(child, State.Pass)], default)).Superseded);
        Assert.Single((await new Publisher(api.Client, null) { Repository = folder.Root }.PublishAsync([Document(child, State.Pass)], default)).Landed);
        Assert.Single((await new Publisher(api.Client, null) { Repository = folder.Root }.PublishAsync([Document(stranger, State.Fail)], default)).Superseded);

        Revision Commit(DateTimeOffset time)
        {
            Git(time, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "--allow-empty", "-m", "a change");
            return ReadRevision.Of(folder.Root, CiRun.None);
        }

        void Git(DateTimeOffset time, params IEnumerable<string> arguments)
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder.Root, .. arguments]) { Environment = { ["GIT_COMMITTER_DATE"] = $"@{time.ToUnixTimeSeconds()} +0000" } })!;
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
        }
    }

    [Theory]
    [InlineData("looked at by hand")]
    [InlineData("commit 2222222 · yesterday")]
    [InlineData(null)]
    public async Task RemarkWithoutACommitIsOverwritten(string? remarks)
    {
        await using var api = await TestApi.StartAsync();
        var rule = await api.AddRuleAsync("Traced");
        await api.Client.Outcomes.PublishAsync([new OutcomeUpdate(rule, "service:checkout", Client.OutcomeState.Pass, remarks)]);
        Assert.Single((await new Publisher(api.Client, null).PublishAsync([Document(First, State.Pass)], default)).Landed);
        Assert.EndsWith("commit 1111111 · 2024-02-22T12:00:00Z", (await OnlyAsync(api)).Remarks, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service:checkout")]
    [InlineData("api:checkout-api")]
    public async Task OutcomesOfEveryKindOfEntityAreReadBack(string entity)
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var publisher = new Publisher(api.Client, null);
        var document = Document(First, State.Pass) with { Entity = new Entity(entity, "") };
        var published = await publisher.PublishAsync([document], default);
        Assert.Empty(await publisher.VerifyAsync(published, default));
        Assert.Single((await publisher.PublishAsync([document], default)).Unchanged);
    }

    [Fact]
    public async Task OldestOfTwoRulesOfOneNameIsUsedAndBothAreNamed()
    {
        await using var api = await TestApi.StartAsync();
        var (oldest, newer) = (await api.AddRuleAsync("Traced"), await api.AddRuleAsync("Traced"));
        await api.AddRuleAsync("Traced", "Ownership & Documentation");
        // Nobody here asks for this one.
        await api.AddRuleAsync("Tested");
        await api.AddRuleAsync("Tested");
        var published = await new Publisher(api.Client, null).PublishAsync([Document(First, State.Pass)], default);
        Assert.Equal(oldest, Assert.Single(published.Landed).RuleId);
        var message = Assert.Single(published.Messages);
        Assert.Equal(BuildMessage.RuleIsAmbiguous, message.Code);
        Assert.Equal($"the API has 2 rules 'Traced' in the scorecard '{Scorecard}' ({oldest}, {newer}); the oldest, {oldest}, is used. Delete the others", message.Text);
    }

    [Fact]
    public async Task LockFileThatIsOutOfDateIsSaidToBe()
    {
        await using var api = await TestApi.StartAsync();
        var (kept, removed) = (await api.AddRuleAsync("Traced"), await api.AddRuleAsync("Tested"));
        await api.AddRuleAsync("Owned");
        await api.Client.Rules.RemoveAsync(removed);
        var lockFile = new LockFile(LockFile.CurrentSchemaVersion, [new(Scorecard, "Traced", kept), new(Scorecard, "Tested", removed)]) { Source = "/shop/scorecard.lock.json" };
        var published = await new Publisher(api.Client, lockFile).PublishAsync([Document(First, State.Pass, "Traced", "Tested", "Owned")], default);
        Assert.Equal(kept, Assert.Single(published.Landed).RuleId);
        Assert.Equal(
            [
                $"SCORE0022 the API does not know what /shop/scorecard.lock.json has as id of a rule, whose outcomes are therefore not published; write the file anew with 'scorecard rules apply': 'Tested' in the scorecard '{Scorecard}'",
                $"SCORE0022 /shop/scorecard.lock.json lacks a rule, whose outcomes are therefore not published; write the file anew with 'scorecard rules apply', which creates what the API lacks: 'Owned' in the scorecard '{Scorecard}'",
            ],
            published.Messages.Select(message => $"{message.Code} {message.Text}"));
    }

    [Fact]
    public async Task AllRulesThatTheApiLacksAreOneMessage()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var document = Document(First, State.Pass, "Traced", "Tested", "Owned");
        document = document with { Outcomes = [.. document.Outcomes, document.Outcomes[0] with { Scorecard = "Code Quality" }] };
        var message = Assert.Single((await new Publisher(api.Client, null).PublishAsync([document], default)).Messages);
        Assert.Equal(
            $"SCORE0022 the API lacks 3 rules, whose outcomes are therefore not published; create what is missing with 'scorecard rules apply': 'Traced' in the scorecard 'Code Quality'; 'Owned', 'Tested' in the scorecard '{Scorecard}'",
            $"{message.Code} {message.Text}");
    }

    /// <summary>The API accepts before it stores. What reads as it was sent is not asked for again.</summary>
    [Fact]
    public async Task VerifyReadsUntilTheApiHasStoredWhatItAccepted()
    {
        var api = new ScriptedApi(Answer(), Answer("pass"), Answer("fail"), Answer("pass"));
        using var client = api.CreateClient();
        var publisher = new Publisher(client, null) { Time = api.Time, MaxRequestsInFlight = 1 };
        Assert.Empty(await api.Time.RunAsync(() => publisher.VerifyAsync(Sent("service:checkout", "service:mail"), default)));
        Assert.Equal([250.0, 500.0], api.Time.Waits.Select(wait => wait.TotalMilliseconds));
        Assert.Equal(["checkout", "mail", "checkout", "checkout"], api.Requests.Select(request => request.Url.Query.Contains("mail", StringComparison.Ordinal) ? "mail" : "checkout"));
    }

    [Fact]
    public async Task OutcomeThatReadsOtherwiseWhenTheTimeIsUpIsNamedByVerify()
    {
        using var time = new CancellationTokenSource();
        var api = new ScriptedApi(Answer("fail"), Answer("fail"), request =>
        {
            time.Cancel();
            return Answer("fail")(request);
        });
        using var client = api.CreateClient();
        var publisher = new Publisher(client, null) { Time = api.Time };
        Assert.Equal(["service:checkout: rule r was sent as pass and reads fail"], await api.Time.RunAsync(() => publisher.VerifyAsync(Sent("service:checkout"), time.Token)));
        Assert.Equal(3, api.Requests.Count);
    }

    /// <summary>A cold runner knows nothing: what it asks and sends grows with the hundreds of rules only. The API does not say which page is the last, so a full one costs one more listing; of the outcomes none is asked for beyond the last rule's.</summary>
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(99, 1, 1, 1)]
    [InlineData(100, 2, 1, 1)]
    [InlineData(101, 2, 1, 2)]
    public async Task ColdRunnerAsksAsLittleAsPages(int rules, int listings, int readings, int writes)
    {
        await using var api = await TestApi.StartAsync();
        var names = Enumerable.Range(0, rules).Select(i => $"Rule {i:000}").ToArray();
        foreach (var name in names)
            await api.AddRuleAsync(name);
        var before = api.Server.Requests.Requests.Count;
        var published = await new Publisher(api.Client, null).PublishAsync([Document(First, State.Pass, names)], default);
        Assert.Equal(rules, published.Landed.Count);
        var requests = api.Server.Requests.Requests.Skip(before).Select(request => $"{request.Method} {request.Path.Split('?')[0].Split('/')[^1]}").ToArray();
        Assert.Equal((listings, readings, writes), (requests.Count(r => r == "GET rules"), requests.Count(r => r == "GET outcomes"), requests.Count(r => r == "POST outcomes")));

        // The second time the outcomes are there: their pages are read, and nothing is written.
        before = api.Server.Requests.Requests.Count;
        Assert.Equal(rules, (await new Publisher(api.Client, null).PublishAsync([Document(First, State.Pass, names)], default)).Unchanged.Count);
        requests = [.. api.Server.Requests.Requests.Skip(before).Select(request => $"{request.Method} {request.Path.Split('?')[0].Split('/')[^1]}")];
        Assert.Equal((listings, writes, 0), (requests.Count(r => r == "GET rules"), requests.Count(r => r == "GET outcomes"), requests.Count(r => r == "POST outcomes")));
    }

    /// <summary>Other teams' rules have outcomes of the service, which come in no order: all their pages are read where the one that is wanted is not there, or last.</summary>
    [Fact]
    public async Task OutcomesOfOtherRulesAreReadToo()
    {
        await using var api = await TestApi.StartAsync();
        await api.AddRuleAsync("Traced");
        var others = new List<OutcomeUpdate>();
        for (var i = 0; i < 149; i++)
            others.Add(new OutcomeUpdate(await api.AddRuleAsync($"Rule {i}", "Another team's"), "service:checkout", Client.OutcomeState.Pass));
        Assert.True((await api.Client.Outcomes.PublishAsync(others)).IsComplete);
        var before = api.Server.Requests.Requests.Count;
        Assert.Single((await new Publisher(api.Client, null).PublishAsync([Document(First, State.Pass)], default)).Landed);
        Assert.Equal(2, Readings());
        Assert.Single((await new Publisher(api.Client, null).PublishAsync([Document(First, State.Pass)], default)).Unchanged);
        Assert.InRange(Readings(), 3, 4);

        int Readings() => api.Server.Requests.Requests.Skip(before).Count(request => request.Method == "GET" && request.Path.Contains("/outcomes", StringComparison.Ordinal));
    }

    /// <summary>The API answers no reading before four wait for it, and none would ever be answered one after the other.</summary>
    [Fact]
    public async Task HundredEntitiesAreReadAndReadBackSeveralAtATime()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var api = new GatheringApi(4);
        using var client = api.CreateClient();
        var publisher = new Publisher(client, OneRule);
        var published = await publisher.PublishAsync(Hundred("Traced"), impatience.Token);
        Assert.Equal((100, true, false), (published.Landed.Count, published.IsComplete, published.IsLate));
        Assert.Empty(await publisher.VerifyAsync(published, impatience.Token));
        Assert.Equal((200, 1, 4), (api.Readings, api.Writes, api.MostAtATime));
    }

    /// <summary>A hundred outcomes go with a request, four of which are under way; the entities that fill them are read first.</summary>
    [Fact]
    public async Task WhatWasReadIsWrittenThoughTheRestCannotBeRead()
    {
        using var api = new GatheringApi(1) { Refused = "shop-099" };
        using var client = api.CreateClient();
        var published = await new Publisher(client, FiveRules).PublishAsync(Hundred([.. FiveRules.Rules.Select(rule => rule.Name)]), default);
        Assert.Equal((400, 500, 4, false), (published.Landed.Count, published.Evaluated, api.Writes, published.IsLate));
        Assert.Contains("answered 403", published.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiThatAnsweredIsNotSaidToBeSilentWhenTheTimeIsUp()
    {
        using var time = new CancellationTokenSource();
        using var api = new GatheringApi(1) { Hangs = "shop-099", WhenItHangs = time.Cancel };
        using var client = api.CreateClient();
        var publisher = new Publisher(client, FiveRules);
        Assert.Equal("no answer from host within 9 s", publisher.Late("host", "9 s"));
        var published = await publisher.PublishAsync(Hundred([.. FiveRules.Rules.Select(rule => rule.Name)]), time.Token);
        Assert.Equal((400, true, null), (published.Landed.Count, published.IsLate, published.Failure));
        Assert.Equal("host answered, but not everything within 9 s", publisher.Late("host", "9 s"));
    }

    static readonly LockFile OneRule = new(LockFile.CurrentSchemaVersion, [new(Scorecard, "Traced", "r")]);

    static readonly LockFile FiveRules = new(LockFile.CurrentSchemaVersion, [.. Enumerable.Range(0, 5).Select(i => new LockedRule(Scorecard, $"Rule {i}", $"r{i}"))]);

    static IReadOnlyList<OutcomesDocument> Hundred(params IReadOnlyList<string> rules) =>
        [.. Enumerable.Range(0, 100).Select(i => Document(First, State.Pass, rules) with { Entity = new Entity($"service:shop-{i:000}", "the test") })];

    static Published Sent(params IEnumerable<string> entities) => new([.. entities.Select(entity => new OutcomeUpdate("r", entity, Client.OutcomeState.Pass))], [], [], 1, [], null);

    /// <summary>A listing of the rule's outcome in that state, or of none.</summary>
    static Func<HttpRequestMessage, HttpResponseMessage> Answer(string? state = null) => ScriptedApi.Answer(
        HttpStatusCode.OK, state is null ? """{"data":[]}""" : """{"data":[{"id":"o","type":"outcome","attributes":{"state":"STATE"},"relationships":{"rule":{"data":{"id":"r","type":"rule"}}}}]}""".Replace("STATE", state, StringComparison.Ordinal));

    static OutcomesDocument Document(Revision revision, State state, params IReadOnlyList<string> rules) =>
        new(OutcomesDocument.CurrentSchemaVersion, new Entity("service:checkout", "the test"), revision, "src/Checkout.csproj", "net10.0", null,
            [.. (rules.Count == 0 ? ["Traced"] : rules).Select(rule => new Outcome(rule, rule, Scorecard, 1, state, null, []))]);

    static int Writes(TestApi api) => api.Server.Requests.Requests.Count(request => request.Method == "POST" && request.Path.EndsWith("/outcomes", StringComparison.Ordinal));

    static async Task<OutcomeAttributes> OnlyAsync(TestApi api) => (await api.Client.Outcomes.ListAsync().ToListAsync()).Single().Attributes;
}
