using System.Text;
using Dapper;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>A WHERE clause put together from the filters that are set; values travel as parameters.</summary>
sealed class Condition
{
    readonly StringBuilder clause = new();

    public DynamicParameters Parameters { get; } = new();

    /// <summary>Column equals value.</summary>
    public Condition Equal(string column, object? value) => value is null ? this : Add($"{column} = {Parameter(value)}");

    /// <summary>Column is one of the values; none of them if there are no values.</summary>
    public Condition OneOf(string column, IReadOnlyList<string>? values) => values is null ? this : Add($"{column} IN {Parameter(values)}");

    /// <summary>Column holds the text somewhere, in whatever case.</summary>
    public Condition Contains(string column, string? text) => text is null
        ? this
        : Add($"LOWER({column}) LIKE {Parameter($"%{text.ToLowerInvariant().Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")}%")} ESCAPE '!'");

    public override string ToString() => clause.ToString();

    Condition Add(string term)
    {
        clause.Append(clause.Length == 0 ? " WHERE " : " AND ").Append(term);
        return this;
    }

    string Parameter(object value)
    {
        var name = $"p{Parameters.ParameterNames.Count()}";
        Parameters.Add(name, value);
        return "@" + name;
    }
}
