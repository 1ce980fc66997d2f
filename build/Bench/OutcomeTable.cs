using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Build.Bench;

/// <summary>The server's table of outcomes as a program writes it that knows nothing else: one prepared statement, a row at a time, so many to a transaction.</summary>
sealed class OutcomeTable : IAsyncDisposable
{
    static readonly string[] Columns = ["rule_id", "entity", "kind", "id", "state", "remarks", "created_at", "modified_at"];

    readonly DbConnection connection;
    readonly DbCommand insert;

    OutcomeTable(DbConnection connection)
    {
        this.connection = connection;
        insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO outcomes ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => $"@{column}"))})";
        foreach (var column in Columns)
        {
            var parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = ($"@{column}", column.EndsWith("_at", StringComparison.Ordinal) ? DbType.Int64 : DbType.String);
            insert.Parameters.Add(parameter);
        }
    }

    /// <param name="database">A database that a server has made its tables in.</param>
    public static async Task<OutcomeTable> OpenAsync(string database)
    {
        DbConnection connection = database.StartsWith("Data Source", StringComparison.Ordinal) ? new SqliteConnection(database) : new NpgsqlConnection(database);
        await connection.OpenAsync();
        if (connection is SqliteConnection)
        {
            // As durable as the server's own.
            await using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
            await pragma.ExecuteNonQueryAsync();
        }

        var table = new OutcomeTable(connection);
        await table.insert.PrepareAsync();
        return table;
    }

    public async Task InsertAsync(IEnumerable<(string Rule, string Entity, string State)> outcomes, int perTransaction)
    {
        foreach (var chunk in outcomes.Chunk(perTransaction))
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
            insert.Transaction = transaction;
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
            foreach (var (rule, entity, state) in chunk)
            {
                object[] values = [rule, entity, "service", Guid.NewGuid().ToString("n")[..11], state, OutcomeBatches.Remarks, now, now];
                for (var column = 0; column < values.Length; column++)
                    insert.Parameters[column].Value = values[column];
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await insert.DisposeAsync();
        await connection.DisposeAsync();
    }
}
