using System.Net;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Tests.Api;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>An API that answers readings only when so many wait for an answer, takes every write, and says of every entity that rule <c>r</c> passes.</summary>
sealed class GatheringApi(int together) : HttpMessageHandler
{
    readonly object gate = new();
    TaskCompletionSource gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int waiting;
    int atATime;

    public int Readings { get; private set; }

    public int Writes { get; private set; }

    public int MostAtATime { get; private set; }

    /// <summary>An entity that may not be read.</summary>
    public string? Refused { get; init; }

    /// <summary>An entity for which there never is an answer.</summary>
    public string? Hangs { get; init; }

    public Action WhenItHangs { get; init; } = static () => { };

    public ScorecardClient CreateClient() => new(
        new ScorecardClientOptions { ApiUrl = new Uri("https://api.example.com"), ApiKey = "key-1", ApplicationKey = "key-2" }, new HttpClient(ScorecardClient.CreateHandler(this), disposeHandler: false));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            lock (gate)
                Writes++;
            return ScriptedApi.Answer(HttpStatusCode.Accepted, "{}")(request);
        }

        if (IsOf(Hangs))
        {
            WhenItHangs();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        Task all;
        lock (gate)
        {
            Readings++;
            MostAtATime = Math.Max(MostAtATime, ++atATime);
            all = gathered.Task;
            if (++waiting == together)
            {
                gathered.SetResult();
                (gathered, waiting) = (new(TaskCreationOptions.RunContinuationsAsynchronously), 0);
            }
        }

        await all.WaitAsync(cancellationToken);
        lock (gate)
            atATime--;
        return IsOf(Refused)
            ? ScriptedApi.Answer(HttpStatusCode.Forbidden, """{"errors":["Forbidden"]}""")(request)
            : ScriptedApi.Answer(HttpStatusCode.OK, """{"data":[{"id":"o","type":"outcome","attributes":{"state":"pass"},"relationships":{"rule":{"data":{"id":"r","type":"rule"}}}}]}""")(request);

        bool IsOf(string? entity) => entity is not null && request.RequestUri!.Query.Contains(entity, StringComparison.Ordinal);
    }
}
