using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>
/// Writes the owner into the assembly: the one that CODEOWNERS names for the project's folder, otherwise a placeholder that the rule still fails.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE1001OwnerIsNamedFix))]
public sealed class SCORE1001OwnerIsNamedFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SCORE1001");

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        var owner = diagnostic.Properties.TryGetValue(SCORE1001OwnerIsNamed.SuggestedOwner, out var suggested) && OwnerName.IsTeam(suggested) ? suggested! : OwnerName.Placeholder;
        var title = owner == OwnerName.Placeholder ? "Add a ServiceOwner to fill in" : $"Name '{owner}' as the owner";
        context.RegisterCodeFix(CodeAction.Create(title, cancellation => NameAsync(context.Document, owner, cancellation), equivalenceKey: "SCORE1001"), diagnostic);
        return Task.CompletedTask;
    }

    static async Task<Solution> NameAsync(Document document, string owner, CancellationToken cancellation)
    {
        var value = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(owner));
        if (await OwnerAttribute.FindAsync(document.Project, name => !OwnerName.IsTeam(name), cancellation).ConfigureAwait(false) is { } written)
            return await written.RenameAsync(owner, cancellation).ConfigureAwait(false);
        var unit = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return document.WithSyntaxRoot(Named(unit, model!, value)).Project.Solution;
    }

    static CompilationUnitSyntax Named(CompilationUnitSyntax unit, SemanticModel model, ExpressionSyntax value)
    {
        const string Space = "System.Reflection";
        var list = SyntaxFactory.AttributeList(
            SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.AssemblyKeyword)),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
                SyntaxFactory.IdentifierName("AssemblyMetadata"),
                SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(
                [
                    SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(OwnerAttribute.MetadataKey))),
                    SyntaxFactory.AttributeArgument(value),
                ])))));

        // A file's header stays above what is added; comments of the first member stay with it.
        var endOfLine = unit.DescendantTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } used ? used : SyntaxFactory.EndOfLine("\n");
        var isVisible = !model.LookupNamespacesAndTypes(unit.Members.FirstOrDefault()?.SpanStart ?? unit.SpanStart, name: "AssemblyMetadataAttribute").IsEmpty;
        if (!isVisible)
        {
            var import = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(Space)).NormalizeWhitespace().WithTrailingTrivia(endOfLine);
            var after = unit.Usings.LastOrDefault(u => u.GlobalKeyword.IsKind(SyntaxKind.None) && u.Alias is null && u.StaticKeyword.IsKind(SyntaxKind.None)
                && u.Name?.ToString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal)) && string.CompareOrdinal(name, Space) < 0);
            unit = after is not null ? unit.InsertNodesAfter(after, [import])
                : unit.Usings.Count > 0 ? WithLeading(unit.Usings[0], import)
                : unit.AddUsings(import);
        }
        var separates = unit.Usings.Count > 0 && unit.AttributeLists.Count == 0;
        list = list.NormalizeWhitespace().WithTrailingTrivia(endOfLine).WithAdditionalAnnotations(Formatter.Annotation);
        if (separates)
            list = list.WithLeadingTrivia(endOfLine);
        if (unit.AttributeLists.Count == 0 && unit.Members.Count > 0 && !unit.Members[0].GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.EndOfLineTrivia)))
            list = list.WithTrailingTrivia(endOfLine, endOfLine);
        return unit.AddAttributeLists(list);

        CompilationUnitSyntax WithLeading(UsingDirectiveSyntax first, UsingDirectiveSyntax import) =>
            unit.ReplaceNode(first, [import.WithLeadingTrivia(first.GetLeadingTrivia()), first.WithLeadingTrivia()]);
    }
}
