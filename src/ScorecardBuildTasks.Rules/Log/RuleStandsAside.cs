using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>
/// The message SCORE0002, by which every rule says that it has not judged the project, or that a file outside the compilation silences what it found there. Without it
/// silence would read as a pass.
/// </summary>
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
                .Add("state", state switch { StandsAside.NotApplicable => "notApplicable", StandsAside.NotVisible => "notVisible", _ => "undecided" })
                .Add("reason", reason),
            rule.Id,
            reason);

    /// <summary>A finding where the compiler applies no suppression: it is told, at its place, with how the source silences it.</summary>
    /// <param name="type">In the error log's own words.</param>
    public static Diagnostic FromSuppressed(Diagnostic finding, string type, string? justification) =>
        Diagnostic.Create(
            Descriptor,
            finding.Location,
            ImmutableDictionary<string, string?>.Empty
                .Add("rule", finding.Id)
                .Add("state", "suppressed")
                .Add("suppression", type)
                .Add("justification", justification)
                .Add("reason", finding.GetMessage(CultureInfo.InvariantCulture)),
            finding.Id,
            $"suppressed in its own file: {finding.GetMessage(CultureInfo.InvariantCulture)}");
}
