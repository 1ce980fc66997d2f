using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The catalog file leads to the service's code and to its documentation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1006RepositoryAndDocsAreLinked() : CatalogRule(Description)
{
    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1006RepositoryAndDocsAreLinked),
        level: 3,
        AppliesTo.Service,
        title: "The catalog file links the repository and the documentation",
        message: "{0}",
        description: "From a trace to the code that made it is one click, if the catalog file links the repository; to what it should do, if it links the documentation.");

    private protected override string? Lack(IReadOnlyList<CatalogDocument> entry)
    {
        var links = LinksOf(entry).ToList();
        return (links.Exists(l => l.IsRepository), links.Exists(l => l.IsDocumentation)) switch
        {
            (true, true) => null,
            (true, false) => "links no documentation",
            (false, true) => "links no repository",
            _ => "links neither a repository nor documentation",
        };
    }
}
