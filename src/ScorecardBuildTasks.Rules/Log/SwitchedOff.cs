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

    const string NoWarn = "NoWarn or -nowarn";
    const int NamedFiles = 3;
    const int HighestOldLevel = 4;

    /// <summary>What the compiler says of an analyzer or generator that crashed, is refused or cannot be loaded.</summary>
    public static readonly string[] OfAnalyzers = ["AD0001", "CS8032", "CS8785", "CS9057"];

    readonly Compilation compilation;
    readonly BuildProperties build;
    readonly CancellationToken cancellation;
    readonly HashSet<string> observed;
    readonly Lazy<bool> nullableIsOff;
    readonly List<Source> own;
    readonly List<Source> program;
    readonly List<(string Id, string By)> off = [];
    readonly Dictionary<string, string> inBulk = new(StringComparer.Ordinal);

    SwitchedOff(Compilation compilation, AnalyzerOptions options, BuildProperties build, CancellationToken cancellation)
    {
        (this.compilation, this.build, this.cancellation) = (compilation, build, cancellation);
        observed = new HashSet<string>(build.ObservedDiagnostics, StringComparer.Ordinal);
        nullableIsOff = new Lazy<bool>(() => NullableDiagnostics.AreOff(compilation, cancellation));
        own = OwnSources.Of(compilation, build).Select(Read).ToList();
        program = EntryPoint.Of(compilation, cancellation) is { } entryPoint ? [Read(entryPoint.Tree)] : own;
        Categories = CategoriesIn(own.Select(source => source.Options));
        if (compilation.SyntaxTrees.Any(tree => IsOff(BulkSeverity.OfAll(options.AnalyzerConfigOptionsProvider.GetOptions(tree)))))
        {
            foreach (var category in Categories.Prepend(null))
                AddInBulk(Key(Any, category), own.Where(source => source.IsOffForAll && BulkSeverity.OfCategory(source.Options, category) is null));
        }

        Source Read(SyntaxTree tree)
        {
            var configured = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            return new Source(tree, configured, IsOff(BulkSeverity.OfAll(configured)));
        }
    }

    /// <summary>Those that have a severity in some file of the project's own. Of which one another analyzer's rule is the log tells evaluation, and nobody the collector: it answers for each.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The id, and behind it the category that an answer holds for; the one without holds for a category that has no severity.</summary>
    public static string Key(string id, string? category) => category is null ? id : $"{id}@{category}";

    public static IReadOnlyList<string> CategoriesIn(IEnumerable<AnalyzerConfigOptions> options) =>
        options.Distinct().SelectMany(BulkSeverity.Categories).Distinct(StringComparer.Ordinal).OrderBy(category => category, StringComparer.Ordinal).ToList();

    /// <summary>Who switched a diagnostic off, by its key.</summary>
    public IEnumerable<(string Id, string By)> Off => off;

    /// <summary>
    /// The own files in which nothing but a severity for all analyzers, or for a category, switches diagnostics off, with a bar between them, and the keys of those; one of them is <c>*</c> where there is such a severity
    /// for any file at all. It reaches no rule that a property, a ruleset or a global config gives a severity, and what the build shows of ours when it only observes is one.
    /// </summary>
    public IEnumerable<(string Keys, string Files)> InBulk => inBulk.Select(files => (files.Value, files.Key));

    public static SwitchedOff In(Compilation compilation, AnalyzerOptions options, BuildProperties build, IEnumerable<Watched> watched, CancellationToken cancellation)
    {
        var found = new SwitchedOff(compilation, options, build, cancellation);
        foreach (var one in watched)
        {
            if (Wildcard.Is(one.Id))
                found.Add(one.Id, found.ByForAll(NullableDiagnostics.Matching(one.Id)));
            else if (one.Category is not null)
                found.Add(one.Id, found.By(one.Id, one));
            else
            {
                foreach (var category in found.Categories.Prepend(null))
                    found.Add(Key(one.Id, category), found.By(Key(one.Id, category), one with { Category = category }));
            }
        }

        found.AddSpecified(build.MappedWildcards);
        return found;
    }

    void Add(string key, string? by)
    {
        if (by is not null)
            off.Add((key, by));
    }

    /// <summary>The compiler lists its own diagnostics only where it gives them: of a wildcard all is known that can be, which is those that may be off together.</summary>
    string? ByForAll(IReadOnlyList<string> ids)
    {
        var by = ids.Select(id => By(id, new Watched(id, Compiler))).Distinct().ToList();
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

    string? By(string key, Watched watched)
    {
        var (id, category, _) = watched;
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
        List<Source> unasked = [], singledOut = [], inCategory = [], amongAll = [], stopped = [];
        string? stopping = null;
        var sources = watched.Finds == Finds.InCode ? own : program;
        foreach (var source in sources)
        {
            if (provider is not null && provider.TryGetDiagnosticValue(source.Tree, id, cancellation, out var severity))
            {
                if (IsOff(severity))
                    singledOut.Add(source);
            }
            else if (isGlobal && IsOff(global))
            {
                unasked.Add(source);
            }
            else if (!isGlobal && !isSpecified && category != Compiler && watched.Finds != Finds.InOtherFiles)
            {
                if (BulkSeverity.OfCategory(source.Options, category) is { } ofCategory)
                {
                    if (IsOff(ofCategory))
                        inCategory.Add(source);
                }
                else if (source.IsOffForAll)
                {
                    amongAll.Add(source);
                }
            }

            if (StyleOptions.Stopping(id, source.Options, build) is { } option)
            {
                stopping ??= option;
                stopped.Add(source);
            }
        }

        AddInBulk(key, inCategory.Concat(amongAll));
        // What is off for all and asked for in some files, as many a rule of the SDK is, runs in those and in no others.
        if (isGlobal && IsOff(global) && (unasked.Count > 0 || sources.Count == 0))
        {
            var all = IsOfTheSdk(id) && build.AnalysisLevel.Length > 0 ? build.AnalysisLevel : "global analyzer config";
            return unasked.Count == sources.Count ? all : $"{all} ({NamesOf(unasked)})";
        }

        // A rule that somebody singled out for some files is off. One for all analyzers means the files: the rule has not seen those, and counts where there are others.
        var files = singledOut.Concat(inCategory).Concat(amongAll).ToList();
        return singledOut.Count + inCategory.Count > 0 || (files.Count > 0 && files.Count == sources.Count) ? $".editorconfig ({NamesOf(files)})"
            : stopping is not null ? $"{stopping} ({NamesOf(stopped)})"
            : null;

        static string NamesOf(List<Source> sources) => Named(sources.ConvertAll(source => source.Tree.FilePath));
    }

    /// <summary>A build that only observes makes suggestions of ours by a global config of its own, which is no severity of the user's.</summary>
    bool IsOnlyObserved(string id, ReportDiagnostic global) => global == ReportDiagnostic.Info && observed.Contains(id);

    void AddInBulk(string key, IEnumerable<Source> sources)
    {
        var files = string.Join("|", sources.Select(source => source.Tree.FilePath));
        if (files.Length > 0 || key.StartsWith(Any, StringComparison.Ordinal))
            inBulk[files] = inBulk.TryGetValue(files, out var keys) ? $"{keys},{key}" : key;
    }

    /// <summary>One of those that the SDK's global config of an analysis level or mode speaks of.</summary>
    static bool IsOfTheSdk(string id) => id.StartsWith("CA", StringComparison.Ordinal) && id.Skip(2).All(char.IsDigit);

    static bool IsOff(ReportDiagnostic? severity) => severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden;

    public static string Named(List<string> files)
    {
        var named = files.ConvertAll(Path.GetFileName);
        return named.Count <= NamedFiles
            ? string.Join(", ", named)
            : string.Join(", ", named.Take(NamedFiles)) + " and " + (named.Count - NamedFiles).ToString(CultureInfo.InvariantCulture) + " more";
    }

    sealed record Source(SyntaxTree Tree, AnalyzerConfigOptions Options, bool IsOffForAll);
}

/// <summary>A diagnostic that may be switched off, or a wildcard for diagnostics of the compiler.</summary>
/// <param name="Category">Null where nobody knows it.</param>
readonly record struct Watched(string Id, string? Category, Finds Finds = Finds.InCode);

/// <summary>Where a rule has its findings, which decides whose severity reaches them.</summary>
enum Finds
{
    InCode,

    /// <summary>What reports a lack, and is off where it is off there.</summary>
    AtEntryPoint,

    /// <summary>Which no severity for all analyzers reaches, nor that of a category. The rule itself heeds its own severity at the entry point.</summary>
    InOtherFiles,
}
