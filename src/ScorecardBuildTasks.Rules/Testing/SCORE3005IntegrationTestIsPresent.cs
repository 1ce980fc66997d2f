using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>A test starts the service, with its pipeline and its wiring, and talks to it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE3005IntegrationTestIsPresent() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TestingScorecard.Instance.Describe(
        typeof(SCORE3005IntegrationTestIsPresent),
        level: 3,
        AppliesTo.Http,
        title: "An integration test starts the service",
        message: "{0}",
        description: "Routing, binding, authorization and what is registered are only tried by a test that starts the service as it is.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (rule.Facts is not { } facts)
            return Verdict.Undecided("the build has not written yet which test projects reach the service");
        var name = rule.Build.ProjectName.Length > 0 ? rule.Build.ProjectName : rule.Compilation.AssemblyName;
        var starts = false;
        string? undecided = null;
        if (rule.TestSources is { } tests)
            (starts, undecided) = ServiceHost.In(tests, facts.TestProjectsWithoutAssembly, rule.Compilation, rule.Cancellation);
        else if (facts.TestProjects.Count > 0)
            undecided = "the build hands the sources of tests over only when it reports";
        if (starts)
            return Verdict.Passes;
        if ((undecided ?? facts.TestProjectsUndecided) is { } reason)
            return Verdict.Undecided(reason);
        if (rule.RepositoryNotVisible is { } hidden)
            return Verdict.NotVisible(hidden);
        return Verdict.Failing(facts.TestProjects.Count > 0
            ? $"'{name}' has no integration test: none of '{facts.TestProjects[0]}'{(facts.TestProjects.Count > 1 ? $" and {facts.TestProjects.Count - 1} more" : "")} starts it"
            : $"'{name}' has no integration test: no test project references it");
    }
}
