using System.Diagnostics;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>The publishing task as a process, which is how an MSBuild that cannot load it runs it. Its environment is its own, and so are its temporary files.</summary>
sealed class PublishProcess : IDisposable
{
    static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "SystemRoot"];

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
        var report = this[$"artifacts/{service}/outcomes.json"];
        folder.With($"artifacts/{service}/.keep").With($"{service}/{service}.csproj");
        new OutcomesDocument(
            OutcomesDocument.CurrentSchemaVersion, new Entity($"service:{service}", "the test"), new Revision("1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", DateTimeOffset.UnixEpoch, "main", null), $"{service}/{service}.csproj", "net10.0", null,
            [.. rules.Select(rule => new Outcome(rule, rule, "Production Readiness", 1, OutcomeState.Pass, null, []))])
        .Write(report);

        var start = new ProcessStartInfo("dotnet", [
            typeof(Publisher).Assembly.Location, Sdk(), "PublishScorecard",
            $"ProjectFile={this[$"{service}/{service}.csproj"]}", $"RepositoryRoot={folder.Root}", $"ReportFile={report}", $"PublishedFile={this[$"artifacts/{service}/published"]}", $"BuildKey={key}", "Timeout=600", .. parameters])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", error.GetAwaiter().GetResult());
        Assert.DoesNotContain("-key", output, StringComparison.Ordinal);
        return output;
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The folder of the SDK that runs the tests: it has MSBuild's own assemblies.</summary>
    static string Sdk()
    {
        var root = new DirectoryInfo(typeof(object).Assembly.Location).Parent!.Parent!.Parent!.Parent!.FullName;
        return Directory.GetDirectories(Path.Combine(root, "sdk")).Order(StringComparer.Ordinal).Last();
    }
}
