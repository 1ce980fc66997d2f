namespace ScorecardBuildTasks.Server.Rules;

/// <summary>Reads a query for entities as far as this server can: it knows an entity's kind, but no catalog with teams and tags.</summary>
static class ScopeQuery
{
    const string KindTerm = "kind:";

    /// <summary>The kind that the query asks for; null where it asks for none.</summary>
    public static string? KindOf(string? query) => query?
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(term => term.StartsWith(KindTerm, StringComparison.OrdinalIgnoreCase))
        .Select(term => term[KindTerm.Length..].Trim('"'))
        .FirstOrDefault();
}
