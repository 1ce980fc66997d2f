using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>What a service cannot work without is among its health checks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4002DependenciesAreHealthChecked() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4002DependenciesAreHealthChecked),
        level: 3,
        AppliesTo.Service,
        title: "Dependencies in use are health-checked",
        message: "{0}",
        description: "A service that says it is ready while its database is out of reach takes requests that it can only fail.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (!rule.Build.WritesAssemblyFacts)
            return Verdict.Undecided("ScorecardAssemblyFacts=false switches off the detection of wiring");
        var clients = new ClientsInUse(rule.Wired);
        var inUse = clients.InUse(c => c.IsDependency);
        if (inUse.Count == 0)
            return Verdict.NotApplicable("no database, cache or queue is used that a health check is known for");
        var missing = clients.Without(inUse, AssemblyFact.HealthCheck).ToList();
        if (missing.Count == 0)
            return Verdict.Passes;
        var titles = ClientsInUse.Titles(missing);
        if (rule.Wired.Certain(AssemblyFact.HealthCheck).Any(f => f.Name == AssemblyFact.UnknownName))
            return Verdict.Undecided($"a health check is written by hand; whether it looks at {titles} is not judged");
        if (rule.Wired.MaybeVia(AssemblyFact.HealthChecks) is { } method)
            return Verdict.Undecided($"'{method}' may register a health check for {titles} and cannot be looked into");
        if (!rule.Wired.Has(AssemblyFact.HealthChecks) && !rule.Wired.Has(AssemblyFact.HttpPipeline))
            return Verdict.NotApplicable("a worker without an HTTP pipeline that registers no health checks has none to add its dependencies to");
        return Verdict.Failing($"'{rule.Compilation.AssemblyName}' uses {titles} and registers no health check for it");
    }
}
