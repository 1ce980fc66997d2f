using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>
/// The C# sources of the test projects that reach a service, and of the projects that these share, as the build hands them to the service's compiler when reporting.
/// They belong to other compilations, so they can only be read as syntax.
/// </summary>
sealed class TestSources
{
    readonly Dictionary<AdditionalText, TestSource> byFile;
    readonly Lazy<TestSourceIndex> index;
    readonly Lazy<TestMentions> mentions;

    TestSources(Dictionary<AdditionalText, TestSource> byFile, CancellationToken cancellation)
    {
        this.byFile = byFile;
        index = new Lazy<TestSourceIndex>(() => new TestSourceIndex(Files, cancellation));
        mentions = new Lazy<TestMentions>(() => new TestMentions(Files, cancellation));
    }

    public IReadOnlyCollection<TestSource> Files => byFile.Values;

    public TestSourceIndex Index => index.Value;

    public TestMentions Mentions => mentions.Value;

    /// <summary>Null for an additional file that is none of them.</summary>
    public TestSource? Find(AdditionalText file) => byFile.TryGetValue(file, out var source) ? source : null;

    /// <summary>Null where there is no file.</summary>
    public static TestSources? Of(IEnumerable<AdditionalText> files, AnalyzerOptions options, Compilation compilation, CancellationToken cancellation)
    {
        // The tests may be written in a later language than the service; what the service is compiled for tells how to read their #if.
        var symbols = (compilation.SyntaxTrees.FirstOrDefault()?.Options as CSharpParseOptions)?.PreprocessorSymbolNames;
        var parse = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None, preprocessorSymbols: symbols);
        var byFile = new Dictionary<AdditionalText, TestSource>();
        foreach (var file in files)
        {
            if (file.GetText(cancellation) is { } text)
                byFile.Add(file, new TestSource(file.Path, RepositoryFile.TestProjectOf(file, options.AnalyzerConfigOptionsProvider), text, parse));
        }
        return byFile.Count == 0 ? null : new TestSources(byFile, cancellation);
    }
}

/// <summary>One source file of a test project; parsed when first asked for.</summary>
/// <param name="project">The project file, relative to the repository's root.</param>
sealed class TestSource(string path, string project, SourceText text, CSharpParseOptions options)
{
    readonly Lazy<SyntaxTree> tree = new(() => CSharpSyntaxTree.ParseText(text, options, path));

    public string Path => path;

    public string Project => project;

    public SyntaxTree Tree => tree.Value;
}
