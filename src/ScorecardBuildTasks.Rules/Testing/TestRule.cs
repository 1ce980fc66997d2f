using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Log;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>
/// A rule on tests, with two entries to the same reading of them: the test project's own compilation, where it shows while the file is open, and that of the service
/// whose tests they are, where it counts. There the tests' sources are at hand when the build is reporting, and their suppressions are nobody's to apply but the rule's.
/// </summary>
public abstract class TestRule : Rule
{
    private protected TestRule(DiagnosticDescriptor descriptor) : base(descriptor)
    {
    }

    /// <summary>Looks at one file.</summary>
    private protected abstract void Examine(SyntaxNode root, TestReader reader, AssertionSearch assertions, TestFindings findings);

    private protected sealed override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (rule.Build.Kind == ProjectKind.Test)
            ExamineThisProject(start, rule);
        else
            ExamineTestsOfTheService(start, rule);
    }

    void ExamineThisProject(CompilationStartAnalysisContext start, RuleContext rule)
    {
        var reader = new SemanticTestReader(start.Compilation, start.CancellationToken);
        var assertions = new AssertionSearch(reader);
        start.RegisterSemanticModelAction(model => Examine(
            model.SemanticModel.SyntaxTree.GetRoot(model.CancellationToken), reader, assertions,
            new TestFindings((place, arguments) => model.ReportDiagnostic(Diagnostic.Create(Descriptor, place.GetLocation(), arguments)), rule)));
    }

    void ExamineTestsOfTheService(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (TestsOf(rule) is not { } tests || IsSwitchedOff(rule, start.CancellationToken))
            return;
        var reader = new SyntaxTestReader(tests.Index);
        var assertions = new AssertionSearch(reader);
        var judged = new HashSet<string>(rule.Facts!.TestProjects, StringComparer.Ordinal);
        start.RegisterAdditionalFileAction(file =>
        {
            if (tests.Find(file.AdditionalFile) is not { } source || !judged.Contains(source.Project))
                return;
            Examine(source.Tree.GetRoot(file.CancellationToken), reader, assertions, new TestFindings(
                (place, arguments) =>
                {
                    var location = Location.Create(source.Path, place.Span, source.Tree.GetLineSpan(place.Span).Span);
                    var finding = Diagnostic.Create(Descriptor, location, arguments);
                    var suppression = SourceSuppression.Of(Descriptor.Id, place.Parent!, tests.Files.Where(f => f.Project == source.Project), reader);
                    file.ReportDiagnostic(suppression is null ? finding : RuleStandsAside.FromSuppressed(finding, suppression.Type, suppression.Justification));
                },
                rule));
        });
    }

    /// <summary>The sources to examine; null, and why, where there are none.</summary>
    internal static TestSources? TestsOf(RuleContext rule)
    {
        if (rule.Facts is not { } facts)
            rule.StandAside(StandsAside.Undecided, "the build has not written yet which test projects reach the service");
        else if (facts.TestProjects.Count == 0 && facts.TestProjectsUndecided is { } undecided)
            rule.StandAside(StandsAside.Undecided, undecided);
        else if (facts.TestProjects.Count == 0 && rule.RepositoryNotVisible is { } hidden)
            rule.StandAside(StandsAside.NotVisible, hidden);
        else if (facts.TestProjects.Count == 0)
            rule.StandAside(StandsAside.NotApplicable, "no test reaches the service, which SCORE3001 judges");
        else
        {
            if (facts.TestProjects.FirstOrDefault(p => !p.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)) is { } other)
                rule.StandAside(StandsAside.Undecided, $"'{other}' is not written in C#");
            if (rule.TestSources is null)
                rule.StandAside(StandsAside.Undecided, "the tests' sources are given when reporting");
            return rule.TestSources;
        }
        return null;
    }

    /// <summary>The compiler applies the .editorconfig of the service's own files only; a rule that is off for them is off for the tests too.</summary>
    bool IsSwitchedOff(RuleContext rule, CancellationToken cancellation) =>
        (rule.EntryPoint?.Tree ?? rule.Compilation.SyntaxTrees.FirstOrDefault()) is { } tree
        && rule.Compilation.Options.SyntaxTreeOptionsProvider is { } severities
        && severities.TryGetDiagnosticValue(tree, Descriptor.Id, cancellation, out var severity) && severity == ReportDiagnostic.Suppress;
}

/// <summary>Where a rule on tests says what it found, whichever compilation it runs in.</summary>
sealed class TestFindings(Action<SyntaxToken, object[]> report, RuleContext rule)
{
    public void Report(SyntaxToken place, params object[] arguments) => report(place, arguments);

    public void Undecided(string reason) => rule.StandAside(StandsAside.Undecided, reason);
}
