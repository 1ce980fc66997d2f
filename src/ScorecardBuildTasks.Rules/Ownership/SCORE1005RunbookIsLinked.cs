using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The catalog file leads from an alert to somebody on call, or to what to do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1005RunbookIsLinked() : CatalogRule(Description)
{
    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1005RunbookIsLinked),
        level: 3,
        AppliesTo.Service,
        title: "A runbook or an on-call integration is linked",
        message: "{0}",
        description: "Whoever gets the alert needs the person on call or the steps to take. The catalog file has an on-call integration or links a runbook.");

    private protected override string? Lack(IReadOnlyList<CatalogDocument> entry) =>
        entry.Any(d => d.OnCallIntegrations.Count > 0) || LinksOf(entry).Any(l => l.IsRunbook) ? null : "has neither an on-call integration nor a link to a runbook";
}
