using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>A test project reaches the service and has a test.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE3001ServiceHasTests() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TestingScorecard.Instance.Describe(
        typeof(SCORE3001ServiceHasTests),
        level: 1,
        AppliesTo.Service,
        title: "The service has tests",
        message: "{0}",
        description: "A test project references the service, directly or through others, and has at least one test.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (rule.Facts is not { } facts)
            return Verdict.Undecided("the build has not written yet which test projects reach the service");
        if (facts.TestProjects.Count > 0)
            return Verdict.Passes;
        if (facts.TestProjectsUndecided is { } undecided)
            return Verdict.Undecided(undecided);
        if (rule.RepositoryNotVisible is { } hidden)
            return Verdict.NotVisible(hidden);
        var name = rule.Build.ProjectName.Length > 0 ? rule.Build.ProjectName : rule.Compilation.AssemblyName;
        return Verdict.Failing(facts.TestProjectsWithoutTest.FirstOrDefault() is { } empty
            ? $"'{name}' has no tests: '{empty}' references it and has no test"
            : $"'{name}' has no tests: no test project references it");
    }
}
