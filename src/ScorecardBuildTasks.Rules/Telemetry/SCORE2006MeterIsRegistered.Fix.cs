using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Registers the meter where the same project sets metrics up already; where it does not, nothing is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE2006MeterIsRegisteredFix))]
public sealed class SCORE2006MeterIsRegisteredFix() : SourceFix("SCORE2006", "Meter", ProviderBuilder.Meters);
