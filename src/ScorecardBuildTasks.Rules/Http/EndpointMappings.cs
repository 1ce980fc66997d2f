using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>Finds the calls that map endpoints: the framework's own methods, and methods of the service that hand their handler on to one.</summary>
sealed class EndpointMappings
{
    const string RouteExtensions = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";

    static readonly MentionedName[] Routes = new[] { "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "Map" }.Select(n => new MentionedName(n)).ToArray();
    static readonly MentionedName Forwarder = new("MapForwarder");
    static readonly MentionedName[] Services = new[] { "MapGrpcService", "MapHub", "MapConnectionHandler" }.Select(n => new MentionedName(n)).ToArray();

    // Any file may call them, so they are looked for once.
    static readonly ConditionalWeakTable<Compilation, IReadOnlyList<IMethodSymbol>> Wrappers = new();

    // The calls of a tree that look as if they hand on a handler, nearly always none: an edit looks through the edited file only.
    static readonly ConditionalWeakTable<SyntaxTree, (InvocationExpressionSyntax Call, MethodDeclarationSyntax Around)[]> HandedOn = new();

    readonly SemanticModels models;
    readonly ServiceEndpoints all;
    readonly CancellationToken cancellation;
    readonly IReadOnlyList<IMethodSymbol> wrappers;

    public EndpointMappings(SemanticModels models, ServiceEndpoints all, CancellationToken cancellation)
    {
        (this.models, this.all, this.cancellation) = (models, all, cancellation);
        if (!Wrappers.TryGetValue(models.Compilation, out wrappers!))
            wrappers = Wrappers.GetValue(models.Compilation, _ => FindWrappers().ToList());
    }

    /// <summary>The endpoints that a tree maps, without those that are for the platform or for developers: health, metrics, the OpenAPI document.</summary>
    public IEnumerable<MappedEndpoint> In(SyntaxTree tree)
    {
        var mentions = TreeMentions.Of(tree);
        if (!mentions.MentionsAny(Routes) && !mentions.MentionsAny(Services) && !wrappers.Any(w => mentions.Mentions(new MentionedName(w.Name))))
            yield break;
        foreach (var name in Routes.Concat(wrappers.Select(w => new MentionedName(w.Name))).GroupBy(n => n.Text).Select(g => g.First()))
        {
            foreach (var call in mentions.Sites(name, cancellation).OfType<InvocationExpressionSyntax>())
            {
                if (MayMapRoute(call, name.Text) && Bound(call) is { } method && (IsWrapper(method) || (IsRoute(method) && HandlerParameter(call) is null)) && !IsForThePlatform(call))
                    yield return new MappedEndpoint(call, NameOf(call, name.Text), null);
            }
        }
        foreach (var name in Services)
        {
            foreach (var call in mentions.Sites(name, cancellation).OfType<InvocationExpressionSyntax>())
            {
                if (CalledMethod.ConstructedAt(call, models.Of(call), cancellation) is { TypeArguments.Length: > 0 } method && method.TypeArguments[0] is INamedTypeSymbol served && method.Name == name.Text
                    && SymbolName.Of(method.ContainingType).StartsWith("Microsoft.AspNetCore.Builder.", StringComparison.Ordinal) && !DevelopmentOnly.Is(call, models.Of(call), cancellation))
                    yield return new MappedEndpoint(call, served.Name, served);
            }
        }
    }

    /// <summary>The routes that a tree hands on to another service as they come: no API of this one, and open or closed here all the same.</summary>
    public IEnumerable<MappedEndpoint> ForwardersIn(SyntaxTree tree)
    {
        foreach (var call in TreeMentions.Of(tree).Sites(Forwarder, cancellation).OfType<InvocationExpressionSyntax>())
        {
            if (Bound(call) is { } method && method.Name == Forwarder.Text && method.ContainingAssembly?.Name.StartsWith("Yarp", StringComparison.Ordinal) == true && !IsForThePlatform(call))
                yield return new MappedEndpoint(call, Route(call) ?? Forwarder.Text, null);
        }
    }

    /// <summary>The method of the service that the call maps the endpoint through; null where the framework's own is called.</summary>
    public IMethodSymbol? Wrapper(MappedEndpoint endpoint) => Bound(endpoint.Call) is { } method && IsWrapper(method) ? method : null;

    IMethodSymbol? Bound(SyntaxNode call) => CalledMethod.At(call, models.Of(call), cancellation);

    static bool IsRoute(IMethodSymbol method) => SymbolName.Of(method.ContainingType) == RouteExtensions;

    bool IsWrapper(IMethodSymbol method) => wrappers.Contains(method, SymbolEqualityComparer.Default);

    IEnumerable<IMethodSymbol> FindWrappers()
    {
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            foreach (var (call, method) in HandedOn.GetValue(tree, static t => HandedOnIn(t)))
            {
                if (Bound(call) is { } mapping && IsRoute(mapping) && models.Of(method).GetDeclaredSymbol(method, cancellation) is { } wrapper)
                    yield return wrapper;
            }
        }
    }

    static (InvocationExpressionSyntax, MethodDeclarationSyntax)[] HandedOnIn(SyntaxTree tree)
    {
        var found = new List<(InvocationExpressionSyntax, MethodDeclarationSyntax)>();
        foreach (var name in Routes)
        {
            foreach (var call in TreeMentions.Of(tree).Sites(name, CancellationToken.None).OfType<InvocationExpressionSyntax>())
            {
                if (HandlerParameter(call) is { } method)
                    found.Add((call, method));
            }
        }
        return found.ToArray();
    }

    /// <summary>The method around the call whose own parameter is the handler.</summary>
    static MethodDeclarationSyntax? HandlerParameter(InvocationExpressionSyntax call)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || call.ArgumentList.Arguments.Count == 0)
            return null;
        return call.ArgumentList.Arguments.Last().Expression is IdentifierNameSyntax handler && method.ParameterList.Parameters.Any(p => p.Identifier.ValueText == handler.Identifier.ValueText) ? method : null;
    }

    /// <summary><c>Map</c> is what every mapper calls its method.</summary>
    static bool MayMapRoute(InvocationExpressionSyntax call, string name) =>
        name != "Map" || (call.ArgumentList.Arguments.Count >= 2 && call.ArgumentList.Arguments.Any(a => a.Expression is AnonymousFunctionExpressionSyntax or LiteralExpressionSyntax));

    /// <summary>Whether it signs people in and out of pages: nothing that an API describes.</summary>
    public bool IsForPages(MappedEndpoint endpoint) => all.Has(AssemblyFact.PageEndpoints) && Route(endpoint.Call) is { } route && WiringApi.IsAccountRoute(Below(endpoint.Call, route));

    string Below(InvocationExpressionSyntax call, string route) => new GroupPrefixes(models, cancellation).RouteBelow(call, route);

    bool IsForThePlatform(InvocationExpressionSyntax call) =>
        WiringApi.IsGreeting(call) || (Route(call) is { } route && WiringApi.IsPlatformRoute(TreeMentions.SimpleName(call.Expression), route, r => Below(call, r))) || DevelopmentOnly.Is(call, models.Of(call), cancellation);

    string NameOf(InvocationExpressionSyntax call, string method)
    {
        var verb = method.Length > 3 && method != "MapMethods" && method.StartsWith("Map", StringComparison.Ordinal) ? method.Substring(3).ToUpperInvariant() + " " : "";
        var handler = call.ArgumentList.Arguments.Select(a => a.Expression).LastOrDefault(e => e is IdentifierNameSyntax or MemberAccessExpressionSyntax);
        return verb + (Route(call) ?? handler?.ToString() ?? method);
    }

    string? Route(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is not AnonymousFunctionExpressionSyntax && models.Of(call).GetConstantValue(argument.Expression, cancellation).Value is string route)
                return route;
        }
        return null;
    }
}
