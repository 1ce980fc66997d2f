using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Tells which diagnostics are switched off in a compilation, or made silent, which keeps them out of the error log just as well, and who did it.</summary>
sealed class SwitchedOff
{
    /// <summary>The category of the compiler's own diagnostics, AD0001 among them.</summary>
    public const string Compiler = "Compiler";

    /// <summary>Stands for every diagnostic that has no severity of its own.</summary>
    const string Any = "*";

    const string Ours = "SCORE";
    const string NoWarn = "NoWarn or -nowarn";
    const int NamedFiles = 3;
    const int HighestOldLevel = 4;

    /// <summary>What the compiler says of an analyzer or generator that crashed, is refused or cannot be loaded.</summary>
    public static readonly string[] OfAnalyzers = ["AD0001", "CS8032", "CS8785", "CS9057"];

    readonly Compilation compilation;
    readonly BuildProperties build;
    readonly CancellationToken cancellation;
    readonly Lazy<bool> nullableIsOff;
    readonly List<Source> own;
    readonly List<Source> program;
    readonly List<(string Id, string By)> off = [];
    readonly Dictionary<string, string> inBulk = new(StringComparer.Ordinal);

    SwitchedOff(Compilation compilation, AnalyzerOptions options, BuildProperties build, CancellationToken cancellation)
    {
        (this.compilation, this.build, this.cancellation) = (compilation, build, cancellation);
        nullableIsOff = new Lazy<bool>(() => NullableDiagnostics.AreOff(compilation, cancellation));
        own = OwnSources.Of(compilation, build).Select(Read).ToList();
        program = EntryPoint.Of(compilation, cancellation) is { } entryPoint ? [Read(entryPoint.Tree)] : own;
        if (compilation.SyntaxTrees.Any(tree => IsOffForAll(options.AnalyzerConfigOptionsProvider.GetOptions(tree))))
            AddInBulk(Any, own.Where(source => source.IsOffForAll));

        Source Read(SyntaxTree tree)
        {
            var configured = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            return new Source(tree, configured, IsOffForAll(configured));
        }
    }

    /// <summary>Who switched a diagnostic off, by its id.</summary>
    public IEnumerable<(string Id, string By)> Off => off;

    /// <summary>
    /// The own files in which nothing but a severity for all analyzers, or for a category, switches diagnostics off, with a bar between them, and the ids of those; one of them is <c>*</c> where there is such a severity
    /// for any file at all. It reaches no rule that a global config gives a severity, and what the build shows of ours when it only observes is one.
    /// </summary>
    public IEnumerable<(string Ids, string Files)> InBulk => inBulk.Select(files => (files.Value, files.Key));

    /// <param name="watched">Ids, and wildcards for diagnostics of the compiler. What reports a lack has its finding at the entry point, and is off where it is off there.</param>
    public static SwitchedOff In(Compilation compilation, AnalyzerOptions options, BuildProperties build, IEnumerable<(string Id, string? Category, bool ReportsALack)> watched, CancellationToken cancellation)
    {
        var found = new SwitchedOff(compilation, options, build, cancellation);
        foreach (var (id, category, reportsALack) in watched)
        {
            if ((Wildcard.Is(id) ? found.ByForAll(NullableDiagnostics.Matching(id)) : found.By(id, category, reportsALack)) is { } by)
                found.off.Add((id, by));
        }

        found.AddSpecified(build.MappedWildcards);
        return found;
    }

    /// <summary>The compiler lists its own diagnostics only where it gives them: of a wildcard all is known that can be, which is those that may be off together.</summary>
    string? ByForAll(IReadOnlyList<string> ids)
    {
        var by = ids.Select(id => By(id, Compiler, reportsALack: false)).Distinct().ToList();
        return by.Count == 0 || by.Contains(null) ? null : string.Join("; ", by.OrderBy(who => who, StringComparer.Ordinal));
    }

    /// <summary>Which ids another analyzer's wildcard means only that knows. Those that a property or a ruleset switches off are listed.</summary>
    void AddSpecified(IReadOnlyList<string> wildcards)
    {
        if (wildcards.Count == 0)
            return;
        var known = new HashSet<string>(off.Select(one => one.Id), StringComparer.Ordinal);
        var specified = compilation.Options.SpecificDiagnosticOptions.Where(option => IsOff(option.Value)).Select(option => option.Key).OrderBy(id => id, StringComparer.Ordinal).ToList();
        off.AddRange(wildcards.SelectMany(wildcard => Wildcard.Matching(wildcard, specified)).Where(known.Add).Select(id => (id, NoWarn)));
    }

    string? By(string id, string? category, bool reportsALack)
    {
        var isSpecified = compilation.Options.SpecificDiagnosticOptions.TryGetValue(id, out var specific);
        if (isSpecified && IsOff(specific))
            return NoWarn;
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
        var isGlobal = provider?.TryGetGlobalDiagnosticValue(id, cancellation, out global) == true && !IsOnlyObserved(id, global);
        var runsWhereAsked = false;
        List<Source> singledOut = [], inCategory = [], amongAll = [];
        var sources = reportsALack ? program : own;
        foreach (var source in sources)
        {
            if (provider is not null && provider.TryGetDiagnosticValue(source.Tree, id, cancellation, out var severity))
            {
                runsWhereAsked |= !IsOff(severity);
                if (IsOff(severity))
                    singledOut.Add(source);
            }
            else if (!isGlobal && category != Compiler)
            {
                // The severity of a category outweighs the one of all. A category with a space has no key: csc finds none either.
                if (category is not null && source.Options.TryGetValue($"dotnet_analyzer_diagnostic.category-{category}.severity", out var ofCategory))
                {
                    if (IsNone(ofCategory))
                        inCategory.Add(source);
                }
                else if (source.IsOffForAll)
                {
                    amongAll.Add(source);
                }
            }
        }

        AddInBulk(id, inCategory.Concat(amongAll));
        // What is off for all and asked for in some files, as many a rule of the SDK is, runs in those.
        if (isGlobal && IsOff(global) && !runsWhereAsked)
            return IsOfTheSdk(id) && build.AnalysisLevel.Length > 0 ? build.AnalysisLevel : "global analyzer config";
        // A rule that somebody singled out for some files is off. One for all analyzers means the files: the rule has not seen those, and counts where there are others.
        var files = singledOut.Concat(inCategory).Concat(amongAll).ToList();
        return singledOut.Count + inCategory.Count > 0 || (files.Count > 0 && files.Count == sources.Count) ? $".editorconfig ({Named(files.ConvertAll(source => source.Tree.FilePath))})" : null;
    }

    /// <summary>A build that only observes makes suggestions of ours by a global config of its own, which is no severity of the user's.</summary>
    bool IsOnlyObserved(string id, ReportDiagnostic global) => build.OnlyObserves && global == ReportDiagnostic.Info && id.StartsWith(Ours, StringComparison.Ordinal);

    void AddInBulk(string id, IEnumerable<Source> sources)
    {
        var files = string.Join("|", sources.Select(source => source.Tree.FilePath));
        if (files.Length > 0 || id == Any)
            inBulk[files] = inBulk.TryGetValue(files, out var ids) ? $"{ids},{id}" : id;
    }

    /// <summary>One of those that the SDK's global config of an analysis level or mode speaks of.</summary>
    static bool IsOfTheSdk(string id) => id.StartsWith("CA", StringComparison.Ordinal) && id.Skip(2).All(char.IsDigit);

    static bool IsOff(ReportDiagnostic severity) => severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden;

    /// <summary>It counts where the id itself has no severity, nor its category, and never for what the compiler itself says.</summary>
    static bool IsOffForAll(AnalyzerConfigOptions options) => options.TryGetValue("dotnet_analyzer_diagnostic.severity", out var severity) && IsNone(severity);

    static bool IsNone(string severity) => severity.Trim().ToLowerInvariant() is "none" or "silent";

    public static string Named(List<string> files)
    {
        var named = files.ConvertAll(Path.GetFileName);
        return named.Count <= NamedFiles
            ? string.Join(", ", named)
            : string.Join(", ", named.Take(NamedFiles)) + " and " + (named.Count - NamedFiles).ToString(CultureInfo.InvariantCulture) + " more";
    }

    sealed record Source(SyntaxTree Tree, AnalyzerConfigOptions Options, bool IsOffForAll);
}
