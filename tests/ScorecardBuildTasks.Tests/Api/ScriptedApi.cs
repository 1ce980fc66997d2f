using System.Net;
using System.Text;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>Answers what a test tells it to, for what no real server can be made to answer.</summary>
sealed class ScriptedApi(params IEnumerable<Func<HttpRequestMessage, HttpResponseMessage>> answers) : HttpMessageHandler
{
    readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> answers = new(answers);

    public TestTime Time { get; } = new();

    /// <summary>Method, URL and body of each request.</summary>
    public List<(string Method, Uri Url, string? Body)> Requests { get; } = [];

    public ScorecardClient CreateClient(Func<ScorecardClientOptions, ScorecardClientOptions>? configure = null)
    {
        var options = new ScorecardClientOptions { ApiUrl = new Uri("https://api.example.com"), ApiKey = "key-1", ApplicationKey = "key-2", TimeProvider = Time };
        return new ScorecardClient(configure is null ? options : configure(options), new HttpClient(ScorecardClient.CreateHandler(this), disposeHandler: false));
    }

    public static Func<HttpRequestMessage, HttpResponseMessage> Answer(
        HttpStatusCode status, string body = "", string type = "application/vnd.api+json", params (string Name, string Value)[] headers) => request =>
    {
        var response = new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    };

    public static Func<HttpRequestMessage, HttpResponseMessage> Break(HttpRequestError error) => _ => throw new HttpRequestException(error);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, request.RequestUri!, body));
        return answers.Dequeue()(request);
    }
}
