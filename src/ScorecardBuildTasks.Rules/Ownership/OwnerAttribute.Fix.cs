using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The attribute in which a project's own source names its owner, for fixes to write another name into it.</summary>
sealed class OwnerAttribute
{
    public const string MetadataKey = "ServiceOwner";

    readonly Document document;
    readonly ExpressionSyntax value;

    OwnerAttribute(Document document, ExpressionSyntax value) => (this.document, this.value) = (document, value);

    /// <summary>The first whose name is asked for; null when there is none in the source.</summary>
    public static async Task<OwnerAttribute?> FindAsync(Project project, Func<string, bool> isAskedFor, CancellationToken cancellation)
    {
        if (await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation)
            return null;
        foreach (var attribute in compilation.Assembly.GetAttributes())
        {
            var index = attribute.AttributeClass?.Name switch
            {
                "AssemblyMetadataAttribute" when attribute.ConstructorArguments.Length == 2 && attribute.ConstructorArguments[0].Value is MetadataKey => 1,
                "ServiceOwnerAttribute" when attribute.ConstructorArguments.Length == 1 => 0,
                _ => -1,
            };
            if (index >= 0 && isAskedFor((attribute.ConstructorArguments[index].Value as string ?? "").Trim())
                && attribute.ApplicationSyntaxReference is { } reference && project.Solution.GetDocument(reference.SyntaxTree) is { } document
                && await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is AttributeSyntax { ArgumentList: { } arguments } && arguments.Arguments.Count > index)
            {
                return new OwnerAttribute(document, arguments.Arguments[index].Expression);
            }
        }
        return null;
    }

    public async Task<Solution> RenameAsync(string owner, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var name = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(owner));
        return document.WithSyntaxRoot(root!.ReplaceNode(value, name.WithTriviaFrom(value))).Project.Solution;
    }
}
