using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>What the package does in builds that have nothing to do.</summary>
static class BuildBench
{
    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var service = await run.ServiceAsync();
        yield return await UnchangedAsync(service);
        yield return await DesignTimeAsync(service);
    }

    /// <summary>How many of our tasks a second build runs.</summary>
    static async Task<Measurement> UnchangedAsync(BenchService service)
    {
        var output = await service.BuildAsync("-p:ScorecardReport=true", "-v:detailed");
        return Tasks("tasks of ours in an unchanged build", output);
    }

    static async Task<Measurement> DesignTimeAsync(BenchService service)
    {
        var output = await Shell.RunAsync(service.Root, service.Environment, "dotnet", "msbuild", service.Project, "-nologo", "-tl:off", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-v:detailed");
        return Tasks("tasks of ours in a design-time build", output);
    }

    static Measurement Tasks(string what, string output)
    {
        var tasks = Regex.Count(output, "Task \"(CollectScorecardFacts|EvaluateScorecard|ReportScorecard|PublishScorecard)\"", RegexOptions.CultureInvariant);
        return new Measurement(what, tasks, "tasks", "0", tasks == 0);
    }
}
