using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tool.Output;

namespace ScorecardBuildTasks.Tool.Rules;

/// <summary>What has to be done to a rule.</summary>
enum RuleStep
{
    Create,
    Update,
    Unchanged,
}

/// <param name="Existing">The rule in the API; null where it has to be created.</param>
/// <param name="Differences">What an update changes, as people read it.</param>
sealed record PlannedRule(RuleStep Step, DesiredRule Desired, Rule? Existing, IReadOnlyList<string> Differences);

/// <summary>The way from the rules that the API has to those it should have. Rules that nobody here mentions are left alone.</summary>
/// <param name="Warnings">Rules that exist twice: the oldest is meant.</param>
sealed record RulePlan(IReadOnlyList<PlannedRule> Rules, IReadOnlyList<string> Warnings)
{
    public bool HasDrift => Rules.Any(rule => rule.Step != RuleStep.Unchanged);

    /// <exception cref="ScorecardApiException">The rules could not be listed.</exception>
    public static async Task<RulePlan> MakeAsync(ScorecardClient client, IReadOnlyList<DesiredRule> desired, CancellationToken cancellationToken)
    {
        var existing = new List<Rule>();
        await foreach (var rule in client.Rules.ListAsync(new RuleFilter { Custom = true }, cancellationToken))
            existing.Add(rule);
        return Make(existing, desired);
    }

    public static RulePlan Make(IEnumerable<Rule> existing, IReadOnlyList<DesiredRule> desired)
    {
        var byName = existing.ToLookup(rule => (rule.Attributes.ScorecardName, rule.Attributes.Name));
        var planned = new List<PlannedRule>();
        var warnings = new List<string>();
        foreach (var rule in desired)
        {
            Rule[] namesakes = [.. byName[(rule.Scorecard, rule.Name)].OrderBy(namesake => namesake.Attributes.CreatedAt)];
            if (namesakes.Length > 1)
                warnings.Add(Publisher.Namesakes(rule.Scorecard, rule.Name, [.. namesakes.Select(namesake => namesake.Id)]));
            if (Plan(rule, namesakes.FirstOrDefault()) is { } step)
                planned.Add(step);
        }

        return new RulePlan(planned, warnings);
    }

    /// <summary>Creates what is missing, updates what differs, and answers with the id of every rule.</summary>
    /// <exception cref="ScorecardApiException">A rule could not be written; those before it are.</exception>
    public async Task<LockFile> ApplyAsync(ScorecardClient client, CancellationToken cancellationToken)
    {
        var locked = new List<LockedRule>();
        foreach (var rule in Rules)
        {
            var applied = rule switch
            {
                { Existing: null } => await client.Rules.AddAsync(rule.Desired.ToAttributes(), cancellationToken),
                { Step: RuleStep.Update } => await client.Rules.UpdateAsync(rule.Existing.Id, rule.Desired.ApplyTo, cancellationToken),
                _ => rule.Existing,
            };
            locked.Add(new LockedRule(rule.Desired.Scorecard, rule.Desired.Name, applied.Id));
        }

        return new LockFile(LockFile.CurrentSchemaVersion, locked);
    }

    public string Text() =>
        string.Concat(Rules.Select(rule => $"{NameOf(rule.Step),-9}  {rule.Desired.Scorecard}: {rule.Desired.Name}{(rule.Differences.Count == 0 ? "" : $" ({string.Join(", ", rule.Differences)})")}\n"))
        + $"{Count(RuleStep.Create)} to create, {Count(RuleStep.Update)} to update, {Count(RuleStep.Unchanged)} unchanged\n";

    public string Markdown()
    {
        var table = new Table("step", "scorecard", "rule", "what");
        foreach (var rule in Rules)
            table.Add(NameOf(rule.Step), rule.Desired.Scorecard, rule.Desired.Name, string.Join(", ", rule.Differences));
        return table.Markdown();
    }

    public string Json() => ToolJson.Write(Rules.Select(rule => new
    {
        Step = NameOf(rule.Step),
        rule.Desired.Key,
        rule.Desired.Scorecard,
        rule.Desired.Name,
        rule.Existing?.Id,
        rule.Differences,
    }));

    /// <summary>A rule that is switched off here and unknown there needs nothing.</summary>
    static PlannedRule? Plan(DesiredRule desired, Rule? existing)
    {
        if (existing is null)
            return desired.Enabled ? new PlannedRule(RuleStep.Create, desired, null, []) : null;
        string[] differences = [.. desired.DifferencesFrom(existing.Attributes)];
        return new PlannedRule(differences.Length == 0 ? RuleStep.Unchanged : RuleStep.Update, desired, existing, differences);
    }

    int Count(RuleStep step) => Rules.Count(rule => rule.Step == step);

    static string NameOf(RuleStep step) => step.ToString().ToLowerInvariant();
}
