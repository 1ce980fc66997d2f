using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells which diagnostics that feed a rule no error log can show, though nobody switched them off: they are hidden by default, and nothing gives them a severity, an option of code style may keep them from running, or the compiler does not have them.</summary>
static class Unseen
{
    /// <summary>By the rule's name and by the compiler's, which the rule asks.</summary>
    static readonly string[] UnnecessaryUsing = ["IDE0005", "CS8019"];

    public static IEnumerable<(string Id, string Why)> In(Compilation compilation, AnalyzerOptions options, BuildProperties build, CancellationToken cancellation)
    {
        foreach (var id in build.MappedDiagnostics.Where(CompilerDiagnostics.Lack))
            yield return (id, "is no diagnostic of this compiler");
        var ofCompiler = build.MappedDiagnostics.Where(CompilerDiagnostics.Hide).ToList();
        if (build.HiddenDiagnostics.Count == 0 && ofCompiler.Count == 0)
            yield break;
        var own = OwnSources.Of(compilation, build).Select(tree => (Tree: tree, Options: options.AnalyzerConfigOptionsProvider.GetOptions(tree))).ToList();
        var categories = SwitchedOff.CategoriesIn(own.Select(source => source.Options));
        foreach (var id in build.HiddenDiagnostics)
        {
            foreach (var category in categories.Prepend(null))
            {
                if (Why(id, category) is { } why)
                    yield return (SwitchedOff.Key(id, category), why);
            }
        }
        // A severity for all analyzers, or for a category, means none of these.
        foreach (var id in ofCompiler)
        {
            if (Why(id, null) is { } why)
                yield return (id, why);
        }

        string? Why(string id, string? category)
        {
            if (UnnecessaryUsing.Contains(id) && compilation.SyntaxTrees.FirstOrDefault()?.Options.DocumentationMode == DocumentationMode.None)
                return "reports nothing in a build without <GenerateDocumentationFile>true</GenerateDocumentationFile>";
            if (StyleOptions.IsUnknown(id) && own.Select(source => StyleOptions.UnknownStopping(source.Options, build)).FirstOrDefault(option => option is not null) is { } stopping)
                return $"may not have run: {stopping} has a severity that keeps some rule of code style from running, and which is not known here; give the option none";
            if (IsShownToAll(compilation, id, cancellation))
                return null;
            var unseen = own.FindAll(source => compilation.Options.SyntaxTreeOptionsProvider?.TryGetDiagnosticValue(source.Tree, id, cancellation, out _) != true && (ofCompiler.Contains(id) || !IsShownInBulk(source.Options, category)));
            return unseen.Count == own.Count ? $"is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic.{id}.severity = suggestion"
                : unseen.Count > 0 ? $"is hidden by default, and no severity of .editorconfig reaches {SwitchedOff.Named(unseen.ConvertAll(source => source.Tree.FilePath))}"
                : null;
        }
    }

    static bool IsShownToAll(Compilation compilation, string id, CancellationToken cancellation) =>
        compilation.Options.SpecificDiagnosticOptions.ContainsKey(id) || compilation.Options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(id, cancellation, out _) == true;

    static bool IsShownInBulk(AnalyzerConfigOptions options, string? category) => BulkSeverity.Of(options, category) is ReportDiagnostic.Info or ReportDiagnostic.Warn or ReportDiagnostic.Error;
}
