using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The filters that a service adds for all its controllers, and the interceptors that it adds for all its gRPC services.</summary>
static class AddedFilters
{
    /// <summary>MVC's <c>options.Filters</c>.</summary>
    public const string Filters = "Filters";

    /// <summary>gRPC's <c>options.Interceptors</c>.</summary>
    public const string Interceptors = "Interceptors";

    /// <summary>The types that a call on the collection adds: a type argument, by <c>typeof</c>, or what is made on the spot and what that names in turn.</summary>
    public static IEnumerable<INamedTypeSymbol> At(SyntaxNode site, string property, SemanticModel model, CancellationToken cancellation)
    {
        if (site is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "Add" or "AddService" or "Insert" } method, Expression: var collection } } call)
            yield break;
        if (SymbolName.Of(model.GetTypeInfo(collection, cancellation).Type) != (property == Filters ? "Microsoft.AspNetCore.Mvc.Filters.FilterCollection" : "Grpc.AspNetCore.Server.InterceptorCollection"))
            yield break;
        foreach (var node in method.DescendantNodes().Concat(call.ArgumentList.DescendantNodes()))
        {
            var type = node switch
            {
                TypeSyntax { Parent: TypeArgumentListSyntax or TypeOfExpressionSyntax } named => model.GetTypeInfo(named, cancellation).Type,
                ExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: var around } } added when around == call => model.GetTypeInfo(added, cancellation).Type,
                _ => null,
            };
            if (type is INamedTypeSymbol { SpecialType: SpecialType.None } found)
                yield return found;
        }
    }

    /// <summary>Whether MVC asks the filter who may call. That a connection is encrypted says nothing about who is at its end.</summary>
    public static bool IsAuthorization(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (SymbolName.Of(at) == "Microsoft.AspNetCore.Mvc.RequireHttpsAttribute")
                return false;
        }
        return type.AllInterfaces.Any(static i => SymbolName.Of(i) is "Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter" or "Microsoft.AspNetCore.Mvc.Filters.IAsyncAuthorizationFilter");
    }
}
