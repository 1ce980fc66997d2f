using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>Finds the classes that MVC takes for controllers, in the service and in the libraries that it references.</summary>
static class Controllers
{
    /// <summary>The attribute of the class that a gRPC service derives from.</summary>
    public const string GrpcBase = "Grpc.Core.BindServiceMethodAttribute";

    const string Suffix = "Controller";

    static readonly MentionedName[] Mentions =
        new[] { "ControllerBase", Suffix, "ApiController", "HttpGet", "HttpPost", "HttpPut", "HttpDelete", "HttpPatch", "Route" }.Select(n => new MentionedName(n)).ToArray();

    // Which classes of a file may be controllers its text alone tells, so that an edit looks through the edited file only. What they are is asked of each compilation: a base class may stand elsewhere.
    static readonly ConditionalWeakTable<SyntaxTree, IReadOnlyList<ClassDeclarationSyntax>> Candidates = new();

    /// <summary>Those of the whole compilation, found as they are asked for.</summary>
    public static IEnumerable<INamedTypeSymbol> DeclaredIn(Compilation compilation, CancellationToken cancellation) =>
        compilation.SyntaxTrees.SelectMany(tree => DeclaredIn(compilation, tree, cancellation));

    /// <summary>Those of a tree; one in several is of the tree that the compiler has first.</summary>
    public static IEnumerable<INamedTypeSymbol> DeclaredIn(Compilation compilation, SyntaxTree tree, CancellationToken cancellation)
    {
        var candidates = Candidates.GetValue(tree, static t => CandidatesIn(t));
        if (candidates.Count == 0 || compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase") is null)
            yield break;
        var model = compilation.GetSemanticModel(tree);
        foreach (var declared in candidates)
        {
            if (model.GetDeclaredSymbol(declared, cancellation) is { } type && type.DeclaringSyntaxReferences[0] is var first && first.SyntaxTree == tree && first.Span == declared.Span && IsController(type))
                yield return type;
        }
    }

    static IReadOnlyList<ClassDeclarationSyntax> CandidatesIn(SyntaxTree tree)
    {
        // A controller's name may be any where its base class says what it is, be it in another part.
        var mentions = TreeMentions.Of(tree).MentionsAny(Mentions);
        return tree.GetRoot().DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>()
            .Where(c => c.Identifier.ValueText.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || (mentions && c.BaseList is not null) || c.Modifiers.Any(SyntaxKind.PartialKeyword)).ToArray();
    }

    /// <summary>MVC looks into every referenced library that itself references MVC.</summary>
    public static IEnumerable<INamedTypeSymbol> InLibrariesOf(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols
            .Where(a => ReferencesMvc(a) && a.TypeNames.Any(n => n.EndsWith(Suffix, StringComparison.Ordinal)))
            .SelectMany(a => TypesIn(a.GlobalNamespace)).Where(IsController);

    /// <summary>Whether its actions answer requests for data rather than return views: it is an API controller, cannot return views, or has a route of its own and calls nothing that does.</summary>
    public static bool AnswersWithData(INamedTypeSymbol controller)
    {
        var (derivesFromBase, hasRoute) = (false, false);
        for (var type = controller; type is not null; type = type.BaseType)
        {
            if (Attribute(type, "ApiControllerAttribute"))
                return true;
            hasRoute |= Attribute(type, "RouteAttribute");
            switch (SymbolName.Of(type))
            {
                case "Microsoft.AspNetCore.Mvc.Controller":
                    return hasRoute && controller.DeclaringSyntaxReferences.Length > 0 && !controller.DeclaringSyntaxReferences.Any(d => ReturnsViews(d.GetSyntax()));
                case "Microsoft.AspNetCore.Mvc.ControllerBase":
                    derivesFromBase = true;
                    break;
            }
        }
        return derivesFromBase || Attribute(controller.ContainingAssembly, "ApiControllerAttribute");
    }

    static bool ReturnsViews(SyntaxNode controller) =>
        controller.DescendantNodes().Any(static n => n is InvocationExpressionSyntax { Expression: var called }
            && (called is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } ? name : called) is IdentifierNameSyntax { Identifier.ValueText: "View" or "PartialView" or "ViewComponent" });

    /// <summary>Whether a controller answers for the service's health, or all that it answers is where the platform or its pages for errors are.</summary>
    public static bool IsForThePlatform(INamedTypeSymbol controller)
    {
        if (WiringApi.IsHealthController(controller.Name))
            return true;
        var prefix = RouteOf(controller);
        var routes = ActionsOf(controller).Select(action => RouteOf(action) is { } route ? route.StartsWith("/", StringComparison.Ordinal) || route.StartsWith("~/", StringComparison.Ordinal) ? route.TrimStart('~') : $"{prefix}/{route}" : prefix).ToList();
        return routes.Count > 0 && routes.TrueForAll(route => route is not null && WiringApi.IsPlatformRoute(route));
    }

    static string? RouteOf(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(a => IsRoute(a) && a.ConstructorArguments.Length > 0 && a.ConstructorArguments[0].Value is string)?.ConstructorArguments[0].Value as string;

    /// <summary>Whether an attribute gives a controller or an action its route.</summary>
    public static bool IsRoute(AttributeData attribute) =>
        SymbolName.Of(attribute.AttributeClass) == "Microsoft.AspNetCore.Mvc.RouteAttribute" || SymbolName.Of(attribute.AttributeClass?.BaseType) == "Microsoft.AspNetCore.Mvc.Routing.HttpMethodAttribute";

    /// <summary>The methods that answer requests: of a controller, a hub or a gRPC service, with those of the base classes in source.</summary>
    public static IEnumerable<IMethodSymbol> ActionsOf(INamedTypeSymbol type)
    {
        var overridden = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        // What a gRPC service leaves to the base class that is generated for it answers "unimplemented".
        for (var at = type; at is not null && at.Locations.Any(static l => l.IsInSource) && !at.GetAttributes().Any(static a => SymbolName.Of(a.AttributeClass) == GrpcBase); at = at.BaseType)
        {
            foreach (var method in at.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.OverriddenMethod is { } original)
                    overridden.Add(original);
                if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, IsImplicitlyDeclared: false }
                    && !overridden.Contains(method) && !IsOfTheFramework(method) && !Attribute(method, "NonActionAttribute") && method.Name is not ("Dispose" or "DisposeAsync"))
                    yield return method;
            }
        }
    }

    /// <summary>Overrides of <c>object</c>, <c>Controller</c> or <c>Hub</c>; those of a gRPC service's base are what it answers.</summary>
    static bool IsOfTheFramework(IMethodSymbol method)
    {
        var first = method;
        while (first.OverriddenMethod is { } overridden)
            first = overridden;
        return first.ContainingType.SpecialType == SpecialType.System_Object
            || (!SymbolEqualityComparer.Default.Equals(first, method) && SymbolName.Of(first.ContainingType).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));
    }

    public static bool IsController(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false, IsGenericType: false, DeclaredAccessibility: Accessibility.Public })
            return false;
        var marked = type.Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (Attribute(at, "NonControllerAttribute"))
                return false;
            marked |= Attribute(at, "ControllerAttribute") || Attribute(at, "ApiControllerAttribute");
        }
        return marked;
    }

    static bool Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().Any(a => a.AttributeClass is { } attribute && attribute.Name == name && SymbolName.Of(attribute).StartsWith("Microsoft.AspNetCore.Mvc.", StringComparison.Ordinal));

    static bool ReferencesMvc(IAssemblySymbol assembly) =>
        !assembly.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        && assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal)));

    static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesIn));
}
