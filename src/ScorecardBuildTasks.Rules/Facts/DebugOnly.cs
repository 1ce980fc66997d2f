using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Tells whether code is compiled into debug builds only: between <c>#if DEBUG</c> and its end, or in a method with <c>[Conditional("DEBUG")]</c>.</summary>
static class DebugOnly
{
    public static bool Is(SyntaxNode site)
    {
        var root = site.SyntaxTree.GetRoot();
        return (root.ContainsDirectives && IsBetweenDirectives(site, root))
            || site.Ancestors().Any(n => n is MethodDeclarationSyntax method && method.AttributeLists.SelectMany(l => l.Attributes).Any(IsConditionalOnDebug));
    }

    static bool IsBetweenDirectives(SyntaxNode site, SyntaxNode root)
    {
        var open = new Stack<bool>();
        for (var directive = root.GetFirstDirective(); directive is not null && directive.SpanStart < site.SpanStart; directive = directive.GetNextDirective())
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax opened:
                    open.Push(IsDebug(opened.Condition));
                    break;
                case ElifDirectiveTriviaSyntax or ElseDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    open.Push(directive is ElifDirectiveTriviaSyntax branch && IsDebug(branch.Condition));
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }
        return open.Contains(true);
    }

    static bool IsDebug(ExpressionSyntax condition) => condition switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == "DEBUG",
        ParenthesizedExpressionSyntax inner => IsDebug(inner.Expression),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalAndExpression) => IsDebug(both.Left) || IsDebug(both.Right),
        _ => false,
    };

    static bool IsConditionalOnDebug(AttributeSyntax attribute) =>
        TreeMentions.SimpleName(attribute.Name) is "Conditional" or "ConditionalAttribute"
        && attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.ValueText: "DEBUG" };
}
