using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>A connection while some work uses it; every statement passes through here.</summary>
sealed class Session(DbConnection connection, DbTransaction? transaction, Action<string>? observer, CancellationToken cancellationToken)
{
    /// <summary>A statement is a journey to the database. SQLite is here, and looks a parameter up by walking over all of a statement's: so few of them are fastest.</summary>
    int RowsOfStatement => connection is SqliteConnection ? 1 : 25;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        [.. await connection.QueryAsync<T>(Command(sql, parameters))];

    /// <summary>For the many rows of a page: each read by whoever knows the order of its columns, which spares looking at every value's type.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, Func<DbDataReader, T> read)
    {
        await using var reader = await connection.ExecuteReaderAsync(Command(sql, parameters));
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    public Task<T?> FindAsync<T>(string sql, object? parameters = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Inserts rows with as few statements as pay; a statement's text is put together, and read by SQLite, once for all of them.</summary>
    /// <param name="into">The table with its columns.</param>
    /// <param name="onConflict">What is done with a row that is there already.</param>
    /// <param name="rows">A value for each column: texts and whole numbers.</param>
    public async Task InsertAsync(string into, string onConflict, IEnumerable<object?[]> rows)
    {
        DbCommand? command = null;
        try
        {
            foreach (var chunk in rows.Chunk(RowsOfStatement))
            {
                var values = chunk.SelectMany(row => row).ToArray();
                if (command?.Parameters.Count != values.Length)
                {
                    if (command is not null)
                        await command.DisposeAsync();
                    command = Insertion(into, onConflict, chunk.Length, values);
                }

                for (var i = 0; i < values.Length; i++)
                    command.Parameters[i].Value = values[i] ?? DBNull.Value;
                observer?.Invoke(command.CommandText);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            if (command is not null)
                await command.DisposeAsync();
        }
    }

    DbCommand Insertion(string into, string onConflict, int rows, object?[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.DbType = values[i] is long ? DbType.Int64 : DbType.String;
            command.Parameters.Add(parameter);
        }

        var columns = values.Length / rows;
        var places = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns, columns).Select(i => $"@p{i}"))})");
        command.CommandText = $"INSERT INTO {into} VALUES {string.Join(", ", places)} {onConflict}";
        return command;
    }

    CommandDefinition Command(string sql, object? parameters)
    {
        observer?.Invoke(sql);
        return new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken);
    }
}
