using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Makes the method return a task and its callers await it; offered where all of them can, and where the signature is the method's own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE4008NoAsyncVoidFix))]
public sealed class SCORE4008NoAsyncVoidFix() : TextFix("SCORE4008", "Return a Task and await it")
{
    private protected override async Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> ChangesAsync(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var (declaration, type) = root!.FindToken(finding.Location.SourceSpan.Start).Parent switch
        {
            MethodDeclarationSyntax method => ((SyntaxNode)method, method.ReturnType),
            LocalFunctionStatementSyntax local => (local, local.ReturnType),
            _ => default,
        };
        if (declaration is null || type is null || model.GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol symbol || !OwnsItsSignature(symbol)
            || await IsLentAsync(symbol, document.Project.Solution, cancellation).ConfigureAwait(false))
        {
            return [];
        }
        var isVisible = SymbolName.Of(model.GetSpeculativeTypeInfo(type.SpanStart, SyntaxFactory.ParseTypeName("Task"), SpeculativeBindingOption.BindAsTypeOrNamespace).Type) == "System.Threading.Tasks.Task";
        var task = isVisible ? "Task" : "System.Threading.Tasks.Task";
        var changes = new List<(DocumentId, TextChange)> { (document.Id, new TextChange(type.Span, task)) };
        foreach (var reference in await SymbolFinder.FindReferencesAsync(symbol, document.Project.Solution, cancellation).ConfigureAwait(false))
        {
            foreach (var location in reference.Locations)
            {
                var there = await location.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
                if (StatementCalledAt(there!.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true)) is not { } statement || !Functions.CanAwaitAt(statement))
                    return [];
                changes.Add((location.Document.Id, new TextChange(new TextSpan(statement.SpanStart, 0), "await ")));
            }
        }
        return changes;
    }

    static bool OwnsItsSignature(IMethodSymbol method) =>
        !method.IsOverride && !method.IsVirtual && method.ExplicitInterfaceImplementations.IsEmpty && method.PartialDefinitionPart is null
        && !Implements(method.ContainingType, method);

    /// <summary>Whether a derived class implements an interface with the method it inherits.</summary>
    static async Task<bool> IsLentAsync(IMethodSymbol method, Solution solution, CancellationToken cancellation) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, ContainingType: { TypeKind: TypeKind.Class, IsSealed: false } }
        && (await SymbolFinder.FindDerivedClassesAsync(method.ContainingType, solution, cancellationToken: cancellation).ConfigureAwait(false)).Any(t => Implements(t, method));

    /// <summary>By what stands in the documentation, since each project of a solution has its own symbols.</summary>
    static bool Implements(INamedTypeSymbol type, IMethodSymbol method) =>
        type.AllInterfaces.SelectMany(i => i.GetMembers(method.Name)).Any(m =>
            type.FindImplementationForInterfaceMember(m) is { } own && own.OriginalDefinition.GetDocumentationCommentId() == method.OriginalDefinition.GetDocumentationCommentId());

    /// <summary>The statement that does nothing but call the method named here.</summary>
    static ExpressionStatementSyntax? StatementCalledAt(SyntaxNode name)
    {
        var called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return called.Parent is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call && call.Expression == called ? statement : null;
    }
}
