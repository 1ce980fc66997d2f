using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>A service names the team that owns it: in an assembly attribute, a build property or its catalog file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1001OwnerIsNamed() : EntryPointRule(Description)
{
    /// <summary>The property of a finding that carries the owner found in CODEOWNERS.</summary>
    public const string SuggestedOwner = "owner";

    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1001OwnerIsNamed),
        level: 1,
        AppliesTo.Service,
        title: "The service names the team that owns it",
        message: "{0}",
        description: "An incident finds its way to a team only when the service says which one owns it. An empty name, TODO or unknown is no team.");

    private protected override Verdict Judge(RuleContext rule)
    {
        var placeholders = new List<NamedOwner>();
        foreach (var owner in NamedOwner.InBuild(rule).Concat(NamedOwner.InCatalog(rule)))
        {
            if (owner.IsTeam)
                return Verdict.Passes;
            placeholders.Add(owner);
        }
        if (rule.Catalog is { } catalog && catalog.File.Errors.FirstOrDefault() is { } error)
            return Verdict.Undecided($"{Path.GetFileName(catalog.Path)} cannot be read, line {error.Line}: {error.Message}");
        if (CatalogEntry.Of(rule).Select(e => e.InheritsFromElsewhere).FirstOrDefault(r => r is not null) is { } parent)
            return Verdict.Undecided($"the service takes its owner over from '{parent}', which is not in {Path.GetFileName(rule.Catalog!.Value.Path)}");
        if (rule.RepositoryNotVisible is { } hidden)
            return Verdict.NotVisible(hidden);
        var name = rule.Compilation.AssemblyName;
        var failing = placeholders.Count == 0
            ? $"No owner is named for '{name}': neither an assembly attribute, the property ServiceOwner nor a catalog file names a team"
            : $"No owner is named for '{name}': '{placeholders[0].Name}' in {placeholders[0].Source} is no team";
        return Verdict.Failing(failing).With(SuggestedOwner, OwnerOfFolder(rule));
    }

    /// <summary>The team (else the person) that CODEOWNERS gives the project's folder to.</summary>
    static string? OwnerOfFolder(RuleContext rule) =>
        NamedOwner.InCodeOwners(rule)?.Name is { } owner ? owner.Substring(Math.Max(owner.LastIndexOf('/'), 0) + 1).TrimStart('@') : null;
}
