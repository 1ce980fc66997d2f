using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Registers the source where the same project builds its tracer already; where it does not, nothing is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE2005ActivitySourceIsRegisteredFix))]
public sealed class SCORE2005ActivitySourceIsRegisteredFix() : SourceFix("SCORE2005", "ActivitySource", ProviderBuilder.Tracer);
