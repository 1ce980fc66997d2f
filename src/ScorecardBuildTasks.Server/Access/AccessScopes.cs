namespace ScorecardBuildTasks.Server.Access;

/// <summary>What a caller may do; the names on the wire are the API's authorization scopes.</summary>
[Flags]
public enum AccessScopes
{
    None = 0,

    /// <summary><c>apm_service_catalog_read</c></summary>
    CatalogRead = 1,

    /// <summary><c>apm_service_catalog_write</c></summary>
    CatalogWrite = 2,

    /// <summary><c>cases_read</c>, for campaigns</summary>
    CasesRead = 4,

    /// <summary><c>cases_write</c>, for campaigns</summary>
    CasesWrite = 8,

    Read = CatalogRead | CasesRead,

    All = Read | CatalogWrite | CasesWrite,
}

static class AccessScopesExtensions
{
    /// <summary>The API's name of a single scope.</summary>
    public static string ToWireName(this AccessScopes scope) => scope switch
    {
        AccessScopes.CatalogRead => "apm_service_catalog_read",
        AccessScopes.CatalogWrite => "apm_service_catalog_write",
        AccessScopes.CasesRead => "cases_read",
        AccessScopes.CasesWrite => "cases_write",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "not a single scope"),
    };
}
