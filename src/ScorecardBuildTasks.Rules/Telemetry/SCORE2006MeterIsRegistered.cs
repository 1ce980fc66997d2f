using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Every meter that a service or one of its libraries creates is registered with what collects metrics.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2006MeterIsRegistered() : SourceRule(Description, SourceKind.Meter)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2006MeterIsRegistered),
        level: 2,
        AppliesTo.Code,
        title: "Every Meter is registered with the collector of metrics",
        message: "Meter '{0}'{1} is added by no AddMeter, so that what it measures is dropped",
        description: "An instrument that nobody listens to measures nothing: its values are lost without an error, and the dashboard shows a flat line.");
}
