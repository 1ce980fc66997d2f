using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>Each endpoint of a service's HTTP API says in a summary what it does.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1009EndpointsAreDescribed() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1009EndpointsAreDescribed),
        level: 3,
        AppliesTo.Http,
        title: "Every endpoint has a summary",
        message: "{0} no summary",
        description: "A document of routes and types tells how to call an API, not what for. One sentence per endpoint does.");

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (!rule.Endpoints.HasApi)
        {
            rule.StandAside(StandsAside.NotApplicable, "the service answers with pages, streams or calls that OpenAPI does not describe, and with no HTTP API");
            return;
        }
        if (rule.Compilation.ReferencedAssemblyNames.Any(a => a.Name == "FastEndpoints"))
            rule.StandAside(StandsAside.Undecided, "FastEndpoints describes its endpoints in classes of their own, which are not judged");
        rule.AtEnd(() =>
        {
            if (new LibraryEndpoints(rule, DescriptionConvention.Instance).Silent is { } library)
                rule.StandAside(StandsAside.Undecided, $"{library} brings endpoints from a library, and what describes them is not in sight");
        });
        var wolverine = WolverineEndpoints.Of(rule.Compilation, DescriptionConvention.Instance, start.CancellationToken);
        if (wolverine is { HasOwn: false })
            rule.StandAside(StandsAside.Undecided, "'MapWolverineEndpoints' maps endpoints of other assemblies, and what describes them is not in sight");
        start.RegisterSemanticModelAction(model =>
        {
            if (wolverine is not null)
                JudgeWolverine(rule, model);
            JudgeMappings(rule, model);
            JudgeControllers(rule, model);
        });
    }

    void JudgeMappings(RuleContext rule, SemanticModelAnalysisContext model)
    {
        var models = new SemanticModels(model.SemanticModel);
        var mappings = new EndpointMappings(models, rule.Endpoints, model.CancellationToken);
        var walk = new EndpointWalk(models, DescriptionConvention.Instance, model.CancellationToken);
        var silent = new List<(MappedEndpoint, string)>();
        foreach (var endpoint in mappings.In(model.SemanticModel.SyntaxTree).Where(e => e.Served is null && !mappings.IsForPages(e)))
        {
            var answer = walk.Of(endpoint, mappings);
            if (answer == Answer.No)
                silent.Add((endpoint, $"'{endpoint.Name}'"));
            else if (answer == Answer.Unknown)
                rule.StandAside(StandsAside.Undecided, $"what '{endpoint.Name}' is mapped through may describe it and cannot be followed");
        }
        foreach (var subject in EndpointSubject.Of(silent))
            Report(model, subject);
    }

    void JudgeControllers(RuleContext rule, SemanticModelAnalysisContext model)
    {
        var asked = DescriptionConvention.Instance;
        foreach (var controller in rule.Endpoints.ControllersIn(model.SemanticModel.SyntaxTree, model.CancellationToken))
        {
            if (!Controllers.AnswersWithData(controller) || Controllers.IsForThePlatform(controller) || asked.OfType(controller) == Answer.Yes)
                continue;
            var actions = Controllers.ActionsOf(controller).ToList();
            var silent = actions.Where(a => asked.OfAction(a, model.CancellationToken) == Answer.No).ToList();
            if (silent.Count > 0)
                Report(model, EndpointSubject.Of(controller, controller.Locations[0], silent, actions.Count));
        }
    }

    /// <summary>What Wolverine itself writes into the document for an endpoint that carries no summary is not known here.</summary>
    static void JudgeWolverine(RuleContext rule, SemanticModelAnalysisContext model)
    {
        foreach (var endpoint in WolverineEndpoints.In(model.SemanticModel, model.CancellationToken))
        {
            if (DescriptionConvention.Instance.OfAttributes(endpoint) != Answer.Yes)
                rule.StandAside(StandsAside.Undecided, $"Wolverine.Http maps '{endpoint.ContainingType.Name}.{endpoint.Name}' and may describe it by conventions of its own");
        }
    }

    void Report(SemanticModelAnalysisContext model, EndpointSubject subject) =>
        model.ReportDiagnostic(Diagnostic.Create(Descriptor, subject.Location, $"{subject.Name} {(subject.IsOne ? "has" : "have")}"));
}
