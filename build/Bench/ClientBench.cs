using ScorecardBuildTasks.Client;

namespace Build.Bench;

/// <summary>What a large publish takes in the process that publishes; the server is another.</summary>
static class ClientBench
{
    const int Outcomes = 100_000;
    const int Rules = 50;
    const int Publishes = 5;
    const double MostMegabytes = 64;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        await using var server = await DemoServer.StartAsync(await run.ToolAsync(), Path.Combine(run.Folder, "client.db"));
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Address, ApiKey = "bench", ApplicationKey = "bench", TotalTimeout = TimeSpan.FromMinutes(10) });
        var rules = new List<string>();
        for (var number = 0; number < Rules; number++)
            rules.Add((await client.Rules.AddAsync(new RuleAttributes { Name = $"Rule {number}", ScorecardName = "Bench" })).Id);
        // What is loaded and compiled once is no part of it.
        await PublishAsync(OneByOne(Outcomes / 100));

        OutcomeUpdate[] held = [.. OneByOne(Outcomes)];
        var most = 0.0;
        for (var time = 0; time < Publishes; time++)
            most = Math.Max(most, await GrowthAsync(held));
        yield return Measurement.AtMost($"growth of the managed heap while the client publishes {Outcomes:N0} outcomes, the most of {Publishes} times", most, "MB", MostMegabytes);
        yield return new Measurement("the same where they come one by one, and are what grows with all their remarks", await GrowthAsync(OneByOne(Outcomes)), "MB", "", true);

        async Task<double> GrowthAsync(IEnumerable<OutcomeUpdate> outcomes)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var publishing = PublishAsync(outcomes);
            var largest = before;
            while (!publishing.IsCompleted)
            {
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: false));
                await Task.WhenAny(publishing, Task.Delay(1));
            }

            await publishing;
            return (largest - before) / 1e6;
        }

        IEnumerable<OutcomeUpdate> OneByOne(int count) =>
            Enumerable.Range(0, count).Select(number => new OutcomeUpdate(rules[number % Rules], $"service:shop-{number / Rules}", OutcomeState.Fail, RemarksOf(number)));

        async Task PublishAsync(IEnumerable<OutcomeUpdate> outcomes)
        {
            if (await client.Outcomes.PublishAsync(outcomes) is { IsComplete: false } result)
                throw new CommandFailedException($"{result.Unsent.Count} outcomes were not sent: {result.Failure?.Message}");
        }
    }

    /// <summary>What a build writes of one finding; the place is another for each outcome.</summary>
    internal static string RemarksOf(int number)
    {
        var (file, line) = ($"src/Shop{number / Rules}/Orders/OrderService.cs", 1 + (number % Rules));
        return $"1 finding · <a href=\"https://github.com/acme/shop/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/{file}#L{line}\">{file}:{line}</a> · commit 1a2b3c4 · 2026-11-22T10:15:00Z";
    }
}
