using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>
/// Every activity source that a service or one of its libraries creates is registered with the tracer. Which are registered is known in the service only, so that is
/// where a library's sources are judged.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2005ActivitySourceIsRegistered() : Rule(Description)
{
    /// <summary>The property of a finding that carries the source's name.</summary>
    public const string SourceProperty = "source";

    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2005ActivitySourceIsRegistered),
        level: 2,
        AppliesTo.Code,
        title: "Every ActivitySource is registered with the tracer",
        message: "ActivitySource '{0}'{1} is added by no AddSource, so that its spans are dropped",
        description: "StartActivity returns null for a source that nobody listens to: its spans are lost without an error.");

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (rule.Build.Kind == ProjectKind.Library)
        {
            rule.StandAside(StandsAside.NotApplicable, "the services that reference a library judge its sources");
            return;
        }
        if (!rule.Build.WritesAssemblyFacts)
        {
            rule.StandAside(StandsAside.Undecided, "ScorecardAssemblyFacts=false switches off the detection of wiring");
            return;
        }
        var references = (from reference in start.Compilation.References
                          let facts = ReferenceFacts.Of(reference, start.CancellationToken)
                          from source in facts.ActivitySources
                          select (facts.Assembly, Source: source)).ToList();
        var registered = rule.Wired.Certain(AssemblyFact.ActivitySource).Select(f => f.Name ?? "").ToList();

        // What the libraries create
        var missing = references.Where(r => !IsRegistered(r.Source.Name, $"in '{r.Assembly}'"))
            .GroupBy(r => r.Source.Name).Select(g => (Name: Resolved(g.Key), By: $" of '{g.First().Assembly}' ({g.First().Source.Member})")).ToList();
        if (missing.Count > 0 && rule.EntryPoint is null)
            rule.StandAside(StandsAside.Undecided, "the service has no entry point in its own source");

        // What the service creates
        start.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            foreach (var creation in SourceCreations.OfActivitySources.In(tree, () => model.SemanticModel, model.CancellationToken))
            {
                var names = new SourceName(new SemanticModels(model.SemanticModel), member => references.Find(r => r.Source.Member == member).Source?.Name, model.CancellationToken);
                var name = names.OfCreation(creation);
                if (!IsRegistered(name, $"in {Path.GetFileName(tree.FilePath)}"))
                    Report(model, creation.GetLocation(), Resolved(name), "");
            }
            if (rule.EntryPoint is { } entryPoint && entryPoint.Tree == tree)
                missing.ForEach(m => Report(model, entryPoint.Location, m.Name, m.By));
        });

        bool IsRegistered(string created, string where)
        {
            var name = Resolved(created);
            if (name != AssemblyFact.UnknownName && registered.Exists(r => r != AssemblyFact.UnknownName && SourcePattern.Matches(r, name)))
                return true;
            var undecided = name == AssemblyFact.UnknownName ? $"the name of an ActivitySource {where} is not a constant"
                : registered.Contains(AssemblyFact.UnknownName) ? $"ActivitySource '{name}' {where} may be among those registered by a name that is not a constant, or by a tracer's own choice"
                : rule.Wired.MaybeVia(AssemblyFact.ActivitySource) is { } method ? $"'{method}' may register ActivitySource '{name}' and cannot be looked into"
                : null;
            if (undecided is not null)
                rule.StandAside(StandsAside.Undecided, undecided);
            return undecided is not null;
        }

        string Resolved(string name) => name.Replace(AssemblyFact.ApplicationName, start.Compilation.AssemblyName ?? AssemblyFact.UnknownName);
    }

    void Report(SemanticModelAnalysisContext model, Location location, string source, string by) =>
        model.ReportDiagnostic(Diagnostic.Create(Descriptor, location, ImmutableDictionary<string, string?>.Empty.Add(SourceProperty, source), source, by));
}
