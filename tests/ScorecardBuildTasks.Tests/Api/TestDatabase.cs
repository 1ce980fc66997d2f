using Build;
using Npgsql;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>An empty database that goes away with the test.</summary>
sealed class TestDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
{
    public const string Sqlite = "SQLite";
    public const string PostgreSql = "PostgreSQL";

    public string ConnectionString => connectionString;

    public static async Task<TestDatabase> CreateAsync(string engine)
    {
        if (engine == Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("scorecard-");
            return new TestDatabase($"Data Source={Path.Combine(folder.FullName, "scorecard.db")}", () =>
            {
                folder.Delete(recursive: true);
                return Task.CompletedTask;
            });
        }

        // A schema is a database to those who look no further, and quicker to make.
        var schema = $"test_{Guid.NewGuid():n}";
        await ExecuteAsync($"CREATE SCHEMA {schema}");
        return new TestDatabase($"{PostgreSqlServer.Instance.ConnectionString};Search Path={schema}", () => ExecuteAsync($"DROP SCHEMA {schema} CASCADE"));
    }

    public async ValueTask DisposeAsync() => await drop();

    static async Task ExecuteAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(PostgreSqlServer.Instance.ConnectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
