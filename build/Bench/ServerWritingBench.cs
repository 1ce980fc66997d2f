using System.Diagnostics;
using System.Net.Http.Headers;
using Npgsql;

namespace Build.Bench;

/// <summary>How fast outcomes come into the server, beside what the database takes by itself.</summary>
static class ServerWritingBench
{
    const int PerRequest = 1000;
    const int PerRound = 20_000;
    const int InFlight = 4;
    const int Pairs = 15;
    const double LeastPerSecond = 20_000;
    const double LeastOfRaw = 0.6;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        string InFolder(string name) => $"Data Source={Path.Combine(run.Folder, name)}";
        var onSqlite = await PairsAsync(InFolder("server.db"), InFolder("raw.db"));
        yield return Measurement.AtLeast($"outcomes into the server on SQLite, {PerRequest} to a request", Paired.Median(onSqlite.Select(pair => pair.Server)), "/s", LeastPerSecond);
        yield return Measurement.AtLeast(LeastOfRaw, "the same ÷ raw parameterised inserts", Paired.Of(onSqlite));

        if (PostgreSqlServer.Absence is not null)
            yield break;
        var onPostgreSql = await PairsAsync(await SchemaAsync("server"), await SchemaAsync("raw"));
        yield return Measurement.AtLeast(LeastOfRaw, "the same ratio on PostgreSQL", Paired.Of(onPostgreSql));
    }

    static async Task<IReadOnlyList<(double Server, double Raw)>> PairsAsync(string served, string raw)
    {
        await using var server = await BenchServer.StartAsync(served);
        // Its tables are those of a server, which rests meanwhile.
        await using var other = await BenchServer.StartAsync(raw);
        await using var table = await OutcomeTable.OpenAsync(raw);
        var rates = new List<(double, double)>();
        for (var pair = -1; pair < Pairs; pair++)
        {
            var first = (pair + 1) * (PerRound / BenchServer.RuleCount);
            var requests = OutcomeBatches.Of(server.Rules, first, PerRound).Chunk(PerRequest).Select(outcomes => outcomes.ToRequest()).ToList();
            var outcomes = OutcomeBatches.Of(other.Rules, first, PerRound).ToList();
            var (watch, times) = (new Stopwatch(), new double[2]);
            foreach (var which in pair % 2 == 0 ? (int[])[0, 1] : [1, 0])
            {
                watch.Restart();
                await (which == 0 ? SendAsync(server.Http, requests) : table.InsertAsync(outcomes, PerRequest));
                times[which] = watch.Elapsed.TotalSeconds;
            }

            // The first pair finds everything cold.
            if (pair >= 0)
                rates.Add((PerRound / times[0], PerRound / times[1]));
        }

        return rates;
    }

    static Task SendAsync(HttpClient http, IEnumerable<byte[]> requests) =>
        Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (request, cancellation) =>
        {
            using var content = new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await http.PostAsync("api/v2/scorecard/outcomes", content, cancellation);
            answer.EnsureSuccessStatusCode();
        });

    /// <summary>A schema is a database to those who look no further.</summary>
    static async Task<string> SchemaAsync(string name)
    {
        await using var source = NpgsqlDataSource.Create(PostgreSqlServer.Instance.ConnectionString);
        await using var command = source.CreateCommand($"CREATE SCHEMA bench_{name}");
        await command.ExecuteNonQueryAsync();
        return $"{PostgreSqlServer.Instance.ConnectionString};Search Path=bench_{name}";
    }
}
