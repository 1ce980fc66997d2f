using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Hands the stopping token to what waits, and ends an endless loop with it; offered where a token is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE4004StoppingTokenIsHonouredFix))]
public sealed class SCORE4004StoppingTokenIsHonouredFix : CodeFixProvider
{
    static readonly TextFix Fix = new("Stop with the stopping token", ChangesAsync);

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SCORE4004");

    public override FixAllProvider GetFixAllProvider() => Fix;

    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Fix.OfferAsync(context);

    static async Task<IReadOnlyList<(DocumentId, TextChange)>> ChangesAsync(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        if (!finding.Properties.TryGetValue(SCORE4004StoppingTokenIsHonoured.TokenProperty, out var token) || token is null)
            return [];
        var place = root.FindNode(finding.Location.SourceSpan, getInnermostNodeForTie: true);
        var goesOn = $"!{token}.IsCancellationRequested";
        return place switch
        {
            InvocationExpressionSyntax { ArgumentList: var list } =>
                [(document.Id, new TextChange(new TextSpan(list.CloseParenToken.SpanStart, 0), (list.Arguments.Count == 0 ? "" : ", ") + (list.Arguments.Any(a => a.NameColon is not null) ? "cancellationToken: " : "") + token))],
            // Where nothing follows the loop, a function that is not async would lack its return.
            StatementSyntax when !Functions.IsAsync(Functions.Around(place)) => [],
            WhileStatementSyntax loop => [(document.Id, new TextChange(loop.Condition.Span, goesOn))],
            DoStatementSyntax loop => [(document.Id, new TextChange(loop.Condition.Span, goesOn))],
            ForStatementSyntax loop => [(document.Id, new TextChange(loop.Condition?.Span ?? new TextSpan(loop.SecondSemicolonToken.SpanStart, 0), (loop.Condition is null ? " " : "") + goesOn))],
            _ => [],
        };
    }
}
