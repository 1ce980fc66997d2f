using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>What the rules on activity sources and on meters differ in.</summary>
/// <param name="Type">What is created: <c>ActivitySource</c>.</param>
/// <param name="Fact">The kind of fact that tells a registered name.</param>
/// <param name="Created">What a referenced assembly creates.</param>
/// <param name="Collector">Who may listen in a way of its own.</param>
/// <param name="AgentVariable">By which OpenTelemetry's agent is told what else to listen to, with commas between the names.</param>
sealed record SourceKind(string Type, string Fact, SourceCreations Creations, Func<ReferenceFacts, IReadOnlyList<CreatedSource>> Created, string Collector, string AgentVariable)
{
    public static readonly SourceKind ActivitySource = new("ActivitySource", AssemblyFact.ActivitySource, SourceCreations.OfActivitySources, f => f.ActivitySources, "tracer", "OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES");
    public static readonly SourceKind Meter = new("Meter", AssemblyFact.Meter, SourceCreations.OfMeters, f => f.Meters, "collector", "OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES");
}

/// <summary>
/// Everything of a kind that a service or one of its libraries creates is registered. Which names are registered is known in the service only, so that is where what a
/// library creates is judged.
/// </summary>
public abstract class SourceRule : Rule
{
    /// <summary>The property of a finding that carries the source's name.</summary>
    public const string SourceProperty = "source";

    readonly SourceKind kind;

    private protected SourceRule(DiagnosticDescriptor descriptor, SourceKind kind) : base(descriptor) => this.kind = kind;

    private protected sealed override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
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
        var references = new Lazy<List<(string Assembly, CreatedSource Source)>>(() => (
            from reference in rule.Compilation.References
            let facts = ReferenceFacts.Of(reference, rule.Cancellation)
            from source in kind.Created(facts)
            select (facts.Assembly, source)).ToList());
        var registrations = new Lazy<List<string>>(() => rule.Wired.Certain(kind.Fact).Select(f => f.Name ?? "").Concat((rule.Dockerfile?[kind.AgentVariable] ?? "").Split(',').Select(n => n.Trim()).Where(n => n.Length > 0)).ToList());

        // What the libraries create
        var missing = new Lazy<List<(string Name, string By)>>(() => references.Value.Where(r => !IsRegistered(r.Source.Name, $"in '{r.Assembly}'"))
            .GroupBy(r => r.Source.Name).Select(g => (Name: Resolved(g.Key), By: $" of '{g.First().Assembly}' ({g.First().Source.Member})")).ToList());
        rule.AtEnd(() =>
        {
            if (missing.Value.Count > 0 && rule.EntryPoint is null)
                rule.StandAside(StandsAside.Undecided, "the service has no entry point in its own source");
        });

        // What the service creates
        start.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            foreach (var creation in kind.Creations.In(tree, () => model.SemanticModel, model.CancellationToken))
            {
                var names = new SourceName(new SemanticModels(model.SemanticModel), member => references.Value.Find(r => r.Source.Member == member).Source?.Name, model.CancellationToken);
                var name = names.OfCreation(creation);
                if (!IsRegistered(name, $"in {Path.GetFileName(tree.FilePath)}"))
                    Report(model, creation.GetLocation(), Resolved(name), "");
            }
            if (rule.EntryPoint is { } entryPoint && entryPoint.Tree == tree)
                missing.Value.ForEach(m => Report(model, entryPoint.Location, m.Name, m.By));
        });

        bool IsRegistered(string created, string where)
        {
            var (name, registered) = (Resolved(created), registrations.Value);
            if (name != AssemblyFact.UnknownName && registered.Exists(r => r != AssemblyFact.UnknownName && SourcePattern.Matches(r, name)))
                return true;
            var undecided = name == AssemblyFact.UnknownName ? $"the name of {Article}{kind.Type} {where} is not a constant"
                : registered.Contains(AssemblyFact.UnknownName) ? $"{kind.Type} '{name}' {where} may be among those registered by a name that is not a constant, or by a {kind.Collector}'s own choice"
                : rule.Wired.MaybeVia(kind.Fact) is { } method ? $"'{method}' may register {kind.Type} '{name}' and cannot be looked into"
                : rule.Dockerfile is { Agent: { } agent } dockerfile && !dockerfile.ListsAllIn(kind.AgentVariable) ? $"the Dockerfile puts an agent beside the service ({agent}), which may listen to {kind.Type} '{name}'"
                : null;
            if ((undecided ?? rule.DockerfileNotVisible) is not { } reason)
                return false;
            rule.StandAside(undecided is null ? StandsAside.NotVisible : StandsAside.Undecided, reason);
            return true;
        }

        string Resolved(string name) => name.Replace(AssemblyFact.ApplicationName, start.Compilation.AssemblyName ?? AssemblyFact.UnknownName);
    }

    string Article => kind.Type[0] == 'A' ? "an " : "a ";

    void Report(SemanticModelAnalysisContext model, Location location, string source, string by) =>
        model.ReportDiagnostic(Diagnostic.Create(Descriptor, location, ImmutableDictionary<string, string?>.Empty.Add(SourceProperty, source), source, by));
}
