using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Http;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class ClientTests
{
    const string NoRules = """{"data":[],"links":{"next":"/api/v2/scorecard/rules?page%5Blimit%5D=1&page%5Boffset%5D=1"}}""";

    static readonly Func<HttpRequestMessage, HttpResponseMessage> Accepted =
        ScriptedApi.Answer(HttpStatusCode.Accepted, """{"data":{"id":"x","type":"batched-outcome"},"meta":{"total_received":1}}""");

    static readonly Func<HttpRequestMessage, HttpResponseMessage> Found = ScriptedApi.Answer(HttpStatusCode.OK, NoRules);

    [Fact]
    public async Task WaitsAsLongAsTheRateLimitAsks()
    {
        var api = new ScriptedApi(
            ScriptedApi.Answer(HttpStatusCode.TooManyRequests, """{"errors":["Too many requests"]}""", headers: ("X-RateLimit-Reset", "7")),
            ScriptedApi.Answer(HttpStatusCode.ServiceUnavailable, "", headers: ("Retry-After", "3")),
            Found);
        using var client = api.CreateClient();
        Assert.Null(await api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.Equal(2, api.Time.Waits.Count);
        Assert.InRange(api.Time.Waits[0].TotalSeconds, 7, 8);
        Assert.InRange(api.Time.Waits[1].TotalSeconds, 3, 4);
    }

    [Fact]
    public async Task BacksOffWhereNothingIsAsked()
    {
        var api = new ScriptedApi(
            ScriptedApi.Answer(HttpStatusCode.InternalServerError), ScriptedApi.Answer(HttpStatusCode.BadGateway),
            ScriptedApi.Break(HttpRequestError.ResponseEnded), ScriptedApi.Break(HttpRequestError.ConnectionError), Found);
        using var client = api.CreateClient();
        await api.Time.RunAsync(() => client.Rules.FindAsync("r"));
        Assert.Collection(api.Time.Waits,
            wait => Assert.InRange(wait.TotalSeconds, 0.25, 0.5), wait => Assert.InRange(wait.TotalSeconds, 0.5, 1),
            wait => Assert.InRange(wait.TotalSeconds, 1, 2), wait => Assert.InRange(wait.TotalSeconds, 2, 4));
    }

    [Fact]
    public async Task DoesNotWaitForWhatComesAfterItsTime()
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.TooManyRequests, "<html>slow down</html>", "text/html", ("X-RateLimit-Reset", "31")));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.Equal(HttpStatusCode.TooManyRequests, exception.Status);
        Assert.Equal("an answer of type text/html", Assert.Single(exception.Errors).Title);
        Assert.Empty(api.Time.Waits);
    }

    [Fact]
    public async Task AttemptsStayWithinTheBudget()
    {
        var api = new ScriptedApi(Enumerable.Repeat(ScriptedApi.Answer(HttpStatusCode.InternalServerError), 100));
        using var client = api.CreateClient(options => options with { TotalTimeout = TimeSpan.FromSeconds(10) });
        await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.InRange(api.Time.Waits.Sum(wait => wait.TotalSeconds), 1, 10);
        Assert.InRange(api.Requests.Count, 4, 8);
    }

    [Fact]
    public async Task SilentServerEndsWithTheBudget()
    {
        var api = new ScriptedApi();
        using var silent = new SilentHandler();
        using var http = new HttpClient(ScorecardClient.CreateHandler(silent));
        using var client = new ScorecardClient(
            new ScorecardClientOptions { ApiUrl = new Uri("https://api.example.com"), ApiKey = "a", ApplicationKey = "b", TimeProvider = api.Time, TotalTimeout = TimeSpan.FromSeconds(12) }, http);
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.Null(exception.Status);
        Assert.Contains("none within 12 s", exception.Message, StringComparison.Ordinal);
        Assert.InRange(api.Time.Waits.Sum(wait => wait.TotalSeconds), 10, 12);
    }

    [Fact]
    public async Task CancelledCallIsNotRepeated()
    {
        using var cancel = new CancellationTokenSource();
        var api = new ScriptedApi(request =>
        {
            cancel.Cancel();
            return ScriptedApi.Answer(HttpStatusCode.InternalServerError)(request);
        });
        using var client = api.CreateClient();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Rules.FindAsync("r", cancel.Token));
        Assert.Single(api.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task RefusalIsNotRepeated(HttpStatusCode status)
    {
        var api = new ScriptedApi(ScriptedApi.Answer(status));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.Equal(status, exception.Status);
    }

    [Fact]
    public async Task CreateThatWasCutOffIsNotRepeated()
    {
        var api = new ScriptedApi(ScriptedApi.Break(HttpRequestError.ResponseEnded));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" })));
        Assert.Contains("look before you send it again", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task CreateThatMayHaveBeenDoneIsNotRepeated(HttpStatusCode status)
    {
        var api = new ScriptedApi(Enumerable.Repeat(ScriptedApi.Answer(status), 2));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" })));
        Assert.Equal(status, exception.Status);
        Assert.Contains("look before you send it again", exception.Message, StringComparison.Ordinal);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task CreateBeyondTheRateLimitIsRepeated()
    {
        var api = new ScriptedApi(
            ScriptedApi.Answer(HttpStatusCode.TooManyRequests),
            ScriptedApi.Answer(HttpStatusCode.Created, """{"data":{"id":"r","type":"rule","attributes":{"name":"A","scorecard_name":"S"}}}"""));
        using var client = api.CreateClient();
        var rule = await api.Time.RunAsync(() => client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" }));
        Assert.Equal("r", rule.Id);
    }

    [Fact]
    public async Task CreateThatNeverLeftIsRepeated()
    {
        var api = new ScriptedApi(
            ScriptedApi.Break(HttpRequestError.ConnectionError),
            ScriptedApi.Answer(HttpStatusCode.Created, """{"data":{"id":"r","type":"rule","attributes":{"name":"A","scorecard_name":"S"}}}"""));
        using var client = api.CreateClient();
        var rule = await api.Time.RunAsync(() => client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" }));
        Assert.Equal("r", rule.Id);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    [InlineData(HttpRequestError.ConnectionError, true)]
    public async Task DeleteThatWasCutOffMayFindNothingAfterwards(HttpRequestError error, bool isFailure)
    {
        var api = new ScriptedApi(ScriptedApi.Break(error), ScriptedApi.Answer(HttpStatusCode.NotFound, """{"errors":[{"status":"404","title":"Not Found"}]}"""));
        using var client = api.CreateClient();
        var exception = await Record.ExceptionAsync(() => api.Time.RunAsync(async () =>
        {
            await client.Rules.RemoveAsync("r");
            return true;
        }));
        Assert.Equal(isFailure, exception is ScorecardApiException { Status: HttpStatusCode.NotFound });
        Assert.Equal(isFailure, exception is not null);
    }

    [Theory]
    [InlineData("""{"errors":["Forbidden"]}""", "Forbidden", null, null)]
    [InlineData("""{"status":"error","code":403,"errors":["Forbidden"],"statuspage":"x"}""", "Forbidden", null, null)]
    [InlineData("""{"errors":[{"status":"403","title":"No","detail":"why","source":{"pointer":"/data"}}]}""", "No", "why", "/data")]
    public async Task ErrorsComeInEitherShapeWithAHint(string body, string title, string? detail, string? source)
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.Forbidden, body, headers: ("X-Request-Id", "id-7")));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        var error = Assert.Single(exception.Errors);
        Assert.Equal((title, detail, source), (error.Title, error.Detail, error.Source));
        Assert.Equal("id-7", exception.RequestId);
        Assert.Contains("DD_SITE", exception.Hint, StringComparison.Ordinal);
        Assert.Contains("apm_service_catalog_write", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfSomethingElseIsExplained()
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, "<html>", "text/html"));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.Contains("is https://api.example.com/ its address?", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A gateway that wants a login first answers everything with its page.</summary>
    [Theory]
    [InlineData("<html>log in</html>", "text/html")]
    [InlineData("""{"data":{"id":"x",""", "application/vnd.api+json")]
    public async Task OutcomesThatAPageAnswersHaveNotLanded(string body, string type)
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, body, type));
        using var client = api.CreateClient();
        var outcome = new OutcomeUpdate("r", "service:checkout", OutcomeState.Pass);
        var result = await client.Outcomes.PublishAsync([outcome]);
        Assert.Equal([outcome], result.Unsent);
        Assert.Contains("is https://api.example.com/ its address?", result.Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"data":{"id":"x","type":"async-request"},"meta":{"total_received":1}}""")]
    public async Task OutcomesThatAreAcceptedHaveLandedWhateverTheAnswerHolds(string body)
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.Accepted, body));
        using var client = api.CreateClient();
        Assert.True((await client.Outcomes.PublishAsync([new OutcomeUpdate("r", "service:checkout", OutcomeState.Pass)])).IsComplete);
    }

    [Fact]
    public async Task KeysAreNeverShown()
    {
        List<string> trace = [];
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.Forbidden, """{"errors":["key-1 and key-2 are wrong"]}"""));
        using var client = api.CreateClient(options => options with { Trace = trace.Add });
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        var options = new ScorecardClientOptions { ApiKey = "key-1", ApplicationKey = "key-2", BearerToken = "key-3" };
        Assert.DoesNotContain("key-", exception + string.Concat(trace) + options, StringComparison.Ordinal);
        Assert.Equal("https://api.datadoghq.com/ (with a bearer token)", options.ToString());
        Assert.Equal("*** and *** are wrong", Assert.Single(exception.Errors).Title);
        Assert.Equal("GET https://api.example.com/api/v2/scorecard/rules?filter%5Brule%5D%5Bid%5D=r&page%5Bsize%5D=1&page%5Boffset%5D=0 answered 403 (attempt 1)", Assert.Single(trace));
    }

    [Fact]
    public async Task RedirectToAnotherHostIsNotFollowed()
    {
        List<string> thieves = [];
        await using var thief = await StartAsync(context =>
        {
            thieves.Add(context.Request.Headers["DD-API-KEY"].ToString());
            return Task.CompletedTask;
        });
        await using var api = await StartAsync(context =>
        {
            context.Response.Redirect(thief.Urls.First() + context.Request.Path, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(api.Urls.First()), ApiKey = "a", ApplicationKey = "b" });

        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => client.Rules.FindAsync("r"));

        Assert.Empty(thieves);
        Assert.Contains("which the keys are not sent to", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedirectOnTheSameHostIsFollowed()
    {
        await using var api = await StartAsync(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/moved"))
                await context.Response.WriteAsync(context.Request.Headers["DD-API-KEY"] == "a" ? NoRules : "no key");
            else
                context.Response.Redirect("/moved" + context.Request.Path);
        });
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(api.Urls.First()), ApiKey = "a", ApplicationKey = "b" });
        Assert.Null(await client.Rules.FindAsync("r"));
    }

    /// <summary>It may be one of a gateway, or one that was cut off; what was to be created may have been.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task AnswerThatIsNotCompressedAsItSaysIsAFailureOfTheApi(string encoding)
    {
        var api = new ScriptedApi(Enumerable.Repeat<Func<HttpRequestMessage, HttpResponseMessage>>(request => new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(Decompressed()) }, 100));
        using var client = api.CreateClient();
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.FindAsync("r")));
        Assert.StartsWith("a compressed answer that cannot be read: ", Assert.Single(exception.Errors).Title, StringComparison.Ordinal);
        Assert.NotEmpty(api.Time.Waits);
        exception = await Assert.ThrowsAsync<ScorecardApiException>(() => api.Time.RunAsync(() => client.Rules.AddAsync(new RuleAttributes { Name = "n", ScorecardName = "s" })));
        Assert.Contains("It may have been done all the same", exception.Message, StringComparison.Ordinal);

        // As the handler of the sockets does it.
        Stream Decompressed()
        {
            var answer = new MemoryStream("<html>this is not compressed at all</html>"u8.ToArray());
            return encoding switch
            {
                "gzip" => new GZipStream(answer, CompressionMode.Decompress),
                "deflate" => new ZLibStream(answer, CompressionMode.Decompress),
                _ => new BrotliStream(answer, CompressionMode.Decompress),
            };
        }
    }

    [Fact]
    public async Task ForeignHttpClientIsGivenNoKeys()
    {
        List<string> shown = [];
        WebApplication? api = null;
        await using var other = await StartAsync(context =>
        {
            shown.Add(Keys(context));
            context.Response.Redirect(api!.Urls.First() + "/back");
            return Task.CompletedTask;
        });
        // There and back again, so that the answer comes from the API.
        await using var started = api = await StartAsync(context =>
        {
            shown.Add(Keys(context));
            if (context.Request.Path.StartsWithSegments("/back"))
                return context.Response.WriteAsync(NoRules);
            context.Response.Redirect(other.Urls.First());
            return Task.CompletedTask;
        });
        using var http = new HttpClient();
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(api.Urls.First()), ApiKey = "a", ApplicationKey = "b" }, http);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Rules.FindAsync("r"));
        Assert.Contains("ScorecardClient.CreateHandler", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["", "", ""], shown);

        static string Keys(HttpContext context) => $"{context.Request.Headers["DD-API-KEY"]}{context.Request.Headers["DD-APPLICATION-KEY"]}";
    }

    [Fact]
    public void HandlerThatFollowsRedirectsIsRefused()
    {
        using var sockets = new SocketsHttpHandler();
        using var plain = new HttpClientHandler();
        using var wrapped = new Detour(plain);
        foreach (var handler in (HttpMessageHandler[])[sockets, plain, wrapped])
            Assert.Contains("AllowAutoRedirect", Assert.Throws<ArgumentException>(() => ScorecardClient.CreateHandler(handler)).Message, StringComparison.Ordinal);
        plain.AllowAutoRedirect = false;
        using var accepted = ScorecardClient.CreateHandler(wrapped);
    }

    [Fact]
    public async Task HandlerThatLaterFollowsRedirectsGetsNoKeys()
    {
        var requests = 0;
        await using var api = await StartAsync(context =>
        {
            requests++;
            return context.Response.WriteAsync(NoRules);
        });
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(ScorecardClient.CreateHandler(sockets));
        sockets.AllowAutoRedirect = true;
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(api.Urls.First()), ApiKey = "a", ApplicationKey = "b" }, http);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Rules.FindAsync("r"));
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task RequestTurnedToAnotherHostIsNotSent()
    {
        var api = new ScriptedApi(Found);
        using var http = new HttpClient(new Detour(ScorecardClient.CreateHandler(api)) { Host = "other.example.com" });
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri("https://api.example.com"), ApiKey = "a", ApplicationKey = "b" }, http);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Rules.FindAsync("r"));
        Assert.Contains("other.example.com", exception.Message, StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task HttpClientOfOurHandlerShowsTheKeys()
    {
        await using var api = await StartAsync(context => context.Response.WriteAsync(context.Request.Headers["DD-API-KEY"] == "a" && context.Request.Headers["DD-APPLICATION-KEY"] == "b" ? NoRules : "no key"));
        using var http = new HttpClient(new Detour(ScorecardClient.CreateHandler()));
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(api.Urls.First()), ApiKey = "a", ApplicationKey = "b" }, http);
        Assert.Null(await client.Rules.FindAsync("r"));
    }

    [Theory]
    [InlineData("http://api.datadoghq.com")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1.example.com")]
    public void PlainHttpIsForLoopbackOnly(string url) =>
        Assert.Throws<ArgumentException>(() => new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(url), ApiKey = "a", ApplicationKey = "b" }));

    [Theory]
    [InlineData("DD_API_KEY=a;DD_APP_KEY=b", "https://api.datadoghq.com/ (with keys)")]
    [InlineData("DATADOG_API_KEY=a;DATADOG_APP_KEY=b;DD_SITE=datadoghq.eu", "https://api.datadoghq.eu/ (with keys)")]
    [InlineData("DD_API_KEY=a;DD_SITE=new.example", "https://api.new.example/ (without DD_APP_KEY)")]
    [InlineData("DD_SITE=app.datadoghq.com", "https://api.datadoghq.com/ (without DD_API_KEY, DD_APP_KEY)")]
    [InlineData("DATADOG_SITE=APP.datadoghq.eu", "https://api.datadoghq.eu/ (without DD_API_KEY, DD_APP_KEY)")]
    [InlineData("DD_API_KEY= ;SCORECARD_API_URL=http://127.0.0.1:8126;DD_SITE=datadoghq.eu", "http://127.0.0.1:8126/ (without DD_API_KEY, DD_APP_KEY)")]
    public void EnvironmentIsRead(string variables, string expected) => Assert.Equal(expected, ScorecardClientOptions.FromEnvironment(Environment(variables)).ToString());

    [Theory]
    [InlineData("DD_SITE=https://app.datadoghq.com", "DD_SITE")]
    [InlineData("DD_SITE=evil.example/x", "DD_SITE")]
    [InlineData("SCORECARD_API_URL=localhost", "SCORECARD_API_URL")]
    public void MalformedAddressNamesItsVariable(string variables, string name) =>
        Assert.StartsWith(name, Assert.Throws<ArgumentException>(() => ScorecardClientOptions.FromEnvironment(Environment(variables))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-05-14T19:32:24.873513238Z")]
    [InlineData("2026-05-14T19:32:24.873513Z")]
    [InlineData("2026-05-14T19:32:24.8Z")]
    [InlineData("2026-01-06T12:51:32Z")]
    [InlineData("1969-12-31T23:59:59.999999999Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00.000000001Z")]
    [InlineData("1677-01-01T00:00:00.123456789Z")]
    [InlineData("2262-04-11T23:47:16.854775808Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.999999999Z")]
    public void TimestampIsKeptToTheNanosecond(string text)
    {
        Assert.True(Timestamp.TryParse(text, out var timestamp));
        Assert.Equal(text, timestamp.ToString());
    }

    [Fact]
    public void TimestampsAreOrderedToTheNanosecond()
    {
        string[] inOrder =
        [
            "0001-01-01T00:00:00Z", "1969-12-31T23:59:58.9Z", "1969-12-31T23:59:59.000000001Z", "1969-12-31T23:59:59.000000002Z",
            "1970-01-01T00:00:00Z", "2261-01-01T00:00:00Z", "9999-12-31T23:59:59.999999998Z", "9999-12-31T23:59:59.999999999Z",
        ];
        var timestamps = inOrder.Reverse().Select(text => Timestamp.TryParse(text, out var timestamp) ? timestamp : throw new FormatException(text));
        Assert.Equal(inOrder, timestamps.Order().Select(timestamp => timestamp.ToString()));
    }

    [Fact]
    public void TimestampOfAMomentKeepsItsTicks()
    {
        foreach (var moment in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch.AddTicks(-1)])
            Assert.Equal(moment, ((Timestamp)moment).ToDateTimeOffset());
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("10000-01-01T00:00:00Z")]
    [InlineData("2026-01-01")]
    public void WhatNoTimestampCanHoldIsRefused(string text) => Assert.False(Timestamp.TryParse(text, out _));

    [Fact]
    public async Task CampaignWithoutAnEndIsRead()
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, Campaigns(count: 1, total: 1)));
        using var client = api.CreateClient();
        await foreach (var campaign in client.Campaigns.ListAsync())
            Assert.Equal("9999-12-31T23:59:59Z", campaign.Attributes.DueDate.ToString());
    }

    [Fact]
    public void TimestampOfAnotherZoneIsTurnedToUtc()
    {
        Assert.True(Timestamp.TryParse("2026-01-01T01:00:00.5+02:00", out var timestamp));
        Assert.Equal("2025-12-31T23:00:00.5Z", timestamp.ToString());
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 0, 0, 500, TimeSpan.Zero), timestamp.ToDateTimeOffset());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task PublishStopsWhereTheKeysAreRefused(HttpStatusCode status)
    {
        var api = new ScriptedApi(Accepted, ScriptedApi.Answer(status));
        using var client = api.CreateClient(options => options with { MaxRequestsInFlight = 1 });
        OutcomeUpdate[] outcomes = [.. Enumerable.Range(0, 1000).Select(entity => new OutcomeUpdate("r", $"service:s{entity}", OutcomeState.Pass))];
        var result = await client.Outcomes.PublishAsync(outcomes);
        Assert.Equal(status, result.Failure?.Status);
        Assert.Equal(outcomes[..100], result.Landed);
        Assert.Equal(outcomes[100..], result.Unsent);
        Assert.Equal(2, api.Requests.Count);
    }

    [Theory]
    [InlineData("checkout", "service:checkout", true)]
    [InlineData("service:checkout", "checkout", true)]
    [InlineData("default/checkout", "service:checkout", true)]
    [InlineData("team:default/checkout", "team:checkout", true)]
    [InlineData("team:checkout", "checkout", false)]
    [InlineData("shop/checkout", "checkout", false)]
    public async Task LastOutcomeOfAnEntityIsSent(string first, string last, bool isSame)
    {
        var api = new ScriptedApi(Accepted);
        using var client = api.CreateClient();
        OutcomeUpdate[] outcomes = [new("r", first, OutcomeState.Fail), new("r", last, OutcomeState.Pass)];
        var result = await client.Outcomes.PublishAsync(outcomes);
        Assert.Equal(isSame ? outcomes[1..] : outcomes, result.Landed);
    }

    [Fact]
    public async Task WhatBecameOfOutcomesIsToldInTheirOrder()
    {
        var api = new ScriptedApi(Accepted, Accepted, Accepted);
        using var client = api.CreateClient(options => options with { MaxRequestsInFlight = 1 });
        OutcomeUpdate[] outcomes = [.. Enumerable.Range(0, 210).Select(number => new OutcomeUpdate($"r{number % 7}", $"s{number / 7}", OutcomeState.Pass))];
        var result = await client.Outcomes.PublishAsync([.. outcomes[..5], .. outcomes]);
        Assert.Equal(outcomes, result.Landed);
        Assert.Equal(3, api.Requests.Count);
    }

    [Theory]
    [InlineData("922337203685")]
    [InlineData("922337203685.4775")]
    [InlineData("99999999999999999999")]
    [InlineData("NaN")]
    public void ResetBeyondAllMeasureIsNoFailure(string seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("X-RateLimit-Reset", seconds);
        Assert.InRange(RetryDelay.Next(1, response, DateTimeOffset.UnixEpoch, 1), TimeSpan.Zero, TimeSpan.FromDays(41));
    }

    [Fact]
    public void RetryAfterMayBeADate()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Retry-After", "Sun, 01 Mar 2026 12:00:05 GMT");
        Assert.Equal(TimeSpan.FromSeconds(5), RetryDelay.Next(1, response, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 0));
    }

    [Fact]
    public async Task StateThatDoesNotExistYetIsKept()
    {
        var api = new ScriptedApi(ScriptedApi.Answer(HttpStatusCode.OK, """{"data":[{"id":"o","type":"outcome","attributes":{"state":"stale"}}]}"""));
        using var client = api.CreateClient();
        await foreach (var outcome in client.Outcomes.ListAsync())
            Assert.Equal("stale", outcome.Attributes.State?.Value);
    }

    [Theory]
    [InlineData("50,50,20", 120)]
    [InlineData("100,20", 120)]
    [InlineData("100", 100)]
    [InlineData("0", 0)]
    [InlineData("50,0", 120)]
    [InlineData("100,20", 0)]
    public async Task ListIsReadToItsTotal(string pages, int total)
    {
        int[] counts = [.. pages.Split(',').Select(int.Parse)];
        var api = new ScriptedApi(counts.Select(count => ScriptedApi.Answer(HttpStatusCode.OK, Campaigns(count, total))));
        using var client = api.CreateClient();
        Assert.Equal(counts.Sum(), await client.Campaigns.ListAsync().CountAsync());
        var offsets = counts.Select((_, page) => $"?page%5Blimit%5D=100&page%5Boffset%5D={counts.Take(page).Sum()}");
        Assert.Equal(offsets, api.Requests.Select(request => request.Url.Query));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task PageSizeThatTheApiDoesNotTakeIsRefused(int size)
    {
        var api = new ScriptedApi();
        using var client = api.CreateClient();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("PageSize", async () => await client.Rules.ListAsync(new RuleFilter { PageSize = size }).CountAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("PageSize", async () => await client.Outcomes.ListAsync(new OutcomeFilter { PageSize = size }).CountAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("PageSize", async () => await client.Scorecards.ListAsync(new ScorecardFilter { PageSize = size }).CountAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("PageSize", async () => await client.Campaigns.ListAsync(new CampaignFilter { PageSize = size }).CountAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("PageSize", async () => await client.Scores.ListAsync(ScoreAggregation.ByRule, new ScoreFilter { PageSize = size * 10 }).CountAsync());
        Assert.Empty(api.Requests);
    }

    static string Campaigns(int count, int total)
    {
        const string Campaign = """
            {"id":"c","type":"campaign","attributes":{"key":"c","name":"C","owner":"o","status":"in_progress",
            "created_at":"2026-01-01T00:00:00Z","modified_at":"2026-01-01T00:00:00Z","start_date":"2026-01-01T00:00:00Z","due_date":"9999-12-31T23:59:59Z"}}
            """;
        return $$$"""{"data":[{{{string.Join(',', Enumerable.Repeat(Campaign, count))}}}],"meta":{"count":{{{count}}},"limit":50,"offset":0,"total":{{{total}}}}}""";
    }

    static Func<string, string?> Environment(string variables) => name => variables
        .Split(';')
        .Select(variable => variable.Split('=', 2))
        .FirstOrDefault(variable => variable[0] == name)?[1];

    static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    /// <summary>Sends what passes to a host, if it has one.</summary>
    sealed class Detour(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public string? Host { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Host is not null)
                request.RequestUri = new UriBuilder(request.RequestUri!) { Host = Host }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }

    sealed class SilentHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return never.Task;
        }
    }
}
