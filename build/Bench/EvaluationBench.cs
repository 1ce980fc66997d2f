using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Evaluation;

namespace Build.Bench;

/// <summary>What reading an error log costs a build.</summary>
static class EvaluationBench
{
    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        yield return await InWarmNodeAsync(run.Folder, await run.ServiceAsync());
    }

    /// <summary>One MSBuild process evaluates the same log many times; MSBuild's own summary tells the time of all calls but the first.</summary>
    static async Task<Measurement> InWarmNodeAsync(string folder, BenchService service)
    {
        const int calls = 40;
        var log = Path.Combine(folder, "log.sarif");
        var size = GrowLog(service.ErrorLog, log, 400 * 1024);
        var first = await TimeOfEvaluationsAsync(folder, service, log, 1);
        var all = await TimeOfEvaluationsAsync(folder, service, log, 1 + calls);
        if (OutcomesDocument.Read(Path.Combine(folder, "outcomes.0.json")) is { NotEvaluated: { } why })
            throw new CommandFailedException($"what was measured is no evaluation: {why}");
        return new Measurement($"EvaluateScorecard on a log of {size / 1024} KB in a warm node, mean of {calls} calls", (all - first) / calls, "ms", "< 20", (all - first) / calls < 20);
    }

    static async Task<double> TimeOfEvaluationsAsync(string folder, BenchService service, string log, int calls)
    {
        var project = Path.Combine(folder, "evaluate.proj");
        var items = string.Concat(Enumerable.Range(0, calls).Select(call => $"<Call Include=\"{call}\" />"));
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <UsingTask TaskName="ScorecardBuildTasks.Tasks.EvaluateScorecard" AssemblyFile="{service.TasksAssembly}" />
              <ItemGroup>{items}</ItemGroup>
              <Target Name="Evaluate">
                <EvaluateScorecard ProjectFile="{service.Project}" RepositoryRoot="{service.Root}" ErrorLogFile="{log}" OutcomesFile="{folder}/outcomes.%(Call.Identity).json" ReferencesFile="{service.ReferencesFile}"
                                   AssemblyName="Service" TargetFramework="net10.0" ConfigurationHash="{service.ConfigurationHash}" CatalogFile="{service.Root}/src/Service/entity.datadog.yaml" />
              </Target>
            </Project>
            """);
        var output = await Shell.RunAsync(folder, null, "dotnet", "msbuild", project, "-nologo", "-clp:PerformanceSummary", "-tl:off");
        return Regex.Match(output, @"(?<ms>\d+) ms\s+EvaluateScorecard\s+(?<calls>\d+) calls", RegexOptions.CultureInvariant) is { Success: true } match
            ? double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture)
            : throw new CommandFailedException($"MSBuild's summary does not name the task:\n{output}");
    }

    /// <summary>Repeats the log's own findings until it has the size.</summary>
    static long GrowLog(string source, string target, int size)
    {
        var text = File.ReadAllText(source);
        var finding = """
            {"ruleId":"CA1000","ruleIndex":0,"level":"note","message":{"text":"Do not declare static members on generic types"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///src/Service/Orders.cs"},"region":{"startLine":12,"startColumn":9,"endLine":12,"endColumn":20}}}],"properties":{"warningLevel":1}},
            """;
        var grown = new StringBuilder(text);
        var start = text.IndexOf("\"results\": [", StringComparison.Ordinal) + "\"results\": [".Length;
        while (grown.Length < size)
            grown.Insert(start, finding);
        File.WriteAllText(target, grown.ToString());
        return new FileInfo(target).Length;
    }
}
