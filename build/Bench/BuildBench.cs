using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>What the package does in builds that have nothing to do.</summary>
static class BuildBench
{
    const int Services = 20;
    const double MostMilliseconds = 5;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var services = await ManyServices.CreateFurnishedAsync(run, "unchanged", Services);
        foreach (var (report, mode) in new[] { ("false", "an unchanged build"), ("true", "an unchanged build that reports") })
        {
            await services.BuildAsync($"-p:ScorecardReport={report}");
            var file = Path.Combine(run.Folder, "targets");
            await services.BuildAsync($"-p:ScorecardReport={report}", "--no-restore", "-m:1", TargetTimesFile.To(file));
            var entries = TargetTimesFile.Read(file);
            var perProject = entries.Where(entry => !entry.IsTask && entry.Name.StartsWith("_Scorecard", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(entry.Project))!.StartsWith("Service", StringComparison.Ordinal) && !entry.Project.EndsWith(".Tests.csproj", StringComparison.Ordinal)).GroupBy(entry => entry.Project).Select(project => project.Sum(entry => entry.Milliseconds)).ToArray();
            var milliseconds = Paired.Median(perProject);
            yield return new Measurement($"{mode}: time in our targets per project, median of {Services}", milliseconds, "ms", $"≤ {MostMilliseconds}", milliseconds <= MostMilliseconds);
            yield return new Measurement($"{mode}: the same in the first project of a new MSBuild", perProject[0], "ms", "", true);
            // A line that is printed is no work, and neither is asking a reference.
            string[] tasks = [.. entries.Where(entry => entry.IsTask && entry.Name.StartsWith("_Scorecard", StringComparison.Ordinal) && !entry.Name.EndsWith(" Message", StringComparison.Ordinal) && !entry.Name.EndsWith(" MSBuild", StringComparison.Ordinal)).Select(entry => entry.Name)];
            if (tasks.Length > 0)
                Console.WriteLine(string.Join('\n', tasks.CountBy(task => task).Select(task => $"{task.Value} × {task.Key}")));
            yield return None($"{mode}: tasks in our targets besides MSBuild's own MSBuild and Message", tasks.Length);
        }

        yield return None("a design-time build: targets of ours with work", await WorkInDesignTimeAsync(await run.ServiceAsync()));
        yield return None("an edited test file in an ordinary build: compilations of the service", await CompilationsAfterEditedTestAsync(run));
    }

    static Measurement None(string what, int count) => new(what, count, "", "0", count == 0);

    /// <summary>A target works when it starts a task; setting properties and items is what evaluation does as well.</summary>
    static async Task<int> WorkInDesignTimeAsync(BenchService service)
    {
        var output = await Shell.RunAsync(service.Root, service.Environment, "dotnet", "msbuild", service.Project, "-nologo", "-tl:off", "-m:1", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-v:detailed");
        var working = new HashSet<string>(StringComparer.Ordinal);
        var (target, seen) = ("", false);
        foreach (var line in output.Split('\n').Select(line => line.Trim()))
        {
            if (Regex.Match(line, "^Target \"(?<name>[^\"]+)\" in ", RegexOptions.CultureInvariant) is { Success: true } started)
                target = started.Groups["name"].Value;
            seen |= target.StartsWith("_Scorecard", StringComparison.Ordinal);
            if (target.StartsWith("_Scorecard", StringComparison.Ordinal) && Regex.IsMatch(line, "^Task \"[^\"]+\"$", RegexOptions.CultureInvariant))
                working.Add(target);
        }

        return seen ? working.Count : throw new CommandFailedException($"no target of ours is in a design-time build:\n{output}");
    }

    /// <summary>Whether the service's assembly is written again when one of its tests changes and both are built.</summary>
    static async Task<int> CompilationsAfterEditedTestAsync(BenchRun run)
    {
        var (service, solution) = (await run.ServiceAsync(), await ServiceSolution.CreateAsync(Path.Combine(run.Folder, "edited"), 1));
        string[] build = ["build", solution.Tests, "-nologo", "-tl:off", "-v:quiet", "-p:ScorecardReport=false", .. service.Brought];
        await Shell.RunAsync(solution.Root, service.Environment, "dotnet", build);
        var before = (Service: WrittenAt(solution.Service), Tests: WrittenAt(solution.Tests));
        await File.AppendAllTextAsync(Directory.EnumerateFiles(Path.GetDirectoryName(solution.Tests)!, "OrderTests1.cs", SearchOption.AllDirectories).Single(), "\npublic sealed class EditedTests\n{\n    [Xunit.Fact]\n    public void Holds() => Xunit.Assert.True(true);\n}\n");
        await Shell.RunAsync(solution.Root, service.Environment, "dotnet", build);
        return WrittenAt(solution.Tests) == before.Tests
            ? throw new CommandFailedException("the edited test was not compiled")
            : WrittenAt(solution.Service) == before.Service ? 0 : 1;

        static DateTime WrittenAt(string project) => File.GetLastWriteTimeUtc(Path.Combine(Path.GetDirectoryName(project)!, "obj", "Debug", "net10.0", Path.GetFileNameWithoutExtension(project) + ".dll"));
    }
}
