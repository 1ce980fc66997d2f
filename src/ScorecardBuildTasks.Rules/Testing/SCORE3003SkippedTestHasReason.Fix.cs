using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Makes the comment behind the attribute its reason; where there is no comment, nobody but the author knows one and nothing is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE3003SkippedTestHasReasonFix))]
public sealed class SCORE3003SkippedTestHasReasonFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SCORE3003");

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute
            || CommentBehind(list) is not { } comment || ReasonOf(comment) is not { } reason || With(attribute, reason) is not { } reasoned)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(
                "Make the comment the reason",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(list, WithoutComment(list.ReplaceNode(attribute, reasoned))))),
                equivalenceKey: "SCORE3003"),
            diagnostic);
    }

    static SyntaxTrivia? CommentBehind(AttributeListSyntax list)
    {
        var comment = list.CloseBracketToken.TrailingTrivia.FirstOrDefault(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia));
        return comment == default ? null : comment;
    }

    static string? ReasonOf(SyntaxTrivia comment)
    {
        var text = comment.ToString().TrimStart('/').Trim();
        return SCORE3003SkippedTestHasReason.IsPlaceholder(text) ? null : text;
    }

    /// <summary>The attribute with the reason where it has none yet: behind its name, or in place of an empty one.</summary>
    static AttributeSyntax? With(AttributeSyntax attribute, string reason)
    {
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(reason));
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments })
            return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(literal))));
        return arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText is "Skip" or "Ignore" && a.Expression.IsKind(SyntaxKind.StringLiteralExpression)) is { } named ? Replaced(named)
            : arguments.Count == 1 && arguments[0].NameEquals is null ? Replaced(arguments[0])
            : null;

        AttributeSyntax Replaced(AttributeArgumentSyntax argument) => attribute.ReplaceNode(argument.Expression, literal.WithTriviaFrom(argument.Expression));
    }

    static AttributeListSyntax WithoutComment(AttributeListSyntax list) => list.WithCloseBracketToken(list.CloseBracketToken.WithTrailingTrivia(
        list.CloseBracketToken.TrailingTrivia.Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia))));
}
