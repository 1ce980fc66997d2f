using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Catalog;

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
        var placeholders = new List<(string Owner, string Source)>();
        foreach (var (owner, source) in NamedInBuild(rule).Concat(NamedInCatalog(rule)))
        {
            if (OwnerName.IsTeam(owner))
                return Verdict.Passes;
            placeholders.Add((owner.Trim(), source));
        }
        if (rule.Catalog is { } catalog && catalog.File.Errors.FirstOrDefault() is { } error)
            return Verdict.Undecided($"{Path.GetFileName(catalog.Path)} cannot be read, line {error.Line}: {error.Message}");
        if (rule.Facts?.RepositoryNotVisible is { } hidden)
            return Verdict.Undecided(hidden);
        var name = rule.Compilation.AssemblyName;
        var failing = placeholders.Count == 0
            ? $"No owner is named for '{name}': neither an assembly attribute, the property ServiceOwner nor a catalog file names a team"
            : $"No owner is named for '{name}': '{placeholders[0].Owner}' in {placeholders[0].Source} is no team";
        return Verdict.Failing(failing).With(SuggestedOwner, OwnerOfFolder(rule));
    }

    static IEnumerable<(string Owner, string Source)> NamedInBuild(RuleContext rule)
    {
        foreach (var (key, value) in rule.Wired.Attributes)
        {
            if (key == "ServiceOwner")
                yield return (value, "AssemblyMetadata");
        }
        foreach (var attribute in rule.Compilation.Assembly.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "ServiceOwnerAttribute" && attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string owner)
                yield return (owner, "the attribute ServiceOwner");
        }
        if (rule.Build.ServiceOwner.Length > 0)
            yield return (rule.Build.ServiceOwner, "the property ServiceOwner");
    }

    static IEnumerable<(string Owner, string Source)> NamedInCatalog(RuleContext rule)
    {
        if (rule.Catalog is not { } catalog)
            return [];
        var entity = rule.Build.Entity.Substring(rule.Build.Entity.IndexOf(':') + 1);
        var ours = catalog.File.Documents.Where(d => entity.Length > 0 && string.Equals(d.Name, entity, StringComparison.OrdinalIgnoreCase)).ToList();
        return (ours.Count > 0 ? ours : catalog.File.Documents).Where(d => d.Owner is not null).Select(d => (d.Owner!, $"{Path.GetFileName(catalog.Path)}, line {d.OwnerLine},"));
    }

    /// <summary>The team (else the person) that CODEOWNERS gives the project's folder to.</summary>
    static string? OwnerOfFolder(RuleContext rule)
    {
        if (rule.CodeOwners is not { } codeOwners || rule.Build.ProjectFolderInRepository is not { } folder)
            return null;
        var owners = codeOwners.OwnersOf(folder).Where(o => o.StartsWith("@", StringComparison.Ordinal)).ToList();
        var owner = owners.Find(o => o.Contains("/")) ?? owners.FirstOrDefault();
        return owner?.Substring(Math.Max(owner.LastIndexOf('/'), 0) + 1).TrimStart('@');
    }
}
