using System.Data;
using System.Data.Common;
using Dapper;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>A connection while some work uses it; every statement passes through here.</summary>
sealed class Session(DbConnection connection, DbTransaction? transaction, Action<string>? observer, CancellationToken cancellationToken)
{
    /// <summary>Databases look parameters up by walking over all of them, so more rows are not always faster.</summary>
    const int RowsOfStatement = 25;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        [.. await connection.QueryAsync<T>(Command(sql, parameters))];

    public Task<T?> FindAsync<T>(string sql, object? parameters = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Inserts rows, several in a statement: a statement costs a journey to the database, and its text is read but once in a row.</summary>
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
