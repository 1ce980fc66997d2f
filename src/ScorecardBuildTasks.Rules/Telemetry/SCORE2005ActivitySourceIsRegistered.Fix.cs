using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Registers the source where the same project builds its tracer already; where it does not, nothing is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE2005ActivitySourceIsRegisteredFix))]
public sealed class SCORE2005ActivitySourceIsRegisteredFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SCORE2005");

    public override FixAllProvider GetFixAllProvider() => new AllSources();

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (SourceOf(diagnostic) is { } source && await TracerBuilder.FindAsync(context.Document.Project, context.CancellationToken).ConfigureAwait(false) is { } builder)
            context.RegisterCodeFix(CodeAction.Create($"Add AddSource(\"{source}\") to the tracer", cancellation => builder.WithSourcesAsync([source], cancellation), equivalenceKey: "SCORE2005"), diagnostic);
    }

    static string? SourceOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(SCORE2005ActivitySourceIsRegistered.SourceProperty, out var source) ? source : null;

    /// <summary>All findings of a project change the same place, so they are one change and not a merge of many.</summary>
    sealed class AllSources : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var solution = context.Solution;
            foreach (var project in context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project])
            {
                var findings = context is { Scope: FixAllScope.Document, Document: { } document }
                    ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                var sources = findings.Select(SourceOf).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(s => s, StringComparer.Ordinal).ToList();
                if (sources.Count > 0 && await TracerBuilder.FindAsync(solution.GetProject(project.Id)!, context.CancellationToken).ConfigureAwait(false) is { } builder)
                    solution = await builder.WithSourcesAsync(sources, context.CancellationToken).ConfigureAwait(false);
            }
            return solution == context.Solution ? null : CodeAction.Create("Add every ActivitySource to the tracer", _ => Task.FromResult(solution), equivalenceKey: "SCORE2005");
        }
    }

    /// <summary>The place in a project where another <c>AddSource</c> fits.</summary>
    /// <param name="Before">What precedes each call: the line break and indentation of a chain that has one call per line.</param>
    /// <param name="Opening">What must be written before the first call, where the tracer is built without a lambda.</param>
    sealed record TracerBuilder(Document Document, int Position, string Before, string Opening = "")
    {
        static readonly string[] Signals = ["WithTracing", "AddOpenTelemetryTracing", "ConfigureOpenTelemetryTracerProvider"];

        public static async Task<TracerBuilder?> FindAsync(Project project, CancellationToken cancellation)
        {
            TracerBuilder? best = null;
            foreach (var document in project.Documents)
            {
                if (await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false) is not { } tree)
                    continue;
                var mentions = TreeMentions.Of(tree);
                foreach (var call in Calls(mentions, "AddSource", cancellation))
                {
                    if (await IsAsync(document, call, "AddSource", cancellation).ConfigureAwait(false) && call.Expression is MemberAccessExpressionSyntax access)
                        return new TracerBuilder(document, call.Span.End, LineBreak(access));
                }
                foreach (var signal in Signals.Append("CreateTracerProviderBuilder"))
                {
                    foreach (var call in Calls(mentions, signal, cancellation))
                    {
                        if (best is null && await IsAsync(document, call, signal, cancellation).ConfigureAwait(false))
                            best = signal == "CreateTracerProviderBuilder" ? After(document, call) : InLambda(document, call);
                    }
                }
            }
            return best;
        }

        public async Task<Solution> WithSourcesAsync(IEnumerable<string> sources, CancellationToken cancellation)
        {
            var text = await Document.GetTextAsync(cancellation).ConfigureAwait(false);
            var calls = string.Concat(sources.Select(s => $"{Before}.AddSource({SymbolDisplay.FormatLiteral(s, quote: true)})"));
            return Document.WithText(text.WithChanges(new TextChange(new TextSpan(Position, 0), Opening + calls))).Project.Solution;
        }

        static IEnumerable<InvocationExpressionSyntax> Calls(TreeMentions mentions, string name, CancellationToken cancellation) =>
            mentions.Sites(new MentionedName(name), cancellation).OfType<InvocationExpressionSyntax>();

        static async Task<bool> IsAsync(Document document, InvocationExpressionSyntax call, string name, CancellationToken cancellation)
        {
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            return name == "ConfigureOpenTelemetryTracerProvider"
                ? CalledMethod.At(call, model!, cancellation) is { } method && SymbolName.Of(method.ContainingType).StartsWith("OpenTelemetry.Trace.", StringComparison.Ordinal)
                : WiringApi.BroughtAt(call, name, model!, cancellation).Any(b => b.Kind is AssemblyFact.Tracing or AssemblyFact.ActivitySource);
        }

        static TracerBuilder After(Document document, InvocationExpressionSyntax call) =>
            new(document, call.Span.End, call.Parent is MemberAccessExpressionSyntax next ? LineBreak(next) : "");

        static TracerBuilder? InLambda(Document document, InvocationExpressionSyntax call)
        {
            var arguments = call.ArgumentList.Arguments;
            if (arguments.Count == 0)
                return new TracerBuilder(document, call.ArgumentList.OpenParenToken.Span.End, "", "tracing => tracing");
            var (parameter, body) = arguments.Last().Expression switch
            {
                SimpleLambdaExpressionSyntax lambda => (lambda.Parameter.Identifier.ValueText, lambda.Body),
                ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } lambda => (parameters[0].Identifier.ValueText, lambda.Body),
                _ => ("", null),
            };
            var use = body?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(n => n.Identifier.ValueText == parameter && n.Parent is MemberAccessExpressionSyntax access && access.Expression == n);
            return use is null ? null : new TracerBuilder(document, use.Span.End, LineBreak((MemberAccessExpressionSyntax)use.Parent!));
        }

        static string LineBreak(MemberAccessExpressionSyntax access)
        {
            var between = access.Expression.GetTrailingTrivia().ToFullString() + access.OperatorToken.LeadingTrivia.ToFullString();
            return between.Contains("\n") && between.Trim().Length == 0 ? between : "";
        }
    }
}
