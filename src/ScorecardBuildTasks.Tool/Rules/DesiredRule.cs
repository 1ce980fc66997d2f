using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tool.Rules;

/// <summary>A rule as the API should have it. A null member is left as it is there.</summary>
/// <param name="Key">Its key in <c>scorecard.json</c>; for our own rules the diagnostic id.</param>
/// <param name="Name">The name that the outcomes carry; with the scorecard it finds the rule.</param>
sealed record DesiredRule(string Key, string Scorecard, string Name, int Level, string? Description, string? Owner, string ScopeQuery, bool Enabled)
{
    /// <summary>What evaluation takes for a rule of <c>scorecard.json</c> that does not say it.</summary>
    const string DefaultScorecard = "Code Quality";
    const int DefaultLevel = 3;

    /// <summary>Only services are evaluated.</summary>
    const string DefaultScopeQuery = "kind:service";

    /// <summary>Our own rules and those of <c>scorecard.json</c>, by scorecard and name.</summary>
    public static IReadOnlyList<DesiredRule> All(IReadOnlyList<CatalogueEntry> catalogue, ScorecardConfiguration configuration)
    {
        var ours = catalogue.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        return
        [
            .. ours.Keys.Union(configuration.Rules.Keys, StringComparer.Ordinal)
                .Select(key => Of(key, ours.GetValueOrDefault(key), configuration.Rules.GetValueOrDefault(key, RuleConfiguration.Default)))
                .OrderBy(rule => rule.Scorecard, StringComparer.Ordinal).ThenBy(rule => rule.Name, StringComparer.Ordinal),
        ];
    }

    public RuleAttributes ToAttributes() => ApplyTo(new RuleAttributes { Name = Name, ScorecardName = Scorecard });

    public RuleAttributes ApplyTo(RuleAttributes rule) => rule with
    {
        Level = Level,
        Description = Description ?? rule.Description,
        Owner = Owner ?? rule.Owner,
        ScopeQuery = ScopeQuery,
        Enabled = Enabled,
    };

    /// <summary>Each member that differs, as people read it.</summary>
    public IEnumerable<string> DifferencesFrom(RuleAttributes rule)
    {
        if (rule.Level != Level)
            yield return $"level {rule.Level?.ToString() ?? "none"} → {Level}";
        if (Description is not null && rule.Description != Description)
            yield return "description";
        if (Owner is not null && rule.Owner != Owner)
            yield return $"owner {Quoted(rule.Owner)} → {Quoted(Owner)}";
        if (rule.ScopeQuery != ScopeQuery)
            yield return $"scope_query {Quoted(rule.ScopeQuery)} → {Quoted(ScopeQuery)}";
        if (rule.Enabled != Enabled)
            yield return Enabled ? "enabled" : "disabled";
    }

    static DesiredRule Of(string key, CatalogueEntry? own, RuleConfiguration configured) => new(
        key,
        configured.Scorecard ?? own?.Scorecard ?? DefaultScorecard,
        configured.Name ?? own?.Title ?? key,
        configured.Level ?? own?.Level ?? DefaultLevel,
        configured.Description ?? (own is null ? null : $"{own.Description} {own.HelpUri}"),
        configured.Owner,
        configured.ScopeQuery ?? DefaultScopeQuery,
        configured.Enabled);

    static string Quoted(string? value) => value is null ? "none" : $"'{value}'";
}
