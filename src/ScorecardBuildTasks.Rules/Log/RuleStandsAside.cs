using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The message SCORE0002, by which every rule says that it has not judged the project. Without it silence would read as a pass.</summary>
static class RuleStandsAside
{
    /// <summary>Info and not configurable: silent on the console, in every error log, out of reach of NoWarn.</summary>
    public static readonly DiagnosticDescriptor Descriptor = new(
        "SCORE0002",
        "A rule stands aside",
        "{0} stands aside: {1}",
        "Scorecard",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The rule does not apply to this project, or cannot decide; the reason is given.",
        helpLinkUri: null,
        WellKnownDiagnosticTags.NotConfigurable,
        WellKnownDiagnosticTags.CompilationEnd);

    public static Diagnostic Because(DiagnosticDescriptor rule, StandsAside state, string reason) =>
        Diagnostic.Create(
            Descriptor,
            Location.None,
            ImmutableDictionary<string, string?>.Empty
                .Add("rule", rule.Id)
                .Add("state", state == StandsAside.NotApplicable ? "notApplicable" : "undecided")
                .Add("reason", reason),
            rule.Id,
            reason);
}
