using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Methods, accessors, local functions and lambdas, seen from the code inside them. Top-level statements are in none.</summary>
static class Functions
{
    /// <summary>The innermost function around a node; null in top-level statements and initializers.</summary>
    public static SyntaxNode? Around(SyntaxNode node)
    {
        for (var outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            if (IsFunction(outer))
                return outer;
            if (outer is TypeDeclarationSyntax)
                return null;
        }
        return null;
    }

    public static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    public static bool IsAsync(SyntaxNode? function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    /// <summary>Whether <c>await</c> may stand here: in an async function or a top-level statement, and in no lock.</summary>
    public static bool CanAwaitAt(SyntaxNode node)
    {
        for (var outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            if (IsFunction(outer))
                return IsAsync(outer);
            switch (outer)
            {
                case GlobalStatementSyntax:
                    return true;
                case LockStatementSyntax or UnsafeStatementSyntax or FixedStatementSyntax or QueryExpressionSyntax or CatchFilterClauseSyntax or TypeDeclarationSyntax:
                    return false;
            }
        }
        return false;
    }

    /// <summary>The nodes of a function that run when it runs, without those of functions in it.</summary>
    public static IEnumerable<SyntaxNode> Own(SyntaxNode body) => body.DescendantNodesAndSelf(n => n == body || !IsFunction(n)).Where(n => n == body || !IsFunction(n));
}
