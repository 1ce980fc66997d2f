using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Log;

namespace ScorecardBuildTasks.Rules;

/// <summary>
/// One rule of a scorecard: one class, one id, so that a crash names its rule. A rule either reports findings, stands aside with a reason, or has passed.
/// </summary>
public abstract class Rule : DiagnosticAnalyzer
{
    readonly AppliesTo appliesTo;

    private protected Rule(DiagnosticDescriptor descriptor)
    {
        (Descriptor, appliesTo) = (descriptor, Scorecard.AppliesToOf(descriptor));
        SupportedDiagnostics = ImmutableArray.Create(descriptor, RuleStandsAside.Descriptor);
    }

    public DiagnosticDescriptor Descriptor { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <summary>Generated code is nobody's to mend, so rules on code leave it out.</summary>
    private protected virtual GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.None;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        var mayStaySilent = Descriptor.DefaultSeverity < LeastSeverity.ReportedBy(context);
        context.RegisterCompilationStartAction(start =>
        {
            // csc runs every analyzer that has a diagnostic which is not configurable, as SCORE0002 is, though it prints no suggestion where it writes no error log.
            if (mayStaySilent && !RaisedSeverity.Is(Descriptor, start.Compilation, start.Options, start.CancellationToken))
                return;
            var rule = new RuleContext(Descriptor, start.Compilation, start.Options, start.CancellationToken);
            if (!rule.Build.IsActive)
                return;
            if (!Applies(rule.Build.Kind))
                rule.StandAside(StandsAside.NotApplicable, $"the project is {NameOf(rule.Build.Kind)}");
            else if (appliesTo == AppliesTo.Http && rule.Endpoints.NoneBecause is { } reason)
                rule.StandAside(reason);
            else
                Analyze(start, rule);
            start.RegisterCompilationEndAction(rule.ReportStandingAside);
        });
    }

    private protected abstract void Analyze(CompilationStartAnalysisContext start, RuleContext rule);

    bool Applies(ProjectKind kind) => appliesTo switch
    {
        AppliesTo.Code => kind is ProjectKind.Service or ProjectKind.Library,
        AppliesTo.Test => kind is ProjectKind.Test or ProjectKind.Service,
        _ => kind is ProjectKind.Service,
    };

    static string NameOf(ProjectKind kind) => kind switch
    {
        ProjectKind.Service => "a service",
        ProjectKind.Library => "a library",
        ProjectKind.Test => "a test project",
        _ => "of no kind that rules apply to",
    };
}
