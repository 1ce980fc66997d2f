namespace ScorecardBuildTasks.Evaluation;

/// <summary>Everything one evaluation depends on: the same input gives the same outcomes, anywhere and at any time.</summary>
/// <param name="Service">The service's own compilation.</param>
/// <param name="RepositoryRoot">Absolute; findings are named relative to it.</param>
/// <param name="Today">The day in UTC that waivers and starting dates are compared with.</param>
/// <param name="ReadSource">The lines of a source or configuration file, or null where it cannot be read: neither a pragma's comment nor who gave a severity is in the log.</param>
public sealed record EvaluationInput(
    CompilerRun Service,
    string RepositoryRoot,
    ScorecardConfiguration Configuration,
    Entity Entity,
    Revision Revision,
    DateOnly Today,
    Func<string, IReadOnlyList<string>?> ReadSource)
{
    /// <summary>The libraries that the service references, directly or through others, as far as the rules run in them.</summary>
    public IReadOnlyList<CompilerRun> Libraries { get; init; } = [];

    /// <summary>What restore's audit came to; asked for only where a rule is fed by it.</summary>
    public Func<RestoreAudit> Audit { get; init; } = () => RestoreAudit.None;

    /// <summary>Referenced projects in which no rule runs, relative to the repository's root: nothing is known of them, and the remarks say so.</summary>
    public IReadOnlyList<string> WithoutRules { get; init; } = [];
}

/// <summary>Error logs and configuration in, outcomes out.</summary>
public static class Evaluator
{
    public static OutcomesDocument Evaluate(EvaluationInput input)
    {
        var why = input.Service.WhyNot();
        Outcome[] outcomes = why is null ? [.. ScorecardRule.All(input.Service.Log!, input.Configuration).Select(rule => new Judgement(rule, input).Outcome())] : [];
        return new OutcomesDocument(
            OutcomesDocument.CurrentSchemaVersion, input.Entity, input.Revision, input.Service.Project, input.Service.Framework, why, outcomes,
            Gap: why is null ? null : $"{input.Service.Project} ({input.Service.Framework}): {why}",
            Messages: why is null && Waivers.Messages(input, outcomes).ToArray() is { Length: > 0 } messages ? messages : null);
    }
}
