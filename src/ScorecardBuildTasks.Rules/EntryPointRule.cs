using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules;

/// <summary>
/// A rule on something that a service lacks. What is not there has no place, so the finding stands at the entry point, where it shows while the file is open and
/// where a pragma can silence it.
/// </summary>
public abstract class EntryPointRule : Rule
{
    private protected EntryPointRule(DiagnosticDescriptor descriptor) : base(descriptor)
    {
    }

    /// <summary>The finding is about the service and only stands in the file; where the entry point is generated it must not get lost.</summary>
    private protected sealed override GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics;

    private protected sealed override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (rule.EntryPoint is not { } entryPoint)
        {
            rule.StandAside(StandsAside.Undecided, "the service has no entry point in its own source");
            return;
        }
        // An editor asks about the file that is typed in, nearly always another one, and never comes to the end of the compilation.
        var verdict = new Lazy<Verdict>(() => Judge(rule));
        rule.AtEnd(() => rule.StandAside(verdict.Value));
        start.RegisterSemanticModelAction(model =>
        {
            if (model.SemanticModel.SyntaxTree == entryPoint.Tree && verdict.Value is { Fails: true } failing)
                model.ReportDiagnostic(Diagnostic.Create(Descriptor, entryPoint.Location, failing.Places, failing.Properties, failing.Reason));
        });
    }

    private protected abstract Verdict Judge(RuleContext rule);
}
