using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Awaits the task where the code may await.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE4009NoBlockingOnAsyncFix))]
public sealed class SCORE4009NoBlockingOnAsyncFix() : TextFix("SCORE4009", "Await the task")
{
    private protected override async Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> ChangesAsync(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        if (root.FindToken(finding.Location.SourceSpan.Start).Parent?.Parent is not MemberAccessExpressionSyntax access || !Functions.CanAwaitAt(access))
            return [];
        var (whole, task) = access.Name.Identifier.ValueText switch
        {
            "Result" => (access, access.Expression),
            "Wait" when access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call => (call, access.Expression),
            "GetResult" when access is { Parent: InvocationExpressionSyntax call, Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter } } => (call, awaiter.Expression),
            _ => ((ExpressionSyntax?)null, (ExpressionSyntax?)null),
        };
        // After ?. there is nothing to put an await before, and one task after the other is fixed from the inside.
        if (whole is null || task is null || task.DescendantNodesAndSelf().Any(n => n is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "GetResult" }))
            return [];
        var isPart = whole.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax
            || (whole.Parent is InvocationExpressionSyntax called && called.Expression == whole);
        return
        [
            (document.Id, new TextChange(new TextSpan(task.SpanStart, 0), isPart ? "(await " : "await ")),
            (document.Id, new TextChange(TextSpan.FromBounds(task.Span.End, whole.Span.End), isPart ? ")" : "")),
        ];
    }
}
