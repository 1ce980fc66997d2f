using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells which diagnostics that feed a rule no error log can show, though nobody switched them off: they are hidden by default, and nothing gives them a severity, or the compiler does not have them.</summary>
static class Unseen
{
    const string UnnecessaryUsing = "IDE0005";

    public static IEnumerable<(string Id, string Why)> In(Compilation compilation, AnalyzerOptions options, BuildProperties build, CancellationToken cancellation)
    {
        foreach (var id in build.MappedDiagnostics.Where(CompilerDiagnostics.Lack))
            yield return (id, "is no diagnostic of this compiler");
        if (build.HiddenDiagnostics.Count == 0)
            yield break;
        var own = OwnSources.Of(compilation, build).ToList();
        foreach (var id in build.HiddenDiagnostics)
        {
            if (id == UnnecessaryUsing && compilation.SyntaxTrees.FirstOrDefault()?.Options.DocumentationMode == DocumentationMode.None)
                yield return (id, "reports nothing in a build without <GenerateDocumentationFile>true</GenerateDocumentationFile>");
            else if (!IsShownToAll(compilation, id, cancellation) && own.FindAll(tree => !IsShown(tree)) is var unseen && (own.Count == 0 || unseen.Count > 0))
                yield return (id, unseen.Count == own.Count
                    ? $"is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic.{id}.severity = suggestion"
                    : $"is hidden by default, and no severity of .editorconfig reaches {SwitchedOff.Named(unseen.ConvertAll(tree => tree.FilePath))}");

            bool IsShown(SyntaxTree tree) =>
                compilation.Options.SyntaxTreeOptionsProvider?.TryGetDiagnosticValue(tree, id, cancellation, out _) == true || IsShownInBulk(options.AnalyzerConfigOptionsProvider.GetOptions(tree));
        }
    }

    static bool IsShownToAll(Compilation compilation, string id, CancellationToken cancellation) =>
        compilation.Options.SpecificDiagnosticOptions.ContainsKey(id) || compilation.Options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(id, cancellation, out _) == true;

    static bool IsShownInBulk(AnalyzerConfigOptions options) =>
        options.TryGetValue("dotnet_analyzer_diagnostic.severity", out var severity) && severity.Trim().ToLowerInvariant() is "suggestion" or "warning" or "error";
}
