namespace ScorecardBuildTasks.Evaluation;

/// <summary>What there is to say of waivers besides the outcomes they change: one that ends soon, one that reaches too far, one that nobody needs.</summary>
public static class Waivers
{
    const int DaysOfNotice = 14;

    internal static bool HasEnded(this Waiver waiver, EvaluationInput input) => waiver.Until < input.Today;

    /// <summary>Later than the organisation allows.</summary>
    internal static bool TooFar(this Waiver waiver, EvaluationInput input) =>
        input.Configuration.MaxWaiverDays is { } days && waiver.Until.DayNumber - input.Today.DayNumber > days;

    internal static IEnumerable<BuildMessage> Messages(EvaluationInput input, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var waiver in input.Configuration.Waivers)
        {
            // Whether one for all entities is needed, or one for another entity, cannot be seen from here: see OfNoUse and OfNobody.
            if (!waiver.Covers(waiver.Rule, input.Entity))
                continue;
            var outcome = outcomes.FirstOrDefault(outcome => outcome.Key == waiver.Rule);
            var isNeeded = outcome?.NeedsWaiver == true;
            var configured = input.Configuration.Rules.GetValueOrDefault(waiver.Rule);
            // Of a rule that will count later nobody knows yet what it will come to.
            if (configured?.EffectiveFrom > input.Today)
                continue;
            if (!isNeeded && (waiver.Entity != "*" || (outcome is null && configured is null)))
                yield return Message(BuildMessage.WaiverIsUnused, waiver, outcome is null ? "no rule of that key counts here" : $"the rule comes to {Report.Name(outcome.State)} without it", "remove it, unless a project of the entity that is not built yet needs it");
            else if (isNeeded && waiver.TooFar(input))
                yield return Message(BuildMessage.WaiverEnds, waiver, $"it ends on {waiver.Until:yyyy-MM-dd}, and {input.Configuration.MaxWaiverDays} days are allowed", $"until it ends on {input.Today.AddDays(input.Configuration.MaxWaiverDays!.Value):yyyy-MM-dd} or before it does not count");
            else if (outcome is { Waived: true } && waiver.Until.DayNumber - input.Today.DayNumber <= DaysOfNotice && !waiver.HasEnded(input))
                yield return Message(BuildMessage.WaiverEnds, waiver, $"it ends on {waiver.Until:yyyy-MM-dd}", "then the rule fails again");
        }
    }

    /// <summary>
    /// What several frameworks or projects of one entity have to say: everything, but that nobody needs a waiver only where all of them say so. One that was not evaluated says nothing.
    /// </summary>
    internal static BuildMessage[]? Merge(IReadOnlyList<OutcomesDocument> documents)
    {
        var said = documents.SelectMany(document => document.Messages ?? []).Distinct().ToArray();
        var unused = said.Where(message => message.Code == BuildMessage.WaiverIsUnused)
            .GroupBy(Subject)
            .Where(group => documents.All(document => document.Messages?.Any(message => Subject(message) == group.Key) == true))
            .Select(group => group.MinBy(message => message.Text, StringComparer.Ordinal)!);
        BuildMessage[] merged = [.. said.Where(message => message.Code != BuildMessage.WaiverIsUnused).Concat(unused).OrderBy(message => message.ToString(), StringComparer.Ordinal)];
        return merged.Length > 0 ? merged : null;

        static (string, string?, string?, int, int) Subject(BuildMessage message) => (message.Code, message.Rule, message.File, message.Line, message.Column);
    }

    /// <summary>Of waivers that name an entity which nothing is. Only who knows all projects can tell: to one of them, an entity that is misspelt is another's.</summary>
    /// <param name="entities">All that there are.</param>
    public static IEnumerable<BuildMessage> OfNobody(IEnumerable<Waiver> waivers, IReadOnlyCollection<Entity> entities) => waivers
        .Where(waiver => !entities.Any(entity => waiver.Covers(waiver.Rule, entity)))
        .Select(waiver => Message(BuildMessage.WaiverIsUnused, waiver, "no project of the repository is that entity", "correct its name, or remove the waiver"));

    /// <summary>Of waivers for all entities that none needs. Only who has evaluated every service at once can tell: nothing is said where one was not, or not all of it.</summary>
    /// <param name="solution">What the services are those of.</param>
    /// <param name="configuration">Of the rules that will count later nobody knows yet what they will come to.</param>
    public static IEnumerable<BuildMessage> OfNoUse(IEnumerable<Waiver> waivers, IReadOnlyCollection<OutcomesDocument> documents, string solution, ScorecardConfiguration configuration, DateOnly today) =>
        documents.Count == 0 || documents.Any(document => document.NotEvaluated is not null || document.Gap is not null) ? []
        : waivers
            .Where(waiver => waiver.Entity == "*" && !(configuration.Rules.GetValueOrDefault(waiver.Rule)?.EffectiveFrom > today))
            .Where(waiver => documents.SelectMany(document => document.Outcomes).Where(outcome => outcome.Key == waiver.Rule).ToArray() is { Length: > 0 } outcomes && !outcomes.Any(outcome => outcome.NeedsWaiver))
            .Select(waiver => Message(BuildMessage.WaiverIsUnused, waiver, $"no service of {solution} needs it", "remove it, unless one that is not part of that does"));

    static BuildMessage Message(string code, Waiver waiver, string what, string then) =>
        new(code, $"the waiver of {waiver.Rule} for {waiver.Entity}: {what}; {then}", waiver.Place?.File, waiver.Place?.Line ?? 0, waiver.Place?.Column ?? 0, waiver.Rule);
}
