using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells which diagnostics that feed a rule no error log can show, though nobody switched them off: they are hidden by default, and nothing gives them a severity.</summary>
static class Unseen
{
    const string UnnecessaryUsing = "IDE0005";

    public static IEnumerable<(string Id, string Why)> In(Compilation compilation, AnalyzerOptions options, IEnumerable<string> hidden, CancellationToken cancellation)
    {
        foreach (var id in hidden)
        {
            if (id == UnnecessaryUsing && compilation.SyntaxTrees.FirstOrDefault()?.Options.DocumentationMode == DocumentationMode.None)
                yield return (id, "reports nothing in a build without <GenerateDocumentationFile>true</GenerateDocumentationFile>");
            else if (!IsShown(compilation, options, id, cancellation))
                yield return (id, "is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic." + id + ".severity = suggestion");
        }
    }

    static bool IsShown(Compilation compilation, AnalyzerOptions options, string id, CancellationToken cancellation)
    {
        if (compilation.Options.SpecificDiagnosticOptions.ContainsKey(id))
            return true;
        var provider = compilation.Options.SyntaxTreeOptionsProvider;
        return provider?.TryGetGlobalDiagnosticValue(id, cancellation, out _) == true
            || compilation.SyntaxTrees.Any(tree => provider?.TryGetDiagnosticValue(tree, id, cancellation, out _) == true || IsShownInBulk(options.AnalyzerConfigOptionsProvider.GetOptions(tree)));
    }

    static bool IsShownInBulk(AnalyzerConfigOptions options) =>
        options.TryGetValue("dotnet_analyzer_diagnostic.severity", out var severity) && severity.Trim().ToLowerInvariant() is "suggestion" or "warning" or "error";
}
