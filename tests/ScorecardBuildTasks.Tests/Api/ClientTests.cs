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
        using var http = new HttpClient(silent);
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

    [Fact]
    public async Task HttpClientThatFollowsRedirectsIsFoundOut()
    {
        await using var other = await StartAsync(context => context.Response.WriteAsync(NoRules));
        await using var api = await StartAsync(context =>
        {
            context.Response.Redirect(other.Urls.First());
            return Task.CompletedTask;
        });
        using var http = new HttpClient();
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(api.Urls.First()), ApiKey = "a", ApplicationKey = "b" }, http);
        var exception = await Assert.ThrowsAsync<ScorecardApiException>(() => client.Rules.FindAsync("r"));
        Assert.Contains("ScorecardClient.CreateHandler", exception.Message, StringComparison.Ordinal);
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
    public void TimestampIsKeptToTheNanosecond(string text)
    {
        Assert.True(Timestamp.TryParse(text, out var timestamp));
        Assert.Equal(text, timestamp.ToString());
    }

    [Fact]
    public void TimestampOfAnotherZoneIsTurnedToUtc()
    {
        Assert.True(Timestamp.TryParse("2026-01-01T01:00:00.5+02:00", out var timestamp));
        Assert.Equal("2025-12-31T23:00:00.5Z", timestamp.ToString());
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 0, 0, 500, TimeSpan.Zero), timestamp.ToDateTimeOffset());
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
