using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Hands the stopping token to what waits, and ends an endless loop with it; offered where a token is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE4004StoppingTokenIsHonouredFix))]
public sealed class SCORE4004StoppingTokenIsHonouredFix() : TextFix("SCORE4004", "Stop with the stopping token")
{
    private protected override async Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> ChangesAsync(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        if (!finding.Properties.TryGetValue(SCORE4004StoppingTokenIsHonoured.TokenProperty, out var token) || token is null)
            return [];
        var place = root.FindNode(finding.Location.SourceSpan, getInnermostNodeForTie: true);
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        if (model.GetEnclosingSymbol(place.SpanStart, cancellation) is not IMethodSymbol function || !IsWithinReach(token, place.SpanStart, function, model))
            return [];
        var goesOn = $"!{token}.IsCancellationRequested";
        return place switch
        {
            InvocationExpressionSyntax { ArgumentList: var list } =>
                [(document.Id, new TextChange(new TextSpan(list.CloseParenToken.SpanStart, 0), (list.Arguments.Count == 0 ? "" : ", ") + (list.Arguments.Any(a => a.NameColon is not null) ? "cancellationToken: " : "") + token))],
            // Where nothing follows the loop, a function that owes a value or a task would lack its return.
            StatementSyntax when !ReturnsNothing(function) => [],
            WhileStatementSyntax loop => [(document.Id, new TextChange(loop.Condition.Span, goesOn))],
            DoStatementSyntax loop => [(document.Id, new TextChange(loop.Condition.Span, goesOn))],
            ForStatementSyntax loop => [(document.Id, new TextChange(loop.Condition?.Span ?? new TextSpan(loop.SecondSemicolonToken.SpanStart, 0), (loop.Condition is null ? " " : "") + goesOn))],
            _ => [],
        };
    }

    /// <summary>Whether the name means the parameter here too, and no static function stands between.</summary>
    static bool IsWithinReach(string token, int position, IMethodSymbol function, SemanticModel model)
    {
        var name = SyntaxFactory.ParseExpression(token).GetFirstToken().ValueText;
        if (model.LookupSymbols(position, name: name).FirstOrDefault() is not IParameterSymbol { RefKind: RefKind.None } parameter
            || SymbolName.Of(parameter.Type) != (token.EndsWith(".Token", StringComparison.Ordinal) ? "System.Threading.CancellationTokenSource" : "System.Threading.CancellationToken"))
        {
            return false;
        }
        for (ISymbol between = function; !SymbolEqualityComparer.Default.Equals(between, parameter.ContainingSymbol); between = between.ContainingSymbol)
        {
            if (between is not IMethodSymbol { IsStatic: false })
                return false;
        }
        return true;
    }

    static bool ReturnsNothing(IMethodSymbol function) => function.ReturnsVoid || (function.IsAsync && function.ReturnType is INamedTypeSymbol { Arity: 0 });
}
