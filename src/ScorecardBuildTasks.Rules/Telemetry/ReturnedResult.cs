using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Tells whether a returned value says what went wrong: a result of any kind does, a bare literal, a default and an empty collection do not.</summary>
static class ReturnedResult
{
    public static bool Is(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) => value switch
    {
        LiteralExpressionSyntax or DefaultExpressionSyntax => false,
        CollectionExpressionSyntax collection => collection.Elements.Count > 0,
        ArrayCreationExpressionSyntax array => array.Initializer is { Expressions.Count: > 0 },
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList is { Arguments.Count: > 0 } || creation.Initializer is { Expressions.Count: > 0 }
            || model.GetTypeInfo(creation, cancellation).Type?.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable) != true,
        // A text says something only beside the flag that says that it went wrong
        TupleExpressionSyntax tuple => tuple.Arguments.Any(a => a.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token.ValueText.Length: > 0 } || Is(a.Expression, model, cancellation)),
        ConditionalExpressionSyntax choice => Is(choice.WhenTrue, model, cancellation) || Is(choice.WhenFalse, model, cancellation),
        ParenthesizedExpressionSyntax inner => Is(inner.Expression, model, cancellation),
        CastExpressionSyntax inner => Is(inner.Expression, model, cancellation),
        AwaitExpressionSyntax inner => Is(inner.Expression, model, cancellation),
        PrefixUnaryExpressionSyntax inner => Is(inner.Operand, model, cancellation),
        PostfixUnaryExpressionSyntax inner => Is(inner.Operand, model, cancellation),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" or "CompletedTask" } access => !IsOfSystem(model.GetSymbolInfo(access, cancellation).Symbol),
        InvocationExpressionSyntax call when TreeMentions.SimpleName(call.Expression) is "Empty" or "FromResult" && IsOfSystem(CalledMethod.At(call, model, cancellation)) =>
            call.ArgumentList.Arguments.Any(a => Is(a.Expression, model, cancellation)),
        _ => true,
    };

    static bool IsOfSystem(ISymbol? member) => member is not null && SymbolName.Of(member).StartsWith("System.", StringComparison.Ordinal);
}
