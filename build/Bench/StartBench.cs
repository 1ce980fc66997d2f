using System.Diagnostics;

namespace Build.Bench;

/// <summary>How long whoever starts the tool waits for it.</summary>
static class StartBench
{
    const int Starts = 15;
    const double MostForHelp = 150;
    const double MostForAnswer = 500;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var scorecard = await run.ToolAsync();
        var help = await MedianAsync(async _ =>
        {
            using var process = Process.Start(new ProcessStartInfo(scorecard, ["--help"]) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
        });
        yield return Measurement.AtMost("scorecard --help", help, "ms", MostForHelp);

        // A database of its own each time: its tables are made before the first answer.
        using var http = new HttpClient();
        var servers = new List<DemoServer>();
        var answer = await MedianAsync(async start =>
        {
            var server = await DemoServer.StartAsync(scorecard, Path.Combine(run.Folder, $"start{start}.db"));
            servers.Add(server);
            (await http.GetAsync(new Uri(server.Address, "/health"))).EnsureSuccessStatusCode();
        }, async () =>
        {
            await servers[^1].DisposeAsync();
        });
        yield return Measurement.AtMost("start of the server to its first answer, with a new SQLite file", answer, "ms", MostForAnswer);
    }

    /// <summary>Milliseconds; the first start, which reads everything from the disk, does not count.</summary>
    static async Task<double> MedianAsync(Func<int, Task> start, Func<Task>? after = null)
    {
        var times = new List<double>();
        for (var number = 0; number <= Starts; number++)
        {
            var watch = Stopwatch.StartNew();
            await start(number);
            times.Add(watch.Elapsed.TotalMilliseconds);
            await (after?.Invoke() ?? Task.CompletedTask);
        }

        return Paired.Median(times.Skip(1));
    }
}
