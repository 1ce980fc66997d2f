using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Each place where work enters a service is mentioned by one of its tests.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE3004EntryPointsAreTested() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = TestingScorecard.Instance.Describe(
        typeof(SCORE3004EntryPointsAreTested),
        level: 3,
        AppliesTo.Service,
        title: "Every entry point is mentioned by a test",
        message: "{0} '{1}' is mentioned by no test",
        description: "Controllers, endpoint groups, gRPC services, hosted services and message handlers are where work enters a service; each has a test that names it or asks for its route.");

    static readonly MentionedName[] Maps = [new("MapGet"), new("MapPost"), new("MapPut"), new("MapDelete"), new("MapPatch"), new("MapMethods"), new("MapGroup")];

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (MentionsOf(rule) is not { } mentions)
            return;
        var grpc = new MappedGrpcServices(start.Compilation, start.CancellationToken);
        start.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (EntryPointTypes.Of(type, grpc, symbol.CancellationToken) is { } entry && !entry.IsMentionedBy(mentions))
                    symbol.ReportDiagnostic(Diagnostic.Create(Descriptor, type.Locations[0], entry.Kind, type.Name));
            },
            SymbolKind.NamedType);
        start.RegisterSemanticModelAction(model =>
        {
            JudgeEndpoints(model, mentions);
            JudgeWolverine(model, mentions);
        });
    }

    /// <summary>Null where the tests cannot be read. Where none reaches the service nothing is mentioned; that stands aside only when there is no entry point either.</summary>
    static TestMentions? MentionsOf(RuleContext rule)
    {
        if (rule.RepositoryNotVisible is { } hidden)
        {
            rule.StandAside(StandsAside.NotVisible, hidden);
            return null;
        }
        if (TestRule.TestsOf(rule) is { } tests)
            return rule.Facts!.TestProjects.Any(p => !p.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)) ? null : tests.Mentions;
        return rule.Facts is { TestProjects.Count: 0, TestProjectsUndecided: null } ? new TestMentions([], rule.Cancellation) : null;
    }

    /// <summary>The class of Wolverine's endpoints, told of once; it may be static.</summary>
    void JudgeWolverine(SemanticModelAnalysisContext context, TestMentions mentions)
    {
        var judged = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var endpoint in WolverineEndpoints.In(context.SemanticModel, context.CancellationToken))
        {
            var type = endpoint.ContainingType;
            if (judged.Add(type) && type.Locations[0].SourceTree == context.SemanticModel.SyntaxTree && EntryPointTypes.OfWolverine(endpoint) is var entry && !entry.IsMentionedBy(mentions))
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, type.Locations[0], entry.Kind, type.Name));
        }
    }

    /// <summary>The endpoints that one method maps are one group.</summary>
    void JudgeEndpoints(SemanticModelAnalysisContext context, TestMentions mentions)
    {
        var model = context.SemanticModel;
        var calls = Maps.SelectMany(name => TreeMentions.Of(model.SyntaxTree).Sites(name, context.CancellationToken)).OfType<InvocationExpressionSyntax>()
            .Where(call => CalledMethod.At(call, model, context.CancellationToken) is { } method && SymbolName.Of(method.ContainingType) == "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
        foreach (var group in calls.GroupBy(call => call.FirstAncestorOrSelf<MethodDeclarationSyntax>() ?? (SyntaxNode)call.SyntaxTree.GetRoot(context.CancellationToken)))
        {
            var routes = group.Select(call => RouteOf(call, model, context.CancellationToken)).ToList();
            // A route that is not a constant may be one that a test asks for.
            if (routes.Contains(null) || routes.Any(route => mentions.Asks(route!)))
                continue;
            if (group.Key is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method)
            {
                if (group.Any(call => GroupPrefixes.IsOnParameter(call, method)))
                {
                    var prefixes = new GroupPrefixes(new SemanticModels(model), context.CancellationToken).Of(method).ToList();
                    if (prefixes.Count == 0 ? routes.TrueForAll(route => TestMentions.IsOpen(route!)) : prefixes.Exists(prefix => routes.Exists(route => mentions.Asks($"{prefix}/{route}"))))
                        continue;
                }
                if (!mentions.Names(method.Identifier.ValueText) && (type.Identifier.ValueText == "Program" || !mentions.Names(type.Identifier.ValueText)))
                    context.ReportDiagnostic(Diagnostic.Create(Descriptor, method.Identifier.GetLocation(), "Endpoint group", $"{type.Identifier.ValueText}.{method.Identifier.ValueText}"));
            }
            else
            {
                var first = group.OrderBy(call => call.SpanStart).First();
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, first.Expression.GetLastToken().GetLocation(), "Endpoint group", RouteOf(first, model, context.CancellationToken)));
            }
        }
    }

    static string? RouteOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        call.ArgumentList.Arguments.Select(a => model.GetConstantValue(a.Expression, cancellation)).FirstOrDefault(v => v is { HasValue: true, Value: string }).Value as string;
}
