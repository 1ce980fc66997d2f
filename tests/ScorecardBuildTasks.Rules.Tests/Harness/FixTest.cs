using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Applies the fix of a rule to what the rule finds, and gives the project as it is then, for the rule to run on again.</summary>
static class FixTest
{
    /// <summary>Fixes the first finding. Null when nothing is offered.</summary>
    public static async Task<TestProject?> FixAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var (provider, findings, document) = await PrepareAsync<TRule>(project);
        var offered = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, findings[0], (action, _) => offered.Add(action), CancellationToken.None));
        return offered.Count == 0 ? null : await ApplyAsync(project, document, Assert.Single(offered));
    }

    /// <summary>Fixes all findings of the project in one go.</summary>
    public static async Task<TestProject> FixAllAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var (provider, findings, document) = await PrepareAsync<TRule>(project);
        var context = new FixAllContext(document, provider, FixAllScope.Solution, findings[0].Id, [findings[0].Id], new Findings(document.Id, findings), CancellationToken.None);
        var action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        return await ApplyAsync(project, document, action ?? throw new InvalidOperationException("The fix offers nothing for all findings."));
    }

    /// <summary>The title under which the fix of the first finding is offered.</summary>
    public static async Task<string> TitleAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var (provider, findings, document) = await PrepareAsync<TRule>(project);
        var titles = new List<string>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, findings[0], (action, _) => titles.Add(action.Title), CancellationToken.None));
        return Assert.Single(titles);
    }

    static async Task<(CodeFixProvider Provider, IReadOnlyList<Diagnostic> Findings, Document Document)> PrepareAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var rule = new TRule();
        var provider = FixOf(rule);
        var findings = (await RuleTest.AnalyzeAsync(project, rule)).Where(d => d.Id == rule.Descriptor.Id).OrderBy(d => d.Location.SourceSpan).ToList();
        Assert.NotEmpty(findings);

        var id = ProjectId.CreateNewId();
        var solution = new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, project.AssemblyName, project.AssemblyName, LanguageNames.CSharp,
            compilationOptions: project.Written().Options, parseOptions: TestProject.ParseOptions, metadataReferences: project.References));
        foreach (var (path, code) in project.Sources)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(path), SourceText.From(code), filePath: path);
        var documents = solution.GetProject(id)!.Documents.ToDictionary(d => d.FilePath!);
        var trees = new Dictionary<string, SyntaxTree>();
        foreach (var document in documents.Values)
            trees.Add(document.FilePath!, (await document.GetSyntaxTreeAsync())!);
        // The same findings, in the trees of the workspace.
        var there = findings.Select(f => Diagnostic.Create(f.Descriptor, Location.Create(trees[f.Location.SourceTree!.FilePath], f.Location.SourceSpan), f.Properties)).ToList();
        return (provider, there, documents[findings[0].Location.SourceTree!.FilePath]);
    }

    /// <summary>A fix belongs to the rule whose id it fixes.</summary>
    static CodeFixProvider FixOf(Rule rule) => Fixes.All.Single(f => f.FixableDiagnosticIds.Contains(rule.Descriptor.Id));

    static async Task<TestProject> ApplyAsync(TestProject project, Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var solution = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution;
        var sources = new List<(string, string)>();
        foreach (var changed in solution.GetProject(document.Project.Id)!.Documents)
            sources.Add((changed.FilePath!, (await changed.GetTextAsync()).ToString()));
        return project with { Sources = sources };
    }

    sealed class Findings(DocumentId document, IReadOnlyList<Diagnostic> findings) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(findings);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document asked, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(asked.Id == document ? findings : []);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

/// <summary>Every fix of the package.</summary>
static class Fixes
{
    public static IReadOnlyList<CodeFixProvider> All { get; } =
        [.. typeof(ScorecardBuildTasks.Rules.Ownership.SCORE1001OwnerIsNamedFix).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CodeFixProvider)) && !t.IsAbstract).Select(t => (CodeFixProvider)Activator.CreateInstance(t)!)];
}
