using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Catalog;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;
using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Testing;

namespace ScorecardBuildTasks.Rules;

/// <summary>What a rule may know: the compilation, what the build says about project and repository, and what the assembly wires. Read when first asked for.</summary>
sealed class RuleContext
{
    static readonly ConditionalWeakTable<SourceText, CatalogFile> Catalogs = new();
    static readonly ConditionalWeakTable<SourceText, CodeOwners> Owners = new();
    static readonly ConditionalWeakTable<SourceText, ScorecardFacts> FactFiles = new();
    static readonly ConditionalWeakTable<Compilation, StrongBox<TestSources?>> TestFiles = new();
    static readonly ConditionalWeakTable<SourceText, Dockerfile> Dockerfiles = new();
    static readonly ConditionalWeakTable<SourceText, AppSettings> SettingsFiles = new();

    readonly DiagnosticDescriptor rule;
    readonly AnalyzerOptions options;
    readonly CancellationToken cancellation;
    readonly List<Action> last = [];
    Diagnostic? standingAside;

    public RuleContext(DiagnosticDescriptor rule, Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        (this.rule, Compilation, this.options, this.cancellation) = (rule, compilation, options, cancellation);
        Build = new BuildProperties(options.AnalyzerConfigOptionsProvider.GlobalOptions);
    }

    public Compilation Compilation { get; }

    public CancellationToken Cancellation => cancellation;

    public BuildProperties Build { get; }

    /// <summary>Null when the service's own source has none.</summary>
    public EntryPoint? EntryPoint => EntryPoint.Of(Compilation, cancellation);

    /// <summary>What the assembly declares to wire, which includes what the libraries bring whose methods it calls.</summary>
    public AssemblyFacts Wired => AssemblyFacts.Of(Compilation);

    /// <summary>What the service answers requests with.</summary>
    public ServiceEndpoints Endpoints => ServiceEndpoints.Of(Compilation, Build);

    /// <summary>Null before the first build wrote it.</summary>
    public ScorecardFacts? Facts => First(RepositoryFile.Facts) is { Text: var text } ? FactFiles.GetValue(text, static t => ScorecardFacts.Parse(t.ToString())) : null;

    /// <summary>Why parts of the repository may be missing, so that the absence of a file shows nothing.</summary>
    public string? RepositoryNotVisible => Build.RepositoryNotVisible is { Length: > 0 } hidden ? hidden : Facts?.RepositoryNotVisible;

    /// <summary>The catalog's entity that the project is said to be, by the property or by scorecard.json, as <c>service:checkout</c> or <c>checkout</c>; may be empty.</summary>
    public string Entity => Build.Entity.Length > 0 ? Build.Entity : Facts?.Entity ?? "";

    /// <summary>The catalog file nearest to the project and its path.</summary>
    public (string Path, CatalogFile File)? Catalog =>
        First(RepositoryFile.Catalog) is var (path, text) ? (path, Catalogs.GetValue(text, static t => CatalogFile.Parse(t.ToString()))) : null;

    public (string Path, CodeOwners File)? CodeOwners
    {
        get
        {
            if (First(RepositoryFile.CodeOwners) is not var (path, text))
                return null;
            var isGitLab = Path.GetFileName(Path.GetDirectoryName(path)) == ".gitlab";
            return (path, Owners.GetValue(text, t => ScorecardBuildTasks.Catalog.CodeOwners.Parse(t.ToString(), isGitLab)));
        }
    }

    /// <summary>The README files beside the project and at the repository's root.</summary>
    public IEnumerable<(string Path, SourceText Text)> Readmes => Texts(RepositoryFile.Readme);

    /// <summary>The sources of the tests that reach the service; null where the build does not hand them over, which it does only when reporting.</summary>
    public TestSources? TestSources => TestFiles.GetValue(Compilation, c => new StrongBox<TestSources?>(TestSources.Of(Files(RepositoryFile.TestSource), options, c, cancellation))).Value;

    /// <summary>The Dockerfile beside the project.</summary>
    public Dockerfile? Dockerfile => First(RepositoryFile.Dockerfile) is { Text: var text } ? Dockerfiles.GetValue(text, static t => Dockerfile.Parse(t.ToString())) : null;

    /// <summary>Why there may be a <see cref="Dockerfile"/> that is not here; its absence shows nothing then of what the service runs beside.</summary>
    public string? DockerfileNotVisible => Dockerfile is null && Build.DockerfileNotVisible is { Length: > 0 } hidden ? hidden : null;

    /// <summary>What the service is told where it runs: the project's appsettings.json and the one of Production, in the order in which the later wins.</summary>
    public IEnumerable<AppSettings> Settings =>
        from file in Texts(RepositoryFile.AppSettings)
        let name = Path.GetFileName(file.Path)
        where name is "appsettings.json" or "appsettings.Production.json"
        orderby name.Length
        select SettingsFiles.GetValue(file.Text, static t => AppSettings.Parse(t.ToString()));

    /// <summary>The files beside the project in which NLog and log4net find their targets.</summary>
    public IEnumerable<(string Path, SourceText Text)> LogTargets => Texts(RepositoryFile.LogTargets);

    /// <summary>The rule says nothing about this project, for a reason; the first one counts. An open finding of the same rule wins.</summary>
    public void StandAside(StandsAside state, string reason) =>
        Interlocked.CompareExchange(ref standingAside, RuleStandsAside.Because(rule, state, reason), null);

    public void StandAside(Verdict verdict)
    {
        if (verdict.StandsAside is { } state)
            StandAside(state, verdict.Reason);
    }

    /// <summary>Does at the end of the compilation what only decides whether the rule stands aside: an editor, which asks about one file, does not come to that. To be called where the compilation starts.</summary>
    public void AtEnd(Action decide) => last.Add(decide);

    public void ReportStandingAside(CompilationAnalysisContext end)
    {
        last.ForEach(decide => decide());
        if (standingAside is { } diagnostic)
            end.ReportDiagnostic(diagnostic);
    }

    IEnumerable<AdditionalText> Files(string kind) =>
        options.AdditionalFiles.Where(f => RepositoryFile.KindOf(f, options.AnalyzerConfigOptionsProvider) == kind);

    IEnumerable<(string Path, SourceText Text)> Texts(string kind) =>
        from file in Files(kind)
        let text = file.GetText(cancellation)
        where text is not null
        select (file.Path, text);

    /// <summary>Null where there is none, or its text cannot be read.</summary>
    (string Path, SourceText Text)? First(string kind) => Files(kind).FirstOrDefault() is { } file && file.GetText(cancellation) is { } text ? (file.Path, text) : null;
}
