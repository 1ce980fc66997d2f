using ScorecardBuildTasks.Client;

namespace Build.Bench;

/// <summary>What a large publish takes in the process that publishes; the server is another.</summary>
static class ClientBench
{
    const int Outcomes = 100_000;
    const int Rules = 50;
    const double MostMegabytes = 64;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        await using var server = await DemoServer.StartAsync(await run.ToolAsync(), Path.Combine(run.Folder, "client.db"));
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Address, ApiKey = "bench", ApplicationKey = "bench", TotalTimeout = TimeSpan.FromMinutes(10) });
        var rules = new List<string>();
        for (var number = 0; number < Rules; number++)
            rules.Add((await client.Rules.AddAsync(new RuleAttributes { Name = $"Rule {number}", ScorecardName = "Bench" })).Id);
        // What is loaded and compiled once is no part of it.
        await PublishAsync(Outcomes / 100);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var publishing = PublishAsync(Outcomes);
        var most = before;
        while (!publishing.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            await Task.WhenAny(publishing, Task.Delay(1));
        }

        await publishing;
        yield return Measurement.AtMost($"growth of the managed heap while the client publishes {Outcomes:N0} outcomes", (most - before) / 1e6, "MB", MostMegabytes);

        async Task PublishAsync(int count)
        {
            var result = await client.Outcomes.PublishAsync(Enumerable.Range(0, count).Select(number =>
                new OutcomeUpdate(rules[number % Rules], $"service:shop-{number / Rules}", OutcomeState.Pass, "commit 1a2b3c4 · 2026-11-22T10:15:00Z")));
            if (result.Landed.Count < count)
                throw new CommandFailedException($"{result.Unsent.Count} outcomes were not sent: {result.Failure?.Message}");
        }
    }
}
