using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A service sets up metrics, in its own code or through a method that it calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2002MetricsAreWired() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2002MetricsAreWired),
        level: 2,
        AppliesTo.Service,
        title: "The service is measured",
        message: "'{0}' wires no metrics: neither it nor a method that it calls sets up OpenTelemetry or another meter",
        description: "Rates, errors and durations are what a service is alarmed on. Where nothing collects metrics, whoever is on call learns of trouble from the users.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (rule.Wired.Has(AssemblyFact.Metrics))
            return Verdict.Passes;
        return DatadogByEnvironment(rule) ?? UnseenWiring.Of(rule, AssemblyFact.Metrics, "metrics") ?? UnseenWiring.UnlessHidden(rule, Verdict.Failing(rule.Compilation.AssemblyName ?? ""));
    }

    /// <summary>Datadog's tracer sends runtime metrics when its environment says so, and no line of code does.</summary>
    static Verdict? DatadogByEnvironment(RuleContext rule) =>
        !rule.Wired.Certain(AssemblyFact.Tracing).Any(f => f.Via == WiringDetector.DatadogTrace) ? null
        : rule.Dockerfile?["DD_RUNTIME_METRICS_ENABLED"] is "true" or "1" ? Verdict.Passes
        : rule.DockerfileNotVisible is { } hidden ? Verdict.NotVisible(hidden)
        : Verdict.Undecided("Datadog's tracer sends runtime metrics where DD_RUNTIME_METRICS_ENABLED says so, which is not in the code");
}
