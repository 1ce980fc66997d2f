using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>
/// What a catch clause does with the exceptions that it did not ask for: of <c>if (e.StatusCode == 409) return Conflict();</c> all that runs for the other status codes.
/// </summary>
sealed class OtherExceptions
{
    readonly CatchClauseSyntax clause;
    readonly Lazy<List<SyntaxNode>> picked;

    public OtherExceptions(CatchClauseSyntax clause)
    {
        this.clause = clause;
        Name = clause.Declaration?.Identifier.ValueText ?? "";
        Statements = Of(clause.Block, Name).ToList();
        picked = new Lazy<List<SyntaxNode>>(() => clause.Block.DescendantNodes().Where(n => IsPicked(n, Name)).ToList());
    }

    /// <summary>The caught variable; empty where there is none.</summary>
    public string Name { get; }

    /// <summary>What runs for them.</summary>
    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>Whether the clause asks for some exceptions, and these are what is left.</summary>
    public bool AreLeft => picked.Value.Count > 0;

    /// <summary>Whether a comment stands where these exceptions come by.</summary>
    public bool HaveComment =>
        clause.DescendantTrivia().Any(t => (t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)) && !picked.Value.Exists(p => p.FullSpan.Contains(t.Span)));

    static IEnumerable<StatementSyntax> Of(StatementSyntax? statement, string exception) => statement switch
    {
        null => [],
        BlockSyntax block => block.Statements.SelectMany(s => Of(s, exception)),
        IfStatementSyntax choice when Asks(choice.Condition, exception) is { } picks => Of(picks ? choice.Else?.Statement : choice.Statement, exception),
        SwitchStatementSyntax choice when IsOf(choice.Expression, exception) => choice.Sections.Where(IsDefault).SelectMany(s => s.Statements).SelectMany(s => Of(s, exception)),
        _ => new[] { statement },
    };

    /// <summary>The branch or section that the exceptions take that were asked for.</summary>
    static bool IsPicked(SyntaxNode node, string exception) => node.Parent switch
    {
        IfStatementSyntax choice when Asks(choice.Condition, exception) is { } picks => node == (picks ? choice.Statement : (SyntaxNode?)choice.Else),
        SwitchStatementSyntax choice when IsOf(choice.Expression, exception) => node is SwitchSectionSyntax section && !IsDefault(section),
        _ => false,
    };

    static bool IsDefault(SwitchSectionSyntax section) => section.Labels.Any(l => l is DefaultSwitchLabelSyntax or CasePatternSwitchLabelSyntax { Pattern: DiscardPatternSyntax });

    /// <summary>True where a condition picks some exceptions, false where it leaves some out, null where it asks for something else as well.</summary>
    static bool? Asks(ExpressionSyntax condition, string exception)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax inner:
                return Asks(inner.Expression, exception);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return !Asks(not.Operand, exception);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both:
                var (left, right) = (Asks(both.Left, exception), Asks(both.Right, exception));
                // "this one, and …" picks still fewer, "any but this one, or …" still more
                var decides = both.IsKind(SyntaxKind.LogicalAndExpression);
                return left == decides || right == decides ? decides : left == right ? left : null;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison when IsOf(comparison.Left, exception) || IsOf(comparison.Right, exception):
                return comparison.IsKind(SyntaxKind.EqualsExpression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression } test when IsOf(test.Left, exception):
                return true;
            case IsPatternExpressionSyntax test when IsOf(test.Expression, exception):
                return test.Pattern is not UnaryPatternSyntax;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax asked } } when IsOf(asked, exception):
            case MemberAccessExpressionSyntax member when IsOf(member, exception):
                return true;
            default:
                return null;
        }
    }

    /// <summary><c>e</c>, <c>e.StatusCode</c>, <c>e.InnerException?.Message</c>.</summary>
    static bool IsOf(ExpressionSyntax expression, string exception) => expression switch
    {
        IdentifierNameSyntax name => exception.Length > 0 && name.Identifier.ValueText == exception,
        MemberAccessExpressionSyntax access => IsOf(access.Expression, exception),
        ConditionalAccessExpressionSyntax access => IsOf(access.Expression, exception),
        ParenthesizedExpressionSyntax inner => IsOf(inner.Expression, exception),
        _ => false,
    };
}
