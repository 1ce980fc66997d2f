using System.Globalization;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>Brings a database to this version's tables: a script for each version, applied once and noted in the database.</summary>
static class Schema
{
    /// <exception cref="InvalidOperationException">The database was made by a newer version of the server.</exception>
    public static Task UpgradeAsync(Database database, Timestamp now, CancellationToken cancellationToken) =>
        database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS scorecard_schema (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
            var current = await session.FindAsync<long?>("SELECT MAX(version) FROM scorecard_schema") ?? 0;
            var scripts = Scripts();
            if (current > scripts.Count)
                throw new InvalidOperationException($"The database has version {current} of the tables, this server knows {scripts.Count}: it needs a newer server.");

            for (var version = current + 1; version <= scripts.Count; version++)
            {
                foreach (var statement in scripts[(int)version - 1].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    await session.ExecuteAsync(statement);
                await session.ExecuteAsync(
                    "INSERT INTO scorecard_schema (version, applied_at) VALUES (@version, @appliedAt)", new { version, appliedAt = now.ToMicroseconds() });
            }
            return scripts.Count;
        }, cancellationToken);

    /// <summary>The scripts' texts; the script for version 1 is first.</summary>
    static List<string> Scripts()
    {
        List<string> scripts = [];
        var assembly = typeof(Schema).Assembly;
        while (assembly.GetManifestResourceStream((scripts.Count + 1).ToString("D3", CultureInfo.InvariantCulture) + ".sql") is { } stream)
        {
            using var reader = new StreamReader(stream);
            var lines = reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal));
            scripts.Add(string.Join('\n', lines));
        }
        return scripts;
    }
}
