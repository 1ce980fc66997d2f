using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>What the service adds for everything at once and whose name says that it decides who calls; what it does there is not followed.</summary>
sealed class NamedDeciders(Compilation compilation, CancellationToken cancellation)
{
    static readonly MentionedName Use = new("Use");
    static readonly MentionedName UseMiddleware = new("UseMiddleware");

    readonly Lazy<string?> filter = new(() => Added(compilation, AddedFilters.Filters, cancellation));
    readonly Lazy<string?> interceptor = new(() => Added(compilation, AddedFilters.Interceptors, cancellation));

    /// <summary>For every request.</summary>
    public string? Middleware
    {
        get
        {
            foreach (var tree in compilation.SyntaxTrees)
            {
                foreach (var call in TreeMentions.Of(tree).Sites(Use, cancellation).OfType<InvocationExpressionSyntax>())
                {
                    if (call.ArgumentList.Arguments.Any(a => a.Expression is AnonymousFunctionExpressionSyntax && AuthorizationConvention.MayDecide(a))
                        && CalledMethod.At(call, compilation.GetSemanticModel(tree), cancellation) is { } method && SymbolName.Of(method.ContainingType).StartsWith("Microsoft.AspNetCore.Builder.", StringComparison.Ordinal))
                        return "Use(…)";
                }
                foreach (var call in TreeMentions.Of(tree).Sites(UseMiddleware, cancellation).OfType<InvocationExpressionSyntax>())
                {
                    if (TypeOf(call) is { } type && compilation.GetSemanticModel(tree).GetTypeInfo(type, cancellation).Type is INamedTypeSymbol middleware && AuthorizationConvention.IsSuggestedBy(middleware))
                        return middleware.Name;
                }
            }
            return null;
        }
    }

    /// <summary>For every controller.</summary>
    public string? Filter => filter.Value;

    /// <summary>For every gRPC service.</summary>
    public string? Interceptor => interceptor.Value;

    /// <summary><c>UseMiddleware&lt;T&gt;()</c> or <c>UseMiddleware(typeof(T))</c>.</summary>
    static TypeSyntax? TypeOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { TypeArgumentList.Arguments: { Count: > 0 } types } } ? types[0]
            : call.ArgumentList.Arguments.Select(a => a.Expression).OfType<TypeOfExpressionSyntax>().FirstOrDefault()?.Type;

    static string? Added(Compilation compilation, string property, CancellationToken cancellation)
    {
        var name = new MentionedName(property);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var site in TreeMentions.Of(tree).Sites(name, cancellation))
            {
                if (AddedFilters.At(site, property, compilation.GetSemanticModel(tree), cancellation).FirstOrDefault(AuthorizationConvention.IsSuggestedBy) is { } added)
                    return added.Name;
            }
        }
        return null;
    }
}
