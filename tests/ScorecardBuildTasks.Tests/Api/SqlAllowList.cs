using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>
/// The SQL that SQLite, PostgreSQL, CockroachDB, YugabyteDB and Citus have in common, as far as the server needs it. Keywords are
/// written in capitals; whatever is not, must be a name of the schema.
/// </summary>
static partial class SqlAllowList
{
    static readonly HashSet<string> Keywords =
    [
        "SELECT", "DISTINCT", "FROM", "INNER", "LEFT", "JOIN", "ON", "WHERE", "AND", "OR", "IN", "IS", "NOT", "NULL", "LIKE", "ESCAPE", "AS",
        "GROUP", "BY", "ORDER", "DESC", "LIMIT", "OFFSET", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST", "DOUBLE", "PRECISION",
        "COUNT", "SUM", "MIN", "MAX", "LOWER",
        "INSERT", "INTO", "VALUES", "CONFLICT", "DO", "NOTHING", "UPDATE", "SET", "DELETE",
        "CREATE", "TABLE", "INDEX", "IF", "EXISTS", "PRIMARY", "KEY", "TEXT", "BIGINT",
    ];

    static readonly HashSet<string> Names =
    [
        .. SchemaNames().Matches(Schema()).Select(match => match.Value),
        // The table of versions, the pseudo table of an upsert, and short names of tables.
        "scorecard_schema", "version", "applied_at", "excluded", "e", "o", "r", "s", "t",
    ];

    /// <summary>What is not allowed in a statement; null if all of it is.</summary>
    public static string? Refuse(string statement)
    {
        var text = Literals().Replace(statement, " ");
        if (Foreign().Match(text) is { Success: true } foreign)
            return $"'{foreign.Value}' in: {statement}";
        foreach (var word in Words().Matches(text).Select(match => match.Value))
        {
            var isColumnAlias = char.IsUpper(word[0]) && word.Any(char.IsLower);
            if (!isColumnAlias && !Keywords.Contains(word) && !Names.Contains(word))
                return $"'{word}' in: {statement}";
        }
        return null;
    }

    static string Schema()
    {
        var assembly = typeof(Server.ScorecardServer).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
        return string.Join('\n', string.Join('\n', scripts).Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
    }

    /// <summary>String literals and parameters.</summary>
    [GeneratedRegex(@"'[^']*'|@\w+")]
    private static partial Regex Literals();

    [GeneratedRegex(@"[^\w\s.,()=<>+\-*/]|--|/\*")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b[a-z_]+\b")]
    private static partial Regex SchemaNames();
}
