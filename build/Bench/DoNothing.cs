using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Build.Bench;

// RS1012: a start action registers nothing. RS1036, RS1041: an analyzer that ships keeps rules, among them to be for netstandard2.0; this one is loaded by the SDK's own compiler only.
#pragma warning disable RS1012, RS1036, RS1041

/// <summary>The floor: what the compiler takes for there being one more analyzer, whatever it does. The compiler loads this program for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
sealed class DoNothing : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [new("BENCH0001", "Nothing", "Nothing", "Bench", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(_ => { });
    }
}
