using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Registers what a <see cref="SourceRule"/> misses, at the place where the project builds what it is registered with.</summary>
public abstract class SourceFix : CodeFixProvider
{
    readonly string type;
    readonly ProviderBuilder builder;

    private protected SourceFix(string id, string type, ProviderBuilder builder)
    {
        (this.type, this.builder) = (type, builder);
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new AllSources(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (SourceOf(diagnostic) is { } source && await builder.FindAsync(context.Document.Project, context.CancellationToken).ConfigureAwait(false) is { } place)
            context.RegisterCodeFix(CodeAction.Create($"Add {builder.Registration}(\"{source}\") to the {builder.Name}", cancellation => place.WithNamesAsync([source], cancellation), equivalenceKey: diagnostic.Id), diagnostic);
    }

    static string? SourceOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(SourceRule.SourceProperty, out var source) ? source : null;

    /// <summary>All findings of a project change the same place, so they are one change and not a merge of many.</summary>
    sealed class AllSources(SourceFix fix) : FixAllProvider
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
                if (sources.Count > 0 && await fix.builder.FindAsync(solution.GetProject(project.Id)!, context.CancellationToken).ConfigureAwait(false) is { } place)
                    solution = await place.WithNamesAsync(sources, context.CancellationToken).ConfigureAwait(false);
            }
            return solution == context.Solution ? null : CodeAction.Create($"Add every {fix.type} to the {fix.builder.Name}", _ => Task.FromResult(solution), equivalenceKey: fix.FixableDiagnosticIds[0]);
        }
    }
}
