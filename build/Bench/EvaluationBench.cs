using System.Text;
using ScorecardBuildTasks.Evaluation;

namespace Build.Bench;

/// <summary>What reading an error log costs a build.</summary>
static class EvaluationBench
{
    const int Small = 400 * 1024;
    const int Large = 40 * 1024 * 1024;
    const double MostMilliseconds = 3;
    const double LeastMegabytes = 200;
    const double MostGrowth = 1.1;

    /// <summary>As many calls of each of its methods as the runtime counts and profiles, one stage behind the other, before it compiles them for the last time.</summary>
    const int WarmUp = 2000;

    /// <summary>Of so many findings one feeds a rule, where any does.</summary>
    internal const int FeedingOneIn = 5;

    /// <summary>Makes a rule of another analyzer's diagnostics, as services have it.</summary>
    internal const string Configuration = """{ "rules": { "async": { "name": "Async code does not block", "scorecard": "Code Quality", "level": 2, "diagnostics": ["CA1849", "CA2012"] } } }""";

    /// <summary>The ids whose findings feed a rule where that configuration is: of ours and of its.</summary>
    static readonly string[] Fed = ["SCORE2008", "CA1849", "SCORE2010", "CA2012", "SCORE4009"];

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var service = await run.ServiceAsync();
        var small = Grow(service, run.Folder, Small, Unfed);
        var times = await InOneNodeAsync(run.Folder, service, small, WarmUp + 200);
        yield return Measurement.AtMost($"EvaluateScorecard on a log of {Small / 1024} KB, in the second to twentieth project of a node", Paired.Median(times.Skip(1).Take(19)), "ms", MostMilliseconds);
        yield return new Measurement("the same in the first", times[0], "ms", "", true);
        yield return new Measurement("the same in calls 200 to 400, which the runtime profiles", Paired.Median(times.Skip(200).Take(200)), "ms", "", true);
        yield return new Measurement($"the same after {WarmUp:N0} calls", Paired.Median(times.Skip(WarmUp)), "ms", "", true);

        foreach (var measurement in await MeasureLargeAsync(run, service, "none of whose added findings feeds a rule", Unfed))
            yield return measurement;
        var mapping = await MappingAsync(service, Path.Combine(run.Folder, "mapping"));
        foreach (var measurement in await MeasureLargeAsync(run, mapping, $"one in {FeedingOneIn} of whose findings feeds a rule", number => MixedFinding(mapping.Root, number)))
            yield return measurement;
    }

    static async Task<Measurement[]> MeasureLargeAsync(BenchRun run, BenchService service, string which, Func<int, string> finding)
    {
        var large = Grow(service, run.Folder, Large, finding);
        var slow = Paired.Median((await InOneNodeAsync(run.Folder, service, large, 15)).Skip(5));

        // What is never allocated can neither stay nor pile up between two collections.
        var growth = (double)AllocatedBy(service, large) / AllocatedBy(service, Grow(service, run.Folder, Large / 10, finding));
        return
        [
            Measurement.AtLeast($"EvaluateScorecard in a warm node on a log of {Large / 1024 / 1024} MB, {which}", Large / 1e6 / slow * 1000, "MB/s", LeastMegabytes),
            Measurement.AtMost($"memory allocated to read it ÷ one of a tenth of it", growth, "", MostGrowth),
        ];
    }

    static async Task<IReadOnlyList<double>> InOneNodeAsync(string folder, BenchService service, string log, int calls)
    {
        var outcomes = Directory.CreateDirectory(Path.Combine(folder, "outcomes")).FullName;
        var times = await WarmNode.RunAsync(folder, service.TasksAssembly, "EvaluateScorecard", $"""
            ProjectFile="{service.Project}" RepositoryRoot="{service.Root}" ErrorLogFile="{log}" OutcomesFile="{outcomes}/outcomes.json" ReferencesFile="{service.ReferencesFile}" AssemblyName="Service" TargetFramework="net10.0" ConfigurationHash="{service.ConfigurationHash}" CatalogFile="{service.Root}/src/Service/entity.datadog.yaml"
            """, calls);
        return OutcomesDocument.Read(Path.Combine(outcomes, "outcomes.json")) is { NotEvaluated: { } why }
            ? throw new CommandFailedException($"what was measured is no evaluation: {why}")
            : times;
    }

    /// <summary>The same service in a repository that maps other analyzers' diagnostics. Its log is that of the service's own build.</summary>
    static async Task<BenchService> MappingAsync(BenchService service, string root)
    {
        foreach (var file in Directory.EnumerateFiles(service.Root, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/.git/", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(root, Path.GetRelativePath(service.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(Path.Combine(root, "scorecard.json"), Configuration);
        await GitRepository.CommitAsync(root);
        return service with { Root = root };
    }

    static long AllocatedBy(BenchService service, string log)
    {
        var file = Path.Combine(service.Root, "scorecard.json");
        var configuration = File.Exists(file) ? ScorecardConfiguration.Load(file, []) : ScorecardConfiguration.Default;
        _ = ErrorLog.Read(log, configuration.Maps);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ErrorLog.Read(log, configuration.Maps);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The service's own log with so many more findings that it has the size.</summary>
    /// <param name="finding">The one of a number.</param>
    static string Grow(BenchService service, string folder, int size, Func<int, string> finding)
    {
        var text = File.ReadAllText(service.ErrorLog);
        var start = text.IndexOf("\"results\": [", StringComparison.Ordinal) + "\"results\": [".Length;
        var log = new StringBuilder(text, 0, start, size + 1024);
        for (var number = 0; log.Length + text.Length - start < size; number++)
            log.Append(finding(number));
        var path = Path.Combine(folder, $"{size}.sarif");
        File.WriteAllText(path, log.Append(text, start, text.Length - start).ToString());
        return path;
    }

    /// <summary>Of the compiler's own, which no configuration here makes a rule of.</summary>
    static string Unfed(int _) => Finding("CS8602", "Dereference of a possibly null reference.", "/repo/shop/src/Shop/Orders/OrderRepository.cs", 112);

    /// <summary>One in five of theirs feeds a rule, each at a place of its own, some tens to a file.</summary>
    internal static string MixedFinding(string root, int number)
    {
        var (fed, rest) = Math.DivRem(number, FeedingOneIn);
        return rest > 0 ? Unfed(number) : Finding(Fed[fed % Fed.Length], $"'Handler{fed % 1000}' does what it should not (blocks level 2)", $"{root}/src/Service/Handlers/Handler{fed / 25}.cs", 1 + (fed % 25 * 4));
    }

    /// <summary>What a warning looks like in the log, as csc indents it.</summary>
    static string Finding(string id, string message, string file, int line) => $$"""

                    {
                      "ruleId": "{{id}}",
                      "ruleIndex": 0,
                      "level": "warning",
                      "message": {
                        "text": "{{message}}"
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "file://{{file}}"
                            },
                            "region": {
                              "startLine": {{line}},
                              "startColumn": 9,
                              "endLine": {{line}},
                              "endColumn": 20
                            }
                          }
                        }
                      ],
                      "properties": {
                        "warningLevel": 1
                      }
                    },
            """;
}
