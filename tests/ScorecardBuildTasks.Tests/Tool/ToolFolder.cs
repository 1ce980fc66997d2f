using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Api;
using ScorecardBuildTasks.Tool;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary>A folder to run the tool's commands in, with an environment of its own: with keys and an API where one is given, else empty.</summary>
sealed class ToolFolder : IDisposable
{
    readonly Dictionary<string, string> environment = [];

    public ToolFolder(TestApi? api = null)
    {
        if (api is null)
            return;
        Set("SCORECARD_API_URL", api.Server.Url.ToString());
        Set("DD_API_KEY", "the-api-key");
        Set("DD_APP_KEY", "the-app-key");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("scorecard tool ").FullName;

    public string this[string path] => Path.Combine(Root, path);

    public void Set(string variable, string value) => environment[variable] = value;

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
        return this[path];
    }

    /// <summary>Writes an <c>outcomes.json</c> of rules in the scorecard 'Production Readiness'.</summary>
    public void WriteOutcomes(string folder, string entity, params (string Rule, OutcomeState State)[] outcomes) =>
        new OutcomesDocument(
            OutcomesDocument.CurrentSchemaVersion, new Entity(entity, "test"), Revision.Unknown, $"{folder}/{folder}.csproj", "net10.0", null,
            [.. outcomes.Select(outcome => new Outcome(outcome.Rule, outcome.Rule, "Production Readiness", 1, outcome.State, outcome.State == OutcomeState.Pass ? null : "because", []))])
        .Write(this[$"{folder}/outcomes.json"]);

    public Task<ToolResult> RunAsync(params string[] arguments) => RunInAsync("", arguments);

    public Task<ToolResult> RunAsync(CancellationToken cancellationToken, params string[] arguments) => RunInAsync("", arguments, cancellationToken);

    public Task<ToolResult> RunInAsync(string folder, params string[] arguments) => RunInAsync(folder, arguments, default);

    async Task<ToolResult> RunInAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = new ToolContext(output, error, environment.GetValueOrDefault, Path.GetFullPath(this[folder]));
        var exitCode = await ScorecardTool.RunAsync(arguments, context, cancellationToken);
        var result = new ToolResult(exitCode, output.ToString(), error.ToString());
        Assert.All(environment.Where(variable => variable.Key.EndsWith("_KEY", StringComparison.Ordinal)), key => Assert.DoesNotContain(key.Value, result.Output + result.Error, StringComparison.Ordinal));
        return result;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>What a command ended with and printed.</summary>
sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The command ended as expected; where it did not, both of its streams show why.</summary>
    public ToolResult Ends(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}\n{Output}{Error}");
        return this;
    }

    /// <summary>It could not do it, and said so in one line without a result.</summary>
    public string Refusal()
    {
        Ends(2);
        Assert.Equal("", Output);
        return Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
