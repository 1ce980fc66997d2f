using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>The methods that Wolverine.Http maps for the attributes on them, where the service calls <c>MapWolverineEndpoints</c>.</summary>
sealed class WolverineEndpoints
{
    const string Attribute = "Wolverine.Http.WolverineHttpMethodAttribute";

    static readonly MentionedName Map = new("MapWolverineEndpoints");
    static readonly MentionedName[] Attributes = new[] { "WolverineGet", "WolverinePost", "WolverinePut", "WolverineDelete", "WolverinePatch", "WolverineHead", "WolverineOptions" }
        .SelectMany(n => new[] { new MentionedName(n), new MentionedName($"{n}Attribute") }).ToArray();

    readonly IReadOnlyList<InvocationExpressionSyntax> calls;
    readonly Lazy<Answer> mapped;

    WolverineEndpoints(IReadOnlyList<InvocationExpressionSyntax> calls, Compilation compilation, Convention asked, CancellationToken cancellation)
    {
        this.calls = calls;
        mapped = new Lazy<Answer>(() => OfMapping(new EndpointWalk(new SemanticModels(compilation), asked, cancellation)));
        HasOwn = compilation.SyntaxTrees.Any(tree => In(compilation.GetSemanticModel(tree), cancellation).Any());
    }

    /// <summary>Whether the service's own code has any: Wolverine looks into other assemblies too.</summary>
    public bool HasOwn { get; }

    /// <summary>What holds for all of them by the group that they are mapped on or by the options that are given there, which may be anything.</summary>
    public Answer Mapped => mapped.Value;

    /// <summary>Null where the service maps none.</summary>
    public static WolverineEndpoints? Of(Compilation compilation, Convention asked, CancellationToken cancellation)
    {
        if (compilation.GetTypeByMetadataName(Attribute) is null)
            return null;
        var calls = compilation.SyntaxTrees.SelectMany(tree => TreeMentions.Of(tree).Sites(Map, cancellation)).OfType<InvocationExpressionSyntax>()
            .Where(call => CalledMethod.At(call, compilation.GetSemanticModel(call.SyntaxTree), cancellation) is { } method && IsMapping(method)).ToList();
        return calls.Count == 0 ? null : new WolverineEndpoints(calls, compilation, asked, cancellation);
    }

    /// <summary>Those of a file.</summary>
    public static IEnumerable<IMethodSymbol> In(SemanticModel model, CancellationToken cancellation)
    {
        if (!TreeMentions.Of(model.SyntaxTree).MentionsAny(Attributes))
            yield break;
        foreach (var name in Attributes)
        {
            foreach (var token in WrittenTokens.In(model.SyntaxTree, name, cancellation))
            {
                if (token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is { Parent.Parent: MethodDeclarationSyntax declared }
                    && model.GetDeclaredSymbol(declared, cancellation) is { } method && method.GetAttributes().Any(IsRoute))
                    yield return method;
            }
        }
    }

    /// <summary>What stands beside an endpoint in its class runs before it when its name says so, and may turn callers away.</summary>
    public static bool MayBeDecidedBeside(IMethodSymbol endpoint, CancellationToken cancellation) => endpoint.ContainingType.GetMembers().OfType<IMethodSymbol>()
        .Any(m => m.MethodKind == MethodKind.Ordinary && !m.GetAttributes().Any(IsRoute) && m.DeclaringSyntaxReferences.Any(d => AuthorizationConvention.MayDecide(d.GetSyntax(cancellation))));

    Answer OfMapping(EndpointWalk walk) => (walk.OfCallsOf(IsMapping, Map.Text) ?? Answer.No).Or(() => calls.Select(OfOptions).OnEveryWay());

    static Answer OfOptions(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count == 0 ? Answer.No
        : call.ArgumentList.DescendantNodes().Any(n => n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequireAuthorizeOnAll", Parent: InvocationExpressionSyntax asked } && IsSaidAlways(asked, call)) ? Answer.Yes
        : Answer.Unknown;

    /// <summary>Whether the options are set by the lambda that the call is given, under no condition and after no way out.</summary>
    static bool IsSaidAlways(InvocationExpressionSyntax asked, InvocationExpressionSyntax call)
    {
        var lambda = asked.Parent;
        if (lambda is ExpressionStatementSyntax { Parent: BlockSyntax block } statement && !block.Statements.TakeWhile(s => s != statement).Any(s => s.DescendantNodesAndSelf().Any(n => n is ReturnStatementSyntax)))
            lambda = block.Parent;
        return lambda is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent: { } given } } && given == call.ArgumentList;
    }

    static bool IsMapping(IMethodSymbol method) => SymbolName.Of(method.ContainingType).StartsWith("Wolverine.Http.", StringComparison.Ordinal);

    /// <summary>Whether an attribute makes the method an endpoint.</summary>
    public static bool IsRoute(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass?.BaseType; type is not null; type = type.BaseType)
        {
            if (SymbolName.Of(type) == Attribute)
                return true;
        }
        return false;
    }
}
