using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>Registers and maps the document around <c>var app = builder.Build();</c>, where Microsoft.AspNetCore.OpenApi is referenced; elsewhere nothing is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE1008OpenApiIsWiredFix))]
public sealed class SCORE1008OpenApiIsWiredFix : CodeFixProvider
{
    static readonly MentionedName Build = new("Build");

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SCORE1008");

    /// <summary>A project has one finding, and each stands in a file of its own.</summary>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, diagnostic) = (context.Document, context.Diagnostics[0]);
        var model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || model.Compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.OpenApiServiceCollectionExtensions") is null)
            return;
        if (BuiltApplication(model, context.CancellationToken) is not { } built)
            return;
        var registered = diagnostic.Properties.ContainsKey(SCORE1008OpenApiIsWired.RegisteredProperty);
        context.RegisterCodeFix(
            CodeAction.Create(registered ? "Map the OpenAPI document" : "Register and map an OpenAPI document", cancellation => WireAsync(document, built, registered, cancellation), equivalenceKey: "SCORE1008"),
            diagnostic);
    }

    /// <summary>The statement that builds the application, the builder's name and the application's.</summary>
    static (TextSpan Statement, string Builder, string Application)? BuiltApplication(SemanticModel model, CancellationToken cancellation)
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
                return (statement.Span, builder.Identifier.Text, application.Identifier.Text);
            }
        }
        return null;
    }

    static async Task<Document> WireAsync(Document document, (TextSpan Statement, string Builder, string Application) built, bool registered, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var line = text.Lines.GetLineFromPosition(built.Statement.Start);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, built.Statement.Start));
        indentation = indentation.Substring(0, indentation.Length - indentation.TrimStart().Length);
        var newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } written ? written : "\n";
        var changes = new List<TextChange>();
        if (!registered)
            changes.Add(new TextChange(new TextSpan(built.Statement.Start, 0), $"{built.Builder}.Services.AddOpenApi();{newLine}{indentation}"));
        changes.Add(new TextChange(new TextSpan(built.Statement.End, 0), $"{newLine}{indentation}{built.Application}.MapOpenApi();"));
        return document.WithText(text.WithChanges(changes));
    }
}
