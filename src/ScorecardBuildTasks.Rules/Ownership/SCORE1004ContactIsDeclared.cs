using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The catalog file says how the owners are reached.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1004ContactIsDeclared() : CatalogRule(Description)
{
    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1004ContactIsDeclared),
        level: 2,
        AppliesTo.Service,
        title: "The catalog file has a contact",
        message: "{0}",
        description: "A team's name is no address. The catalog file has the channel or the mail address at which the owners answer.");

    private protected override string? Lack(IReadOnlyList<CatalogDocument> entry) =>
        entry.SelectMany(d => d.Contacts).Any(c => !OwnerName.IsPlaceholder(c)) ? null : "declares no contact";
}
