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

    /// <summary>What a compiler warning looks like in the log, as csc indents it.</summary>
    const string Finding = """

                    {
                      "ruleId": "CS8602",
                      "ruleIndex": 0,
                      "level": "warning",
                      "message": {
                        "text": "Dereference of a possibly null reference."
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "file:///repo/shop/src/Shop/Orders/OrderRepository.cs"
                            },
                            "region": {
                              "startLine": 112,
                              "startColumn": 9,
                              "endLine": 112,
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

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var service = await run.ServiceAsync();
        var small = Grow(service, run.Folder, Small);
        var times = await InOneNodeAsync(run.Folder, service, small, WarmUp + 200);
        yield return Measurement.AtMost($"EvaluateScorecard on a log of {Small / 1024} KB, in the second to twentieth project of a node", Paired.Median(times.Skip(1).Take(19)), "ms", MostMilliseconds);
        yield return new Measurement("the same in the first", times[0], "ms", "", true);
        yield return new Measurement("the same in calls 200 to 400, which the runtime profiles", Paired.Median(times.Skip(200).Take(200)), "ms", "", true);
        yield return new Measurement($"the same after {WarmUp:N0} calls", Paired.Median(times.Skip(WarmUp)), "ms", "", true);

        var large = Grow(service, run.Folder, Large);
        var slow = Paired.Median((await InOneNodeAsync(run.Folder, service, large, 15)).Skip(5));
        yield return Measurement.AtLeast($"EvaluateScorecard on a log of {Large / 1024 / 1024} MB in a warm node", Large / 1e6 / slow * 1000, "MB/s", LeastMegabytes);

        // What is never allocated can neither stay nor pile up between two collections.
        var growth = (double)AllocatedBy(large) / AllocatedBy(Grow(service, run.Folder, Large / 10));
        yield return Measurement.AtMost($"memory allocated for a log of {Large / 1024 / 1024} MB ÷ for one of a tenth of it", growth, "", MostGrowth);
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

    static long AllocatedBy(string log)
    {
        _ = ErrorLog.Read(log, ScorecardConfiguration.Default.Maps);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ErrorLog.Read(log, ScorecardConfiguration.Default.Maps);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The service's own log with so many more findings that it has the size.</summary>
    static string Grow(BenchService service, string folder, int size)
    {
        var text = File.ReadAllText(service.ErrorLog);
        var start = text.IndexOf("\"results\": [", StringComparison.Ordinal) + "\"results\": [".Length;
        var log = Path.Combine(folder, $"{size}.sarif");
        File.WriteAllText(log, new StringBuilder(text[..start]).Insert(start, Finding, Math.Max(0, (size - text.Length) / Finding.Length)).Append(text, start, text.Length - start).ToString());
        return log;
    }
}
