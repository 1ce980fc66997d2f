using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A service sets up tracing, in its own code or through a method that it calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2001TracingIsWired() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2001TracingIsWired),
        level: 1,
        AppliesTo.Service,
        title: "The service is traced",
        message: "'{0}' wires no tracing: neither it nor a method that it calls sets up OpenTelemetry or another tracer",
        description: "A request that crosses a service without tracing leaves a hole in every trace that it is part of.");

    private protected override Verdict Judge(RuleContext rule)
    {
        // Sentry traces once it is told how much, in its options or in its settings
        if (rule.Wired.Has(AssemblyFact.Tracing) || rule.Settings.Any(s => s["Sentry:TracesSampleRate"] is { } rate && rate.Trim('0', '.').Length > 0))
            return Verdict.Passes;
        return UnseenWiring.Of(rule, AssemblyFact.Tracing, "tracing") ?? UnseenWiring.UnlessHidden(rule, Verdict.Failing(rule.Compilation.AssemblyName ?? ""));
    }
}
