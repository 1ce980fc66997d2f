using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>The server's only state: a SQLite file, or whatever speaks PostgreSQL's protocol. One SQL text serves both.</summary>
sealed class Database : IAsyncDisposable
{
    const int MaxAttempts = 50;

    readonly DbDataSource source;
    readonly Action<string>? observer;
    // SQLite has one writer at a time; waiting here is fair and prompt, where its own busy loop sleeps 150 ms.
    readonly SemaphoreSlim? writer;

    Database(DbDataSource source, bool isSqlite, Action<string>? observer)
    {
        this.source = source;
        this.observer = observer;
        writer = isSqlite ? new SemaphoreSlim(1) : null;
    }

    bool IsSqlite => writer is not null;

    /// <param name="connectionString">With <c>Data Source=</c> a SQLite file, with <c>Host=</c> a PostgreSQL server.</param>
    /// <param name="observer">Told the text of every statement before it runs.</param>
    public static Database Create(string connectionString, Action<string>? observer = null)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (parts.ContainsKey("Host") || parts.ContainsKey("Server"))
            return new Database(NpgsqlDataSource.Create(connectionString), isSqlite: false, observer);
        if (parts.ContainsKey("Data Source") || parts.ContainsKey("DataSource") || parts.ContainsKey("Filename"))
            return new Database(SqliteFactory.Instance.CreateDataSource(connectionString), isSqlite: true, observer);
        throw new ArgumentException("The database is neither 'Data Source=FILE' (SQLite) nor 'Host=…;Database=…' (PostgreSQL).");
    }

    /// <summary>Reads outside any transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await work(new Session(connection, null, observer, cancellationToken));
    }

    /// <summary>
    /// Runs the work as one serializable transaction, again where the database says that it collided with another: so the
    /// work must have no effect but on the session.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        if (writer is not null)
            await writer.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var connection = await OpenAsync(cancellationToken);
                    await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
                    var result = await work(new Session(connection, transaction, observer, cancellationToken));
                    await transaction.CommitAsync(cancellationToken);
                    return result;
                }
                // 40001: serialization failure. 40P01: deadlock. 23505, 42P07: another made the same row or table, which the next attempt finds.
                catch (DbException collision) when (collision.SqlState is "40001" or "40P01" or "23505" or "42P07" && attempt < MaxAttempts)
                {
                    await Task.Delay(Random.Shared.Next(attempt), cancellationToken);
                }
            }
        }
        finally
        {
            writer?.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        writer?.Dispose();
        // A pooled connection keeps the file open, which then cannot be moved or deleted.
        if (IsSqlite)
            SqliteConnection.ClearPool(new SqliteConnection(source.ConnectionString));
    }

    async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        if (IsSqlite)
        {
            await using var command = connection.CreateCommand();
            // WAL lets readers work beside the writer; FULL makes a commit outlast a power cut, which WAL's default does not.
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return connection;
    }
}
