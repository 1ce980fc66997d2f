using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Where tracing is wired, what the service calls is in its traces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2007ClientsAreInstrumented() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2007ClientsAreInstrumented),
        level: 3,
        AppliesTo.Service,
        title: "Clients in use are instrumented",
        message: "{0}",
        description: "A trace that ends where the service calls its database or a queue shows that a request was slow, and not what it waited for.");

    private protected override Verdict Judge(RuleContext rule)
    {
        var wired = rule.Wired;
        var clients = new ClientsInUse(wired);
        var inUse = clients.InUse(c => c.IsTraced);
        if (inUse.Count == 0 && rule.Build.WritesAssemblyFacts && wired.MaybeVia(AssemblyFact.Client) is null)
            return Verdict.NotApplicable("no client is used that has an instrumentation");
        if (!wired.Has(AssemblyFact.Tracing))
            return UnseenWiring.Of(rule, AssemblyFact.Tracing, "tracing") ?? Verdict.NotApplicable("no tracing is wired that clients could be part of");
        if (inUse.Count == 0)
            return UnseenWiring.Of(rule, AssemblyFact.Tracing, "clients") ?? Verdict.NotApplicable("no client is used that has an instrumentation");
        var sources = wired.Certain(AssemblyFact.ActivitySource).Select(f => f.Name ?? AssemblyFact.UnknownName).ToList();
        var missing = clients.Without(inUse, AssemblyFact.Instrumentation).Where(c => !Array.Exists(c.Sources, s => sources.Exists(r => r != AssemblyFact.UnknownName && SourcePattern.Matches(r, s)))).ToList();
        if (missing.Count == 0)
            return Verdict.Passes;
        var titles = ClientsInUse.Titles(missing);
        if (wired.Certain(AssemblyFact.Instrumentation).FirstOrDefault(f => f.Name == AssemblyFact.UnknownName) is { } agent)
            return Verdict.Undecided($"what '{agent.Via}' sets up instruments clients by its own choice; {titles} may be among them");
        if (sources.Contains(AssemblyFact.UnknownName) && missing.TrueForAll(c => c.Sources.Length > 0))
            return Verdict.Undecided($"the sources of {titles} may be among those registered by a name that is not a constant");
        return UnseenWiring.Of(rule, AssemblyFact.Tracing, "instrumentation") ?? UnseenWiring.Of(rule, AssemblyFact.ActivitySource, "instrumentation")
            ?? UnseenWiring.UnlessHidden(rule, Verdict.Failing($"'{rule.Compilation.AssemblyName}' is traced without the instrumentation of {titles}, so that calls of it are missing from the traces"));
    }
}
