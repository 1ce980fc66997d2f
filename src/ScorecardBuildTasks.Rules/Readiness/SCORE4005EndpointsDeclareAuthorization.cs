using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Each endpoint requires authorization or says that it is open to everyone, unless a fallback policy speaks for those that say nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4005EndpointsDeclareAuthorization() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4005EndpointsDeclareAuthorization),
        level: 2,
        AppliesTo.Http,
        title: "Every endpoint requires authorization or is declared anonymous",
        message: "{0} neither authorized nor declared anonymous, and no fallback policy is set",
        description: "An endpoint that says nothing is open to everyone, by decision or by oversight; nobody can tell which.");

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (rule.Wired.Has(AssemblyFact.FallbackPolicy))
            return;
        if (!HasJudgedEndpoints(rule.Endpoints))
        {
            rule.StandAside(StandsAside.NotApplicable, "the service maps pages, GraphQL or configured proxy routes only, whose access is declared elsewhere than on endpoints");
            return;
        }
        rule.AtEnd(() =>
        {
            if (new LibraryEndpoints(rule, AuthorizationConvention.Instance).Silent is { } silent)
                rule.StandAside(StandsAside.Undecided, $"{silent} brings endpoints from a library, and who may call them is not declared in sight");
        });
        var wolverine = WolverineEndpoints.Of(rule.Compilation, AuthorizationConvention.Instance, start.CancellationToken);
        if (wolverine is { HasOwn: false })
            rule.StandAside(StandsAside.Undecided, "'MapWolverineEndpoints' maps endpoints of other assemblies, and who may call them is not declared in sight");
        var deciders = new NamedDeciders(rule.Compilation, start.CancellationToken);
        var shared = new Lazy<string?>(() => Undecidable(rule, deciders));
        start.RegisterSemanticModelAction(model =>
        {
            var findings = new Findings(rule, shared, model);
            var models = new SemanticModels(model.SemanticModel);
            var walk = new EndpointWalk(models, AuthorizationConvention.Instance, model.CancellationToken);
            JudgeMappings(findings, deciders, rule, models, walk, model);
            JudgeControllers(findings, deciders, rule, walk, model);
            if (wolverine is not null)
                JudgeWolverine(findings, wolverine, model);
        });
    }

    static bool HasJudgedEndpoints(ServiceEndpoints endpoints) =>
        endpoints.Has(AssemblyFact.ApiEndpoints) || endpoints.Has(AssemblyFact.ControllerEndpoints) || endpoints.Has(AssemblyFact.GrpcEndpoints) || endpoints.Has(AssemblyFact.HubEndpoints)
        || endpoints.Has(AssemblyFact.ForwardedEndpoints);

    /// <summary>What may decide who calls for the whole service, out of the endpoints' sight; null when nothing does.</summary>
    static string? Undecidable(RuleContext rule, NamedDeciders deciders)
    {
        if (rule.Wired.MaybeVia(AssemblyFact.FallbackPolicy) is { } method)
            return $"'{method}' may set a fallback policy and cannot be looked into";
        return deciders.Middleware is { } middleware ? $"the middleware '{middleware}' may decide who calls" : null;
    }

    void JudgeMappings(Findings findings, NamedDeciders deciders, RuleContext rule, SemanticModels models, EndpointWalk walk, SemanticModelAnalysisContext model)
    {
        var mappings = new EndpointMappings(models, rule.Endpoints, model.CancellationToken);
        var open = new List<(MappedEndpoint Endpoint, string Name)>();
        foreach (var endpoint in mappings.In(model.SemanticModel.SyntaxTree).Concat(mappings.ForwardersIn(model.SemanticModel.SyntaxTree)))
        {
            var (answer, detail) = (walk.Of(endpoint, mappings), "");
            if (answer == Answer.No && endpoint.Served is { } served)
                (answer, detail) = OfServed(served, model.CancellationToken);
            if (answer == Answer.Unknown && walk.Filter is { } filter)
                findings.Undecided($"the endpoint filter '{filter}' may decide who calls '{endpoint.Name}'");
            else if (answer == Answer.No && IsGrpcService(endpoint) && deciders.Interceptor is { } interceptor)
                findings.Undecided($"the interceptor '{interceptor}' may decide who calls '{endpoint.Name}'");
            else if (answer == Answer.Unknown)
                findings.Undecided($"what '{endpoint.Name}' is mapped through may require authorization and cannot be followed");
            else if (answer == Answer.No)
                open.Add((endpoint, $"'{endpoint.Name}'{detail}"));
        }
        foreach (var subject in EndpointSubject.Of(open))
            findings.Report(Descriptor, subject);
    }

    static bool IsGrpcService(MappedEndpoint endpoint) => endpoint.Served is not null && TreeMentions.SimpleName(endpoint.Call.Expression) == "MapGrpcService";

    /// <summary>A gRPC service or hub, by itself or by each of its methods.</summary>
    static (Answer, string) OfServed(INamedTypeSymbol served, CancellationToken cancellation)
    {
        var asked = AuthorizationConvention.Instance;
        if (asked.OfType(served) is var whole and not Answer.No)
            return (whole, "");
        var methods = Controllers.ActionsOf(served).ToList();
        var silent = methods.Where(m => asked.OfAction(m, cancellation) == Answer.No).ToList();
        return methods.Count > 0 && silent.Count == 0 ? (Answer.Yes, "")
            : (Answer.No, silent.Count > 0 && silent.Count < methods.Count ? $" ('{silent[0].Name}', {silent.Count} of {methods.Count} methods)" : "");
    }

    void JudgeControllers(Findings findings, NamedDeciders deciders, RuleContext rule, EndpointWalk walk, SemanticModelAnalysisContext model)
    {
        if (rule.Wired.Has(AssemblyFact.AuthorizeFilter))
            return;
        var asked = AuthorizationConvention.Instance;
        Answer? mapped = null;
        foreach (var controller in rule.Endpoints.ControllersIn(model.SemanticModel.SyntaxTree, model.CancellationToken))
        {
            if (Controllers.IsForThePlatform(controller))
                continue;
            var whole = asked.OfType(controller);
            if (whole == Answer.Yes)
                continue;
            var actions = Controllers.ActionsOf(controller).ToList();
            var answers = actions.Select(a => asked.OfAction(a, model.CancellationToken)).ToList();
            var silent = actions.Where((_, i) => answers[i] == Answer.No).ToList();
            if (silent.Count == 0 && !answers.Contains(Answer.Unknown))
                continue;
            mapped ??= walk.OfControllerMappings() ?? Elsewhere(rule);
            if (mapped == Answer.Yes)
                continue;
            var filter = deciders.Filter ?? (mapped == Answer.Unknown ? walk.Filter : whole == Answer.Unknown || silent.Count == 0 ? SuggestedFor(controller, actions) : null);
            if (filter is not null)
                findings.Undecided($"the filter '{filter}' may decide who calls '{controller.Name}'");
            else if (mapped == Answer.Unknown)
                findings.Undecided($"'{controller.Name}' may require authorization where controllers are mapped, which cannot be looked into");
            else
                findings.Report(Descriptor, EndpointSubject.Of(controller, controller.Locations[0], silent, actions.Count));
        }
    }

    void JudgeWolverine(Findings findings, WolverineEndpoints wolverine, SemanticModelAnalysisContext model)
    {
        var asked = AuthorizationConvention.Instance;
        foreach (var endpoint in WolverineEndpoints.In(model.SemanticModel, model.CancellationToken))
        {
            if (asked.OfType(endpoint.ContainingType).Or(() => asked.OfAction(endpoint, model.CancellationToken)) == Answer.Yes || wolverine.Mapped == Answer.Yes)
                continue;
            var name = $"'{endpoint.ContainingType.Name}.{endpoint.Name}'";
            if (wolverine.Mapped == Answer.Unknown)
                findings.Undecided($"the options of 'MapWolverineEndpoints' may require authorization of {name}");
            else if (WolverineEndpoints.MayBeDecidedBeside(endpoint, model.CancellationToken))
                findings.Undecided($"what stands beside {name} in its class may decide who calls");
            else
                findings.Report(Descriptor, new EndpointSubject(endpoint.Locations[0], name, IsOne: true));
        }
    }

    /// <summary>The filter that left a controller or one of its actions undecided.</summary>
    static string? SuggestedFor(INamedTypeSymbol controller, IEnumerable<IMethodSymbol> actions)
    {
        for (var type = controller; type is not null; type = type.BaseType)
        {
            if (SuggestedOn(type) is { } filter)
                return filter;
        }
        foreach (var action in actions)
        {
            for (var method = action; method is not null; method = method.OverriddenMethod)
            {
                if (SuggestedOn(method) is { } filter)
                    return filter;
            }
        }
        return null;
    }

    static string? SuggestedOn(ISymbol symbol) => symbol.GetAttributes().Select(AuthorizationConvention.SuggestedIn).FirstOrDefault(f => f is not null);

    /// <summary>Where a library maps the controllers, its service cannot see how; old MVC routes carry no policy.</summary>
    static Answer Elsewhere(RuleContext rule) =>
        rule.Wired.Certain(AssemblyFact.ControllerEndpoints).Any(f => !LibraryEndpoints.IsOwn(f, rule.Compilation)) ? Answer.Unknown : Answer.No;

    /// <summary>Reports what a tree has, or stands aside where something out of sight may decide.</summary>
    sealed class Findings(RuleContext rule, Lazy<string?> undecidable, SemanticModelAnalysisContext model)
    {
        public void Undecided(string reason) => rule.StandAside(StandsAside.Undecided, reason);

        public void Report(DiagnosticDescriptor descriptor, EndpointSubject subject)
        {
            if (undecidable.Value is { } reason)
                Undecided(reason);
            else
                model.ReportDiagnostic(Diagnostic.Create(descriptor, subject.Location, $"{subject.Name} {(subject.IsOne ? "is" : "are")}"));
        }
    }
}
