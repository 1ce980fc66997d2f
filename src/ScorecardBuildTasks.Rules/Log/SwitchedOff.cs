using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells which diagnostics are switched off in a compilation, or made silent, which keeps them out of the error log just as well, and who did it.</summary>
static class SwitchedOff
{
    /// <summary>The category of the compiler's own diagnostics, AD0001 among them.</summary>
    public const string Compiler = "Compiler";

    const int NamedFiles = 3;
    const int HighestOldLevel = 4;

    /// <summary>What the compiler says of an analyzer or generator that crashed, is refused or cannot be loaded.</summary>
    public static readonly string[] OfAnalyzers = ["AD0001", "CS8032", "CS8785", "CS9057"];

    static readonly char[] Wildcards = ['*', '?'];

    /// <param name="watched">Ids, and wildcards for diagnostics of the compiler.</param>
    public static IEnumerable<(string Id, string By)> In(Compilation compilation, AnalyzerOptions options, BuildProperties build, IEnumerable<(string Id, string? Category)> watched, CancellationToken cancellation)
    {
        var nullableIsOff = new Lazy<bool>(() => NullableDiagnostics.AreOff(compilation, cancellation));
        foreach (var (id, category) in watched)
        {
            if ((id.IndexOfAny(Wildcards) < 0 ? By(id, category) : ByForAll(NullableDiagnostics.Matching(id))) is { } by)
                yield return (id, by);
        }

        string? By(string id, string? category) => SwitchedOff.By(compilation, options, build, id, category, nullableIsOff, cancellation);

        // The compiler lists its own diagnostics only where it gives them: of a wildcard all is known that can be, which is those that may be off together.
        string? ByForAll(IReadOnlyList<string> ids)
        {
            var by = ids.Select(id => By(id, Compiler)).Distinct().ToList();
            return by.Count == 0 || by.Contains(null) ? null : string.Join("; ", by.OrderBy(who => who, StringComparer.Ordinal));
        }
    }

    static string? By(Compilation compilation, AnalyzerOptions options, BuildProperties build, string id, string? category, Lazy<bool> nullableIsOff, CancellationToken cancellation)
    {
        var isSpecified = compilation.Options.SpecificDiagnosticOptions.TryGetValue(id, out var specific);
        if (isSpecified && IsOff(specific))
            return "NoWarn or -nowarn";
        // The level of all that analyzers say is 1, and that of what the compiler says up to 4 for what has always been there.
        if (compilation.Options.WarningLevel < (category == Compiler && Array.IndexOf(OfAnalyzers, id) < 0 ? HighestOldLevel : 1))
            return $"WarningLevel={compilation.Options.WarningLevel.ToString(CultureInfo.InvariantCulture)}";
        if (compilation.Options.GeneralDiagnosticOption == ReportDiagnostic.Suppress && !isSpecified)
            return "a ruleset, for all that it does not name";
        if (DocumentationDiagnostics.Include(id) && DocumentationDiagnostics.AreOff(compilation))
            return "GenerateDocumentationFile, which is not set";
        if (NullableDiagnostics.Include(id) && nullableIsOff.Value)
            return "Nullable, which is not enabled";
        var provider = compilation.Options.SyntaxTreeOptionsProvider;
        var global = ReportDiagnostic.Default;
        var isGlobal = provider?.TryGetGlobalDiagnosticValue(id, cancellation, out global) == true;
        var runsWhereAsked = false;
        var files = new List<string>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (provider is not null && provider.TryGetDiagnosticValue(tree, id, cancellation, out var severity))
            {
                runsWhereAsked |= !IsOff(severity);
                if (IsOff(severity))
                    files.Add(tree.FilePath);
            }
            else if (!isGlobal && IsOffInBulk(options.AnalyzerConfigOptionsProvider.GetOptions(tree), category))
            {
                files.Add(tree.FilePath);
            }
        }

        // What is off for all and asked for in some files, as many a rule of the SDK is, runs in those.
        return isGlobal && IsOff(global) && !runsWhereAsked ? (IsOfTheSdk(id) && build.AnalysisLevel.Length > 0 ? build.AnalysisLevel : "global analyzer config")
            : files.Count == 0 ? null
            : $".editorconfig ({Named(files)})";
    }

    /// <summary>One of those that the SDK's global config of an analysis level or mode speaks of.</summary>
    static bool IsOfTheSdk(string id) => id.StartsWith("CA", StringComparison.Ordinal) && id.Skip(2).All(char.IsDigit);

    static bool IsOff(ReportDiagnostic severity) => severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden;

    /// <summary>A severity for all analyzers or for a category counts where the id itself has none, and never for what the compiler itself says. A category with a space has no key: csc finds none either.</summary>
    /// <param name="category">Null for a rule of another analyzer, whose category is known to nobody but that.</param>
    static bool IsOffInBulk(AnalyzerConfigOptions options, string? category) =>
        category != Compiler
        && ((category is not null && options.TryGetValue($"dotnet_analyzer_diagnostic.category-{category}.severity", out var severity)) || options.TryGetValue("dotnet_analyzer_diagnostic.severity", out severity))
        && severity.Trim().ToLowerInvariant() is "none" or "silent";

    /// <summary>The user's own files; what the build writes below obj says nothing to them.</summary>
    public static string Named(List<string> files)
    {
        var own = files.Where(file => !file.Replace('\\', '/').Contains("/obj/") && !file.EndsWith(".g.cs", StringComparison.Ordinal)).Select(Path.GetFileName).ToList();
        var named = own.Count > 0 ? own : files.ConvertAll(Path.GetFileName);
        return named.Count <= NamedFiles
            ? string.Join(", ", named)
            : string.Join(", ", named.Take(NamedFiles)) + " and " + (named.Count - NamedFiles).ToString(CultureInfo.InvariantCulture) + " more";
    }
}
