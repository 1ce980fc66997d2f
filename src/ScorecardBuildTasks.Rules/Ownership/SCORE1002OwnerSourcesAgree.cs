using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>Whoever asks for a service's owner gets one answer, wherever they look.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1002OwnerSourcesAgree() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1002OwnerSourcesAgree),
        level: 2,
        AppliesTo.Service,
        title: "All sources name the same owner of the service",
        message: "{0}",
        description: "Two owners are none: at night each takes the other for the one. Attributes, the build, the catalog file and CODEOWNERS name the same team.");

    private protected override Verdict Judge(RuleContext rule)
    {
        var build = NamedOwner.InBuild(rule).Where(o => o.IsTeam).ToList();
        var catalog = NamedOwner.InCatalog(rule).Where(o => o.IsTeam).ToList();
        var isOneEntry = catalog.TrueForAll(o => OwnerName.AreSame(o.Name, catalog[0].Name));
        var sources = isOneEntry ? build.Concat(catalog.Take(1)).ToList() : build;
        // People review on behalf of a team that CODEOWNERS does not name; they contradict nobody.
        if (NamedOwner.InCodeOwners(rule) is { } reviewers && IsTeamHandle(reviewers))
            sources.Add(reviewers);

        if (sources.Count > 1 && sources.Find(s => !Agree(sources[0], s)) is { } other)
            return Disagreement(rule, sources[0], other);
        if (!isOneEntry)
            return Verdict.Undecided($"{Path.GetFileName(rule.Catalog!.Value.Path)} names owners of several services, and nothing says which one this is; set ScorecardEntity");
        if (rule.Catalog is { } unread && unread.File.Errors.FirstOrDefault() is { } error)
            return Verdict.Undecided($"{Path.GetFileName(unread.Path)} cannot be read, line {error.Line}: {error.Message}");
        if (rule.RepositoryNotVisible is { } hidden)
            return Verdict.NotVisible(hidden);
        return sources.Count == 0 ? Verdict.NotApplicable("nothing names a team as the owner, which SCORE1001 says") : Verdict.Passes;
    }

    static Verdict Disagreement(RuleContext rule, NamedOwner one, NamedOwner other)
    {
        var verdict = Verdict.Failing($"'{rule.Compilation.AssemblyName}' has two owners: '{one.Name}' in {one.Source} and '{other.Name}' in {other.Source.TrimEnd(',')}");
        foreach (var (path, line) in new[] { one.Place, other.Place }.OfType<(string, int)>())
            verdict = verdict.At(path, line);
        return verdict;
    }

    /// <summary>One owner in common is enough: the others of a line or an entry own it together with that one.</summary>
    static bool Agree(NamedOwner one, NamedOwner other) =>
        one.Others.Prepend(one.Name).Any(a => other.Others.Prepend(other.Name).Any(b => OwnerName.AreSame(a, b)));

    /// <summary><c>@org/team</c>; a handle without a slash may be a person's.</summary>
    static bool IsTeamHandle(NamedOwner owner) => owner.Name.Contains("/");
}
