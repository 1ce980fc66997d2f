using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Registers health checks and maps them to <c>/health</c>, or does what of both is missing. What is mapped outside production only stays as somebody decided.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE4001HealthChecksAreMappedFix))]
public sealed class SCORE4001HealthChecksAreMappedFix() : BuiltApplicationFix("SCORE4001")
{
    private protected override LackingCalls? Lacking(Diagnostic finding)
    {
        finding.Properties.TryGetValue(SCORE4001HealthChecksAreMapped.LackingProperty, out var lacking);
        return lacking switch
        {
            SCORE4001HealthChecksAreMapped.Both => new("Register and map health checks", "AddHealthChecks", ("MapHealthChecks", "\"/health\"")),
            SCORE4001HealthChecksAreMapped.Registration => new("Register health checks", "AddHealthChecks", null),
            SCORE4001HealthChecksAreMapped.Mapping => new("Map the health checks", null, ("MapHealthChecks", "\"/health\"")),
            _ => null,
        };
    }
}
