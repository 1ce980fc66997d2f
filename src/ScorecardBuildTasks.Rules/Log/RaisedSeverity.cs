using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells whether a user makes a suggestion more than that, by its id or in bulk, for the whole compilation or for some files.</summary>
static class RaisedSeverity
{
    public static bool Is(DiagnosticDescriptor rule, Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (compilation.Options.SpecificDiagnosticOptions.TryGetValue(rule.Id, out var specific) && IsRaised(specific))
            return true;
        if (compilation.Options.SyntaxTreeOptionsProvider is not { } provider)
            return false;
        if (provider.TryGetGlobalDiagnosticValue(rule.Id, cancellation, out var global) && IsRaised(global))
            return true;
        AnalyzerConfigOptions? before = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (provider.TryGetDiagnosticValue(tree, rule.Id, cancellation, out var severity) && IsRaised(severity))
                return true;
            // Files that the same sections apply to have the same options.
            var bulk = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            if (!ReferenceEquals(bulk, before) && IsRaisedInBulk(bulk))
                return true;
            before = bulk;
        }
        return false;
    }

    static bool IsRaised(ReportDiagnostic severity) => severity is ReportDiagnostic.Warn or ReportDiagnostic.Error;

    /// <summary>By category nobody can: those of the rules have spaces, which no key may have.</summary>
    static bool IsRaisedInBulk(AnalyzerConfigOptions options) => BulkSeverity.OfAll(options) is ReportDiagnostic.Warn or ReportDiagnostic.Error;
}
