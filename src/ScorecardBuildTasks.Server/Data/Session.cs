using System.Data.Common;
using Dapper;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>A connection while some work uses it; every statement passes through here.</summary>
sealed class Session(DbConnection connection, DbTransaction? transaction, Action<string>? observer, CancellationToken cancellationToken)
{
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        [.. await connection.QueryAsync<T>(Command(sql, parameters))];

    public Task<T?> FindAsync<T>(string sql, object? parameters = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    CommandDefinition Command(string sql, object? parameters)
    {
        observer?.Invoke(sql);
        return new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken);
    }
}
