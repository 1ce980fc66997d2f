using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The team that a service names exists: <c>scorecard.json</c> lists it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1003OwnerIsKnownTeam() : EntryPointRule(Description)
{
    /// <summary>The property of a finding that carries the listed team which is meant.</summary>
    public const string KnownTeam = "team";

    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1003OwnerIsKnownTeam),
        level: 2,
        AppliesTo.Service,
        title: "The owner is a team that the organisation has",
        message: "{0}",
        description: "A page to a team that was renamed or never existed reaches nobody. The owner is among the teams that scorecard.json lists.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (rule.Facts is not { } facts)
            return Verdict.Undecided("the build has not written yet which teams scorecard.json lists");
        if (facts.ConfigurationUnreadable is { } unreadable)
            return Verdict.Undecided(unreadable);
        if (facts.Teams.Count == 0)
            return rule.RepositoryNotVisible is { } hidden ? Verdict.NotVisible(hidden) : Verdict.NotApplicable("scorecard.json lists no teams");
        var owners = NamedOwner.InBuild(rule).Concat(NamedOwner.InCatalog(rule)).Where(o => o.IsTeam).ToList();
        if (owners.Find(o => !IsListed(o.Name)) is not { } unknown)
        {
            if (owners.Count > 0)
                return Verdict.Passes;
            return rule.Catalog is { } catalog && catalog.File.Errors.FirstOrDefault() is { } error
                ? Verdict.Undecided($"{Path.GetFileName(catalog.Path)} cannot be read, line {error.Line}: {error.Message}")
                : Verdict.NotApplicable("nothing names a team as the owner, which SCORE1001 says");
        }
        // Of several entries in the catalog file one may be another service's.
        if (unknown.Place is not null && owners.Exists(o => o.Place is not null && IsListed(o.Name)))
            return Verdict.Undecided($"{Path.GetFileName(unknown.Place.Value.Path)} names owners of several services, and nothing says which one this is; set ScorecardEntity");

        var meant = facts.Teams.FirstOrDefault(t => OwnerName.AreSame(t, unknown.Name));
        var verdict = Verdict.Failing($"'{unknown.Name}' in {unknown.Source.TrimEnd(',')} is no team that scorecard.json lists{(meant is null ? "" : $"; '{meant}' is")}").With(KnownTeam, meant);
        return unknown.Place is { } place ? verdict.At(place.Path, place.Line) : verdict;

        bool IsListed(string owner) => facts.Teams.Any(t => string.Equals(t.TrimStart('@'), owner.TrimStart('@'), StringComparison.OrdinalIgnoreCase));
    }
}
