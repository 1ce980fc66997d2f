using System.Diagnostics;
using System.Text.Json;

namespace Build.Bench;

/// <summary>What the first page costs as outcomes become many, with each filter, and what a page costs far behind the first.</summary>
static class ServerReadingBench
{
    internal const int PageSize = 100;

    /// <summary>So few that every filter's answer is little more than the page.</summary>
    internal const int Few = PageSize * BenchServer.RuleCount;
    const int Many = 1_000_000;
    const int WarmUp = 1000;

    /// <summary>Each of the orders in which three can be read comes as often as the others.</summary>
    const int Pairs = 102;
    const double Most = 2;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        await using var one = await FillAsync(run, "one.db", rules => [(rules[7], "shop-7", "skip")]);
        await using var disabled = await FillAsync(run, "disabled.db", rules => [(rules[^1], "shop-7", "skip")]);
        await using var few = await FillAsync(run, "few.db", rules => OutcomeBatches.Of(rules, 0, Few));
        await using var many = await FillAsync(run, "many.db", rules => OutcomeBatches.Of(rules, 0, Many));
        // The one outcome is one that the filter leaves in.
        var filters = new Dictionary<string, Func<BenchServer, string>>
        {
            ["no filter"] = _ => "",
            ["a service"] = _ => "&filter[outcome][service_name]=shop-7",
            ["a state"] = _ => "&filter[outcome][state]=skip",
            ["a rule's id"] = server => $"&filter[rule][id]={server.Rules[7]}",
            ["a rule's name"] = _ => "&filter[rule][name]=Rule 8",
            ["enabled rules"] = _ => "&filter[rule][enabled]=true",
            ["disabled rules"] = _ => "&filter[rule][enabled]=false",
        };
        foreach (var (name, filter) in filters)
        {
            var (overOne, overFew) = (new List<(double, double)>(), new List<(double, double)>());
            var atOne = name == "disabled rules" ? disabled : one;
            BenchServer[] servers = [many, few, atOne];
            foreach (var (server, count) in servers.Zip([PageSize, PageSize, 1]))
                await RequireAsync(server, filter(server), count);
            var times = new double[servers.Length];
            for (var round = 0; round < WarmUp + Pairs; round++)
            {
                foreach (var which in Paired.OrderOf(round, servers.Length))
                    times[which] = await ReadAsync(servers[which], filter(servers[which]));
                if (round < WarmUp)
                    continue;
                overOne.Add((times[0], times[2]));
                overFew.Add((times[0], times[1]));
            }

            yield return Measurement.AtMost(Most, $"reading a page of {PageSize} at {Many:N0} outcomes ÷ at 1: {name}", Paired.Of(overOne));
            yield return Measurement.Beside($"the same ÷ at {Few:N0}, where the page is as full", Paired.Of(overFew));
        }

        foreach (var offset in (int[])[0, Many / 100, Many / 10, Many - PageSize])
        {
            var times = new List<double>();
            for (var time = 0; time < 5; time++)
                times.Add(await ReadAsync(many, $"&page[offset]={offset}"));
            yield return new Measurement($"reading a page of {PageSize} at {Many:N0} outcomes, offset {offset:N0}", Paired.Median(times), "ms", "", true);
        }
    }

    static async Task<BenchServer> FillAsync(BenchRun run, string file, Func<IReadOnlyList<string>, IEnumerable<(string, string, string)>> outcomes)
    {
        var database = $"Data Source={Path.Combine(run.Folder, file)}";
        var server = await BenchServer.StartAsync(database);
        await using var table = await OutcomeTable.OpenAsync(database);
        await table.InsertAsync(outcomes(server.Rules), perTransaction: 5000);
        return server;
    }

    /// <summary>A page that is not full, or has more than the one outcome, would be compared with what it is not.</summary>
    static async Task RequireAsync(BenchServer server, string query, int count)
    {
        using var answer = JsonDocument.Parse(await server.Http.GetByteArrayAsync(PageOf(query)));
        if (answer.RootElement.GetProperty("data").GetArrayLength() is var found && found != count)
            throw new CommandFailedException($"a page has {found} outcomes instead of {count}: {PageOf(query)}");
    }

    static string PageOf(string query) => $"api/v2/scorecard/outcomes?page[size]={PageSize}{query}";

    /// <returns>Milliseconds.</returns>
    static async Task<double> ReadAsync(BenchServer server, string query)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await server.Http.GetAsync(PageOf(query));
        await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return watch.Elapsed.TotalMilliseconds;
    }
}
