using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>The publishing task as a process, which is how an MSBuild that cannot load it runs it. Its environment is its own, and so are its temporary files.</summary>
sealed class PublishProcess : IDisposable
{
    /// <summary>Where all services leave their outcomes: a name that a command line has to quote.</summary>
    public const string Outcomes = "what builds left";

    readonly TemporaryFolder folder = new TemporaryFolder().With("temp/.keep");
    readonly Dictionary<string, string> environment = [];
    readonly string key = $"{Guid.NewGuid():N}";

    public PublishProcess(Uri? api = null)
    {
        if (api is not null)
            With("SCORECARD_API_URL", api.ToString());
        With("DD_API_KEY", "the-api-key").With("DD_APP_KEY", "the-app-key");
        foreach (var variable in new[] { "TMPDIR", "TMP", "TEMP" })
            With(variable, this["temp"]);
    }

    public string this[string path] => folder[path];

    public PublishProcess With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public PublishProcess Write(string path, string text)
    {
        folder.With(path, text);
        return this;
    }

    /// <summary>A run of GitHub Actions.</summary>
    public PublishProcess OnGitHub(string trigger, string reference, string? payload)
    {
        if (payload is not null)
            Write("temp/event.json", payload).With("GITHUB_EVENT_PATH", this["temp/event.json"]);
        return With("GITHUB_ACTIONS", "true").With("GITHUB_EVENT_NAME", trigger).With("GITHUB_REF", reference);
    }

    /// <summary>Publishes a service whose rules, of the scorecard 'Production Readiness', all pass. All services of one object are of one build.</summary>
    public string Publish(string service, IEnumerable<string> rules, params IEnumerable<string> parameters)
    {
        var report = this[$"{Outcomes}/{service}/outcomes.json"];
        folder.With($"{Outcomes}/{service}/.keep").With($"{service}/{service}.csproj");
        new OutcomesDocument(
            OutcomesDocument.CurrentSchemaVersion, new Entity($"service:{service}", "the test"), new Revision("1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", DateTimeOffset.UnixEpoch, "main", null), $"{service}/{service}.csproj", "net10.0", null,
            [.. rules.Select(rule => new Outcome(rule, rule, "Production Readiness", 1, OutcomeState.Pass, null, []))])
        .Write(report);

        var publish = TasksProgram.Run(nameof(PublishScorecard), environment.Select(variable => (variable.Key, variable.Value)),
        [
            ("ProjectFile", this[$"{service}/{service}.csproj"]), ("RepositoryRoot", folder.Root), ("ReportFile", report), ("PublishedFile", this[$"{Outcomes}/{service}/published"]), ("BuildKey", key), ("Timeout", "600"),
            .. parameters.Select(parameter => parameter.Split('=', 2)).Select(parameter => (parameter[0], parameter[1])),
        ]);
        Assert.Equal("", publish.Errors);
        Assert.DoesNotContain("-key", publish.Output, StringComparison.Ordinal);
        return publish.Output;
    }

    public void Dispose() => folder.Dispose();
}
