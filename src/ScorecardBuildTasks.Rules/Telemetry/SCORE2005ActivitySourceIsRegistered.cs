using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Every activity source that a service or one of its libraries creates is registered with the tracer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2005ActivitySourceIsRegistered() : SourceRule(Description, SourceKind.ActivitySource)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2005ActivitySourceIsRegistered),
        level: 2,
        AppliesTo.Code,
        title: "Every ActivitySource is registered with the tracer",
        message: "ActivitySource '{0}'{1} is added by no AddSource, so that its spans are dropped",
        description: "StartActivity returns null for a source that nobody listens to: its spans are lost without an error.");
}
