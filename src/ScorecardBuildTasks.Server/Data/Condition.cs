using System.Diagnostics.CodeAnalysis;
using System.Text;
using Dapper;

namespace ScorecardBuildTasks.Server.Data;

/// <summary>A WHERE clause put together from the filters that are set; values travel as parameters.</summary>
sealed class Condition
{
    readonly StringBuilder clause = new();
    int count;

    public DynamicParameters Parameters { get; } = new();

    public Condition Equal(string column, string? value) => value is null ? this : Add($"{column} = {Parameter(value)}");

    /// <summary>Column, which holds 0 or 1, equals value.</summary>
    public Condition Equal(string column, bool? value) => value is { } flag ? Add($"{column} = {Parameter(flag ? 1L : 0L)}") : this;

    /// <summary>Column is one of the values; none of them if there are no values.</summary>
    public Condition OneOf<T>(string column, IReadOnlyList<T>? values) => values switch
    {
        null => this,
        [] => Add("1 = 0"),
        // Databases keep an index's order over an equality, and not over a list.
        [var only] => Add($"{column} = {Parameter(only!)}"),
        _ => Add($"{column} IN ({string.Join(", ", values.Select(value => Parameter(value!)))})"),
    };

    /// <summary>What a folded column holds of a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Fold(string? text) => text?.ToLowerInvariant();

    /// <summary>A folded column holds the text somewhere, in whatever case.</summary>
    public Condition Contains(string foldedColumn, string? text) => text is null
        ? this
        : Add($"{foldedColumn} LIKE {Parameter($"%{Fold(text).Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")}%")} ESCAPE '!'");

    public override string ToString() => clause.ToString();

    Condition Add(string term)
    {
        clause.Append(clause.Length == 0 ? " WHERE " : " AND ").Append(term);
        return this;
    }

    string Parameter(object value)
    {
        var name = $"p{count++}";
        Parameters.Add(name, value);
        return "@" + name;
    }
}
