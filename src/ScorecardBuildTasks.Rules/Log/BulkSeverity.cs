using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The severity that a file's sections give to all analyzers, or to a category of rules: it counts for an id that has none from anywhere, and never for what the compiler itself says.</summary>
static class BulkSeverity
{
    const string BeforeCategory = "dotnet_analyzer_diagnostic.category-";
    const string End = ".severity";

    public static ReportDiagnostic? OfAll(AnalyzerConfigOptions options) => Read(options, "dotnet_analyzer_diagnostic" + End);

    /// <summary>A category with a space has no key: csc finds none either.</summary>
    public static ReportDiagnostic? OfCategory(AnalyzerConfigOptions options, string? category) => category is null ? null : Read(options, BeforeCategory + category + End);

    /// <summary>What a category has of its own outweighs what all have.</summary>
    public static ReportDiagnostic? Of(AnalyzerConfigOptions options, string? category) => OfCategory(options, category) ?? OfAll(options);

    /// <summary>The categories that a file's sections speak of, in lower case.</summary>
    public static IEnumerable<string> Categories(AnalyzerConfigOptions options) => options.Keys
        .Where(key => key.Length > BeforeCategory.Length + End.Length && key.StartsWith(BeforeCategory, StringComparison.OrdinalIgnoreCase) && key.EndsWith(End, StringComparison.OrdinalIgnoreCase))
        .Select(key => key.Substring(BeforeCategory.Length, key.Length - BeforeCategory.Length - End.Length).ToLowerInvariant());

    static ReportDiagnostic? Read(AnalyzerConfigOptions options, string key) => !options.TryGetValue(key, out var severity) ? null : severity.Trim().ToLowerInvariant() switch
    {
        "none" => ReportDiagnostic.Suppress,
        "silent" or "refactoring" => ReportDiagnostic.Hidden,
        "suggestion" => ReportDiagnostic.Info,
        "warning" => ReportDiagnostic.Warn,
        "error" => ReportDiagnostic.Error,
        "default" => ReportDiagnostic.Default,
        _ => null,
    };
}
