using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>The routes of the groups that endpoints are mapped on.</summary>
sealed class GroupPrefixes(SemanticModels models, CancellationToken cancellation)
{
    /// <summary>Deeper groups are not written, and code that does not compile may make a variable of itself.</summary>
    const int Depth = 32;

    /// <summary>Whether a call in the method maps on what the method is handed.</summary>
    public static bool IsOnParameter(InvocationExpressionSyntax call, MethodDeclarationSyntax method)
    {
        ExpressionSyntax builder = call;
        while (builder is InvocationExpressionSyntax or MemberAccessExpressionSyntax)
            builder = builder is InvocationExpressionSyntax invocation ? invocation.Expression : ((MemberAccessExpressionSyntax)builder).Expression;
        return builder is IdentifierNameSyntax name && method.ParameterList.Parameters.Any(p => p.Identifier.ValueText == name.Identifier.ValueText);
    }

    /// <summary>The route of an endpoint below those of its groups; what is not a constant is left out.</summary>
    public string RouteBelow(InvocationExpressionSyntax mapping, string route) =>
        (mapping.Expression as MemberAccessExpressionSyntax)?.Expression is { } builder && PrefixOf(builder) is { } prefix ? $"{prefix.TrimEnd('/')}/{route.TrimStart('/')}" : route;

    /// <summary>The groups that the service hands to a method which maps endpoints on them.</summary>
    public IEnumerable<string> Of(MethodDeclarationSyntax method)
    {
        var declared = models.Of(method).GetDeclaredSymbol(method, cancellation);
        var name = new MentionedName(method.Identifier.ValueText);
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            foreach (var call in TreeMentions.Of(tree).Sites(name, cancellation).OfType<InvocationExpressionSyntax>())
            {
                if (!SymbolEqualityComparer.Default.Equals(CalledMethod.At(call, models.Of(tree), cancellation), declared))
                    continue;
                if ((call.Expression as MemberAccessExpressionSyntax)?.Expression is { } receiver && PrefixOf(receiver) is { } prefix)
                    yield return prefix;
                foreach (var argument in call.ArgumentList.Arguments)
                {
                    if (PrefixOf(argument.Expression) is { } handed)
                        yield return handed;
                }
            }
        }
    }

    /// <summary>Null where the builder is no group, or one whose route is not a constant.</summary>
    string? PrefixOf(ExpressionSyntax builder)
    {
        string? prefix = null;
        for (var depth = 0; depth < Depth; depth++)
        {
            switch (builder)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call:
                    if (access.Name.Identifier.ValueText == "MapGroup")
                    {
                        if (RouteOf(call) is not { } route)
                            return null;
                        prefix = $"{route}/{prefix}";
                    }
                    builder = access.Expression;
                    continue;
                case IdentifierNameSyntax when models.Of(builder).GetSymbolInfo(builder, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
                    && declared[0].GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }:
                    builder = value;
                    continue;
            }
            break;
        }
        return prefix;
    }

    string? RouteOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } route ? models.Of(call).GetConstantValue(route, cancellation).Value as string : null;
}
