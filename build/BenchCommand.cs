using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Build.Bench;
using ScorecardBuildTasks.Evaluation;

namespace Build;

/// <summary>Measures what the package costs a build. One row is one measurement; a further one is a further method in the list.</summary>
static class BenchCommand
{
    static string Folder => Path.Combine(Repository.Artifacts, "bench");

    public static Command Create()
    {
        var projects = new Option<string[]>("--project") { Description = "A project that restores and builds here, for the rules to be measured on beside the generated ones.", HelpName = "FILE" };
        var sizes = new Option<int[]>("--size") { Description = "Sizes of the generated service; 1 is 100 files.", DefaultValueFactory = _ => [1, 4], AllowMultipleArgumentsPerToken = true, HelpName = "N" };
        var pairs = new Option<int>("--pairs") { Description = "How many pairs of compilations are measured.", DefaultValueFactory = _ => 10, HelpName = "N" };
        var peers = new Option<bool>("--peers") { Description = "All peers beside our rules; otherwise Roslynator, which the goal is set by." };
        var only = new Option<bool>("--rules-only") { Description = "Measures the rules in the compiler and nothing else." };
        var publishing = new Option<bool>("--publishing-only") { Description = "Measures what publishing adds to a build and nothing else." };
        var command = new Command("bench", "Measures what the package costs a build, and writes artifacts/bench.json.") { projects, sizes, pairs, peers, only, publishing };
        command.SetAction(async (result, _) => await RunAsync(result.GetValue(only), result.GetValue(publishing), rules => rules.RunAsync(result.GetValue(projects) ?? [], result.GetValue(sizes)!, result.GetValue(pairs), result.GetValue(peers))));
        return command;
    }

    static async Task<int> RunAsync(bool rulesOnly, bool publishingOnly, Func<RulesBench, Task<IReadOnlyList<RulesCost>>> measureRules)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        var suffix = $"bench{DateTimeOffset.UtcNow:yyMMddHHmmss}";
        var packages = Path.Combine(Folder, "packages");
        await PackCommand.PackAsync(packages, suffix, PackCommand.BuildPackage);
        var service = await BenchService.CreateAsync(Path.Combine(Folder, "service"), $"0.1.0-{suffix}", packages);

        var costs = publishingOnly ? [] : await measureRules(new RulesBench(Folder, service.Package, service.Environment));
        List<Measurement> measurements = [.. costs.SelectMany(RulesBench.Measurements)];
        if (!rulesOnly)
            measurements.AddRange(await BenchPublishing.MeasureAsync(Path.Combine(Folder, "services"), $"0.1.0-{suffix}", packages));
        if (!rulesOnly && !publishingOnly)
            measurements.AddRange([await EvaluationInWarmNodeAsync(service), await UnchangedBuildAsync(service), await DesignTimeBuildAsync(service)]);
        foreach (var measurement in measurements)
            Console.WriteLine($"{measurement.What}: {measurement.Value.ToString("0.###", CultureInfo.InvariantCulture)} {measurement.Unit} (goal {measurement.Goal}): {(measurement.Met ? "met" : "missed")}");
        await File.WriteAllTextAsync(Path.Combine(Repository.Artifacts, "bench.json"), JsonSerializer.Serialize(new { Measurements = measurements, Rules = costs }, new JsonSerializerOptions { WriteIndented = true }));
        return measurements.All(measurement => measurement.Met) ? 0 : 1;
    }

    /// <summary>One MSBuild process evaluates the same log many times; MSBuild's own summary tells the time of all calls but the first.</summary>
    static async Task<Measurement> EvaluationInWarmNodeAsync(BenchService service)
    {
        const int calls = 40;
        var log = Path.Combine(Folder, "log.sarif");
        var size = GrowLog(service.ErrorLog, log, 400 * 1024);
        var first = await TimeOfEvaluationsAsync(service, log, 1);
        var all = await TimeOfEvaluationsAsync(service, log, 1 + calls);
        if (OutcomesDocument.Read(Path.Combine(Folder, "outcomes.0.json")) is { NotEvaluated: { } why })
            throw new CommandFailedException($"what was measured is no evaluation: {why}");
        return new Measurement($"EvaluateScorecard on a log of {size / 1024} KB in a warm node, mean of {calls} calls", (all - first) / calls, "ms", "< 20", (all - first) / calls < 20);
    }

    static async Task<double> TimeOfEvaluationsAsync(BenchService service, string log, int calls)
    {
        var project = Path.Combine(Folder, "evaluate.proj");
        var items = string.Concat(Enumerable.Range(0, calls).Select(call => $"<Call Include=\"{call}\" />"));
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <UsingTask TaskName="ScorecardBuildTasks.Tasks.EvaluateScorecard" AssemblyFile="{service.TasksAssembly}" />
              <ItemGroup>{items}</ItemGroup>
              <Target Name="Evaluate">
                <EvaluateScorecard ProjectFile="{service.Project}" RepositoryRoot="{service.Root}" ErrorLogFile="{log}" OutcomesFile="{Folder}/outcomes.%(Call.Identity).json" ReferencesFile="{service.ReferencesFile}"
                                   AssemblyName="Service" TargetFramework="net10.0" ConfigurationHash="{service.ConfigurationHash}" CatalogFile="{service.Root}/src/Service/entity.datadog.yaml" />
              </Target>
            </Project>
            """);
        var output = await Shell.RunAsync(Folder, null, "dotnet", "msbuild", project, "-nologo", "-clp:PerformanceSummary", "-tl:off");
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

    /// <summary>How many of our tasks a second build runs.</summary>
    static async Task<Measurement> UnchangedBuildAsync(BenchService service)
    {
        var output = await service.BuildAsync("-p:ScorecardReport=true", "-v:detailed");
        return Tasks("tasks of ours in an unchanged build", output);
    }

    static async Task<Measurement> DesignTimeBuildAsync(BenchService service)
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

/// <summary>A row of the table.</summary>
/// <param name="Goal">As text; <paramref name="Met"/> compares with it.</param>
sealed record Measurement(string What, double Value, string Unit, string Goal, bool Met);
