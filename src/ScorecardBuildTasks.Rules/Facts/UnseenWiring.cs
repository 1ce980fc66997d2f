namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Why wiring that no fact shows may be there all the same.</summary>
static class UnseenWiring
{
    /// <summary>The verdict of a rule that looks for this kind of fact and has not found it; null when it is certain that nothing wires it.</summary>
    /// <param name="what">What is looked for, as it stands behind "may wire".</param>
    public static Verdict? Of(RuleContext rule, string kind, string what)
    {
        if (!rule.Build.WritesAssemblyFacts)
            return Verdict.Undecided("ScorecardAssemblyFacts=false switches off the detection of wiring");
        if (rule.Wired.MaybeVia(kind) is { } method)
            return Verdict.Undecided($"'{method}' may wire {what} and cannot be looked into");
        return rule.Dockerfile?.Agent is { } agent ? Verdict.Undecided($"the Dockerfile puts an agent beside the service ({agent}); what it sends is not in the code") : null;
    }

    /// <summary>Nothing is known to wire it: a finding, unless an agent may be in a Dockerfile that is not here.</summary>
    public static Verdict UnlessHidden(RuleContext rule, Verdict failing) => rule.DockerfileNotVisible is { } hidden ? Verdict.NotVisible(hidden) : failing;
}
