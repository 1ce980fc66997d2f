namespace ScorecardBuildTasks.Evaluation;

/// <summary>What restore's audit of the packages came to: the second source besides error logs, for <c>NU190*</c>.</summary>
/// <param name="WhyNot">Why its silence means nothing, or null when the audit was on.</param>
/// <param name="Findings">Packages with known vulnerabilities, NU1901 (low) to NU1904 (critical).</param>
/// <param name="Off">Ids that the project's NoWarn keeps out.</param>
/// <param name="Narrowed">How the audit saw less than all packages and severities, or null.</param>
/// <param name="AsksKnownSource">NuGet's own source is among those of the packages, or one is named to be asked, of which restore would have said that it has no vulnerability data. Of others it says nothing.</param>
public sealed record RestoreAudit(string? WhyNot, IReadOnlyList<Finding> Findings, IReadOnlyCollection<string> Off, string? Narrowed, bool AsksKnownSource)
{
    /// <summary>The ids of the audit's findings.</summary>
    public static readonly IReadOnlyList<string> Ids = ["NU1901", "NU1902", "NU1903", "NU1904"];

    /// <summary>The severities, as the ids of their findings are numbered.</summary>
    static readonly string[] Levels = ["low", "moderate", "high", "critical"];

    /// <summary>By which restore says that it could not audit: the source did not answer, or has no data.</summary>
    public static readonly IReadOnlyList<string> FailureIds = ["NU1900", "NU1905"];

    /// <summary>The project was never restored, or its assets cannot be read.</summary>
    public static readonly RestoreAudit None = new("restore left no project.assets.json", [], [], null, false);

    /// <summary>Restore reports no advisory of a lesser severity (<c>NuGetAuditLevel</c>).</summary>
    public string? Level { get; init; }

    /// <summary>The ids of the severities below <see cref="Level"/>, which restore never reports.</summary>
    public IEnumerable<string> BelowLevel => Ids.Take(Math.Max(Array.IndexOf(Levels, Level), 0));

    /// <summary>What the NoWarn of a reference or of a referenced project keeps out: an id, and of which packages, as <c>Acme</c>, <c>Acme in Orders.csproj</c> or <c>the packages of Orders.csproj</c>.</summary>
    public IReadOnlyList<(string Id, string Of)> OffFor { get; init; } = [];

    /// <summary>The advisories that <c>NuGetAuditSuppress</c> keeps out, whether or not a package is known by them.</summary>
    public IReadOnlyList<string> SuppressedAdvisories { get; init; } = [];
}
