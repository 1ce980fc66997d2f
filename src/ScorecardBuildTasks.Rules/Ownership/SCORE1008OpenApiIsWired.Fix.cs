using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>Registers and maps the document, where Microsoft.AspNetCore.OpenApi is referenced.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE1008OpenApiIsWiredFix))]
public sealed class SCORE1008OpenApiIsWiredFix() : BuiltApplicationFix("SCORE1008")
{
    private protected override LackingCalls Lacking(Diagnostic finding) => finding.Properties.ContainsKey(SCORE1008OpenApiIsWired.RegisteredProperty)
        ? new("Map the OpenAPI document", null, ("MapOpenApi", ""))
        : new("Register and map an OpenAPI document", "AddOpenApi", ("MapOpenApi", ""));
}
