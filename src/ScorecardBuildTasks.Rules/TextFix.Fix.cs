using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules;

/// <summary>A fix made of small changes of text: offered where there are any, and for all findings applied as one change, so that nothing is left to merge.</summary>
public abstract class TextFix : CodeFixProvider
{
    readonly string title;

    private protected TextFix(string id, string title)
    {
        this.title = title;
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new AllChanges(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var finding = context.Diagnostics[0];
        var changes = await ChangesAsync(context.Document, finding, context.CancellationToken).ConfigureAwait(false);
        if (changes.Count > 0)
            context.RegisterCodeFix(CodeAction.Create(title, cancellation => ApplyAsync(context.Document.Project.Solution, changes, cancellation), equivalenceKey: finding.Id), finding);
    }

    /// <summary>The changes that mend one finding; none where the fix is not mechanical.</summary>
    private protected abstract Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> ChangesAsync(Document document, Diagnostic finding, CancellationToken cancellation);

    sealed class AllChanges(TextFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var changes = new List<(DocumentId, TextChange)>();
            foreach (var finding in await FindingsAsync(context).ConfigureAwait(false))
            {
                if (context.Solution.GetDocument(finding.Location.SourceTree) is { } document)
                    changes.AddRange(await fix.ChangesAsync(document, finding, context.CancellationToken).ConfigureAwait(false));
            }
            return changes.Count == 0 ? null : CodeAction.Create(fix.title, cancellation => ApplyAsync(context.Solution, changes, cancellation), equivalenceKey: context.CodeActionEquivalenceKey);
        }
    }

    static async Task<IEnumerable<Diagnostic>> FindingsAsync(FixAllContext context)
    {
        if (context is { Scope: FixAllScope.Document, Document: { } document })
            return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
        var findings = new List<Diagnostic>();
        foreach (var project in context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project])
            findings.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
        return findings;
    }

    static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<(DocumentId Document, TextChange Change)> changes, CancellationToken cancellation)
    {
        foreach (var group in changes.GroupBy(c => c.Document))
        {
            var text = await solution.GetDocument(group.Key)!.GetTextAsync(cancellation).ConfigureAwait(false);
            solution = solution.WithDocumentText(group.Key, text.WithChanges(group.Select(c => c.Change).OrderBy(c => c.Span.Start)));
        }
        return solution;
    }
}
