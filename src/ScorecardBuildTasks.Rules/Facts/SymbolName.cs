using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Names of types and members as facts carry them: <c>Namespace.Outer.Type.Member</c>, without type arguments, parameters or <c>global::</c>.</summary>
static class SymbolName
{
    public static string Of(ITypeSymbol? type)
    {
        if (type is null)
            return "";
        if (type.ContainingType is { } outer)
            // The block that holds extension members has no name of its own.
            return type.Name.Length == 0 ? Of(outer) : $"{Of(outer)}.{type.Name}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.Name}" : type.Name;
    }

    public static string Of(ISymbol member) => $"{Of(member.ContainingType)}.{member.Name}";
}

/// <summary>Binds a call site to the method that it calls or hands on.</summary>
static class CalledMethod
{
    public static IMethodSymbol? At(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        if (site is BaseTypeSyntax)
            return null;
        var found = model.GetSymbolInfo(site, cancellation);
        // Code that does not compile yet, as in the middle of typing, has candidates only.
        var method = (found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
        return (method?.ReducedFrom ?? method)?.OriginalDefinition;
    }

    /// <summary>
    /// One of the methods that a call can mean, where its name alone says which type they are of: that spares binding the arguments, whose lambdas are what takes time. Where it does not,
    /// the method that is called.
    /// </summary>
    public static IMethodSymbol? InTypeAt(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        if (site is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } } access })
            return At(site, model, cancellation);
        var found = model.GetSpeculativeSymbolInfo(site.SpanStart, access, SpeculativeBindingOption.BindAsExpression);
        var one = Definition(found.Symbol ?? found.CandidateSymbols.FirstOrDefault());
        foreach (var candidate in found.CandidateSymbols)
        {
            if (!SymbolEqualityComparer.Default.Equals(one?.ContainingType, Definition(candidate)?.ContainingType))
                return At(site, model, cancellation);
        }
        return one ?? At(site, model, cancellation);
    }

    static IMethodSymbol? Definition(ISymbol? symbol) => symbol is IMethodSymbol method ? (method.ReducedFrom ?? method).OriginalDefinition : null;

    /// <summary>The type arguments survive only on the constructed method.</summary>
    public static IMethodSymbol? ConstructedAt(SyntaxNode site, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(site, cancellation).Symbol as IMethodSymbol;
}
