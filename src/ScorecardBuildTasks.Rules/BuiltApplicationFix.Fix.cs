using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules;

/// <summary>What a service lacks around <c>var app = builder.Build();</c>.</summary>
/// <param name="Registration">The method of the services that is called before; null where one is.</param>
/// <param name="Mapping">The method of the application that is called after, and what it is handed; null where one is.</param>
sealed record LackingCalls(string Title, string? Registration, (string Method, string Arguments)? Mapping);

/// <summary>A fix that writes calls before and after <c>var app = builder.Build();</c>. Where the application is built otherwise, or the methods are not to be had there, nothing is offered.</summary>
public abstract class BuiltApplicationFix : CodeFixProvider
{
    static readonly MentionedName Build = new("Build");

    private protected BuiltApplicationFix(string id) => FixableDiagnosticIds = ImmutableArray.Create(id);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>A project has one finding, and each stands in a file of its own.</summary>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, finding) = (context.Document, context.Diagnostics[0]);
        if (Lacking(finding) is not { } lacking
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || BuiltApplication(model, context.CancellationToken) is not { } built
            || (lacking.Registration is { } registration && !CanCall(registration, built.Method.ContainingType.GetMembers("Services").OfType<IPropertySymbol>().First().Type, built.Statement.Start, model))
            || (lacking.Mapping is { } mapping && !CanCall(mapping.Method, built.Method.ReturnType, built.Statement.Start, model)))
        {
            return;
        }
        context.RegisterCodeFix(CodeAction.Create(lacking.Title, cancellation => WireAsync(document, built, lacking, cancellation), equivalenceKey: finding.Id), finding);
    }

    /// <summary>What is to be written; null where the finding is not mended that way.</summary>
    private protected abstract LackingCalls? Lacking(Diagnostic finding);

    static bool CanCall(string method, ITypeSymbol on, int position, SemanticModel model) => model.LookupSymbols(position, on, method, includeReducedExtensionMethods: true).Length > 0;

    static Built? BuiltApplication(SemanticModel model, CancellationToken cancellation)
    {
        foreach (var call in TreeMentions.Of(model.SyntaxTree).Sites(Build, cancellation).OfType<InvocationExpressionSyntax>())
        {
            if (call is
                {
                    Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax builder },
                    Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax statement } application },
                }
                && CalledMethod.At(call, model, cancellation) is { } method && SymbolName.Of(method) == "Microsoft.AspNetCore.Builder.WebApplicationBuilder.Build")
            {
                return new Built(method, statement.Span, builder.Identifier.Text, application.Identifier.Text);
            }
        }
        return null;
    }

    static async Task<Document> WireAsync(Document document, Built built, LackingCalls lacking, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var line = text.Lines.GetLineFromPosition(built.Statement.Start);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, built.Statement.Start));
        indentation = indentation.Substring(0, indentation.Length - indentation.TrimStart().Length);
        var newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } written ? written : "\n";
        var changes = new List<TextChange>();
        if (lacking.Registration is { } registration)
            changes.Add(new TextChange(new TextSpan(built.Statement.Start, 0), $"{built.Builder}.Services.{registration}();{newLine}{indentation}"));
        if (lacking.Mapping is { } mapping)
            changes.Add(new TextChange(new TextSpan(built.Statement.End, 0), $"{newLine}{indentation}{built.Application}.{mapping.Method}({mapping.Arguments});"));
        return document.WithText(text.WithChanges(changes));
    }

    /// <summary>The statement that builds the application, the builder's name and the application's.</summary>
    sealed record Built(IMethodSymbol Method, TextSpan Statement, string Builder, string Application);
}
