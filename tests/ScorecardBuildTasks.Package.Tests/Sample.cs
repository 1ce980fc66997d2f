using System.Text.Json;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A sample copied out of this repository, to be built with the package.</summary>
sealed class Sample : IDisposable
{
    readonly string name;

    public Sample(string name)
    {
        this.name = name;
        var source = Path.Combine(Package.RepositoryRoot, "samples", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
            File.Copy(file, this[relative]);
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("scorecard-sample-").FullName;

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>What the last report came to.</summary>
    public IReadOnlyList<(string Entity, Outcome Outcome)> Outcomes =>
    [
        .. Directory.EnumerateFiles(this["artifacts/scorecard"], "outcomes.json", SearchOption.AllDirectories)
            .Select(OutcomesDocument.Read)
            .SelectMany(document => document.Outcomes.Select(outcome => (document.Entity.Reference, outcome)))
            .OrderBy(row => row.Reference, StringComparer.Ordinal).ThenBy(row => row.outcome.Key, StringComparer.Ordinal),
    ];

    /// <summary>What is written beside the sample: <c>service:checkout SCORE1001 pass</c>.</summary>
    public IReadOnlyList<string> Expected
    {
        get
        {
            using var expected = JsonDocument.Parse(File.ReadAllBytes(this["expected-outcomes.json"]));
            return [.. expected.RootElement.EnumerateArray().Select(row => $"{row.GetProperty("entity")} {row.GetProperty("rule")} {row.GetProperty("state")}").Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Builds the whole solution with reporting on; a build that fails fails the test.</summary>
    public Command Report()
    {
        var build = DotNet("build", $"{name}.slnx", "-nologo", "-tl:off", "-p:ScorecardReport=true");
        Assert.True(build.ExitCode == 0, build.Output);
        return build;
    }

    public Command DotNet(params IEnumerable<string> arguments) =>
        Command.Run(Root, new Dictionary<string, string?>(Package.Current.Environment) { ["ScorecardBuildTasksVersion"] = Package.Current.Version }, "dotnet", arguments);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
