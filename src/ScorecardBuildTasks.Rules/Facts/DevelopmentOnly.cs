using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Tells whether code runs in the Development environment only: inside <c>if (env.IsDevelopment())</c>, its negated twin, or after leaving otherwise.</summary>
static class DevelopmentOnly
{
    public static bool Is(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        for (SyntaxNode? node = site; node is { Parent: { } parent } && node is not MemberDeclarationSyntax { Parent: TypeDeclarationSyntax }; node = parent)
        {
            var implied = parent switch
            {
                IfStatementSyntax branch when node == branch.Statement => Implies(branch.Condition, true, model, cancellation),
                ElseClauseSyntax { Parent: IfStatementSyntax branch } => Implies(branch.Condition, false, model, cancellation),
                ConditionalExpressionSyntax choice when node == choice.WhenTrue => Implies(choice.Condition, true, model, cancellation),
                ConditionalExpressionSyntax choice when node == choice.WhenFalse => Implies(choice.Condition, false, model, cancellation),
                BlockSyntax block => Before(block.Statements, node).Any(s => LeavesUnlessDevelopment(s, model, cancellation)),
                LocalFunctionStatementSyntax function => IsCalledInDevelopmentOnly(function, model, cancellation),
                CompilationUnitSyntax unit => Before(unit.Members, node).Any(m => m is GlobalStatementSyntax g && LeavesUnlessDevelopment(g.Statement, model, cancellation)),
                _ => false,
            };
            if (implied)
                return true;
        }
        return false;
    }

    static bool IsCalledInDevelopmentOnly(LocalFunctionStatementSyntax function, SemanticModel model, CancellationToken cancellation)
    {
        var calls = (function.Parent is GlobalStatementSyntax statement ? statement.Parent : function.Parent)!.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == function.Identifier.ValueText && !function.Span.Contains(name.Span)).ToList();
        return calls.Count > 0 && calls.TrueForAll(call => Is(call, model, cancellation));
    }

    static IEnumerable<T> Before<T>(SyntaxList<T> list, SyntaxNode node) where T : SyntaxNode => list.TakeWhile(s => s != node);

    static bool LeavesUnlessDevelopment(StatementSyntax statement, SemanticModel model, CancellationToken cancellation) =>
        statement is IfStatementSyntax { Else: null } branch
        && (branch.Statement is BlockSyntax { Statements.Count: > 0 } block ? block.Statements.Last() : branch.Statement) is ReturnStatementSyntax or ThrowStatementSyntax
        && Implies(branch.Condition, false, model, cancellation);

    /// <summary>Whether the condition having this value means that the environment is Development.</summary>
    static bool Implies(ExpressionSyntax condition, bool value, SemanticModel model, CancellationToken cancellation)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax inner:
                return Implies(inner.Expression, value, model, cancellation);
            case PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression):
                return Implies(not.Operand, !value, model, cancellation);
            case BinaryExpressionSyntax both when both.IsKind(value ? SyntaxKind.LogicalAndExpression : SyntaxKind.LogicalOrExpression):
                return Implies(both.Left, value, model, cancellation) || Implies(both.Right, value, model, cancellation);
            case BinaryExpressionSyntax either when either.IsKind(value ? SyntaxKind.LogicalOrExpression : SyntaxKind.LogicalAndExpression):
                return Implies(either.Left, value, model, cancellation) && Implies(either.Right, value, model, cancellation);
            case InvocationExpressionSyntax call when value:
                return AsksForDevelopment(call, model, cancellation);
            case IdentifierNameSyntax name:
                return model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
                    && declarations[0].GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } initial } && initial is not IdentifierNameSyntax
                    && Implies(initial, value, model, cancellation);
            default:
                return false;
        }
    }

    static bool AsksForDevelopment(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var name = TreeMentions.SimpleName(call.Expression);
        if (name != "IsDevelopment" && !(name == "IsEnvironment" && call.ArgumentList.Arguments.LastOrDefault() is { } argument && model.GetConstantValue(argument.Expression, cancellation).Value is "Development"))
            return false;
        return CalledMethod.At(call, model, cancellation) is { } method
            && SymbolName.Of(method.ContainingType) is "Microsoft.Extensions.Hosting.HostEnvironmentEnvExtensions" or "Microsoft.AspNetCore.Hosting.HostingEnvironmentExtensions"
                or "Microsoft.Extensions.Hosting.HostingEnvironmentExtensions";
    }
}
