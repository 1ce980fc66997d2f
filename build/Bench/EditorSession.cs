using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Build.Bench;

/// <summary>
/// A project open in an editor: after each keystroke a compilation with one tree replaced, and that tree's diagnostics by all analyzers. The compiler is the SDK's, as
/// <see cref="Compiler.LoadHere"/> makes it.
/// </summary>
sealed class EditorSession
{
    readonly IReadOnlyList<SyntaxTree> files;
    readonly Compilation compilation;
    readonly AnalyzerOptions options;
    readonly ImmutableArray<DiagnosticAnalyzer> editor = [new CompilerDiagnostics()];
    readonly ImmutableArray<DiagnosticAnalyzer> rules;
    readonly GeneratorDriver generator;

    public EditorSession(CompilerCall call)
    {
        var arguments = CSharpCommandLineParser.Default.Parse(call.Arguments, call.Folder, Path.GetDirectoryName(typeof(object).Assembly.Location));
        var configs = AnalyzerConfigSet.Create(arguments.AnalyzerConfigPaths.Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToList());
        options = new AnalyzerOptions([.. arguments.AdditionalFiles.Select(file => new OpenFile(file.Path))], new Configs(configs));
        var types = arguments.AnalyzerReferences.Select(reference => reference.FilePath).Where(file => CompilerCall.IsAnalyzer($"/analyzer:{file}", BuiltProject.Ours)).SelectMany(file => Assembly.LoadFrom(file).GetTypes()).ToList();
        rules = [.. Made<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(types)];
        var sources = CSharpCompilation.Create(
            arguments.CompilationName,
            arguments.SourceFiles.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path)), arguments.ParseOptions, file.Path)),
            arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference)),
            arguments.CompilationOptions);
        files = [.. sources.SyntaxTrees.Where(tree => !tree.FilePath.Contains("/obj/", StringComparison.Ordinal))];
        generator = CSharpGeneratorDriver.Create(Made<IIncrementalGenerator, GeneratorAttribute>(types).Select(generator => generator.AsSourceGenerator()), options.AdditionalFiles, arguments.ParseOptions, options.AnalyzerConfigOptionsProvider)
            .RunGeneratorsAndUpdateCompilation(sources, out compilation, out _);
    }

    /// <summary>Types a character into each of the files in turn and takes it back.</summary>
    /// <returns>What our rules take beside what the editor asks of the compiler anyway: milliseconds and bytes of each keystroke.</returns>
    public async Task<IReadOnlyList<(double Milliseconds, double Bytes)>> TypeAsync(int keystrokes)
    {
        var taken = new List<(double, double)>();
        for (var keystroke = 0; keystroke < keystrokes; keystroke++)
        {
            var file = files[keystroke % files.Count];
            // In the middle of the file, from there on by a name each time it is its turn.
            var names = (await file.GetRootAsync()).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).ToList();
            var name = names[((names.Count / 2) + (keystroke / files.Count)) % names.Count];
            var typed = file.WithChangedText((await file.GetTextAsync()).WithChanges(new TextChange(new TextSpan(name.Span.End, 0), "x")));
            var first = await TakenAsync(file, typed, keystroke % 2 == 0 ? [.. editor, .. rules] : editor);
            var second = await TakenAsync(file, typed, keystroke % 2 == 0 ? editor : [.. editor, .. rules]);
            var (with, without) = keystroke % 2 == 0 ? (first, second) : (second, first);
            taken.Add((with.Milliseconds - without.Milliseconds, with.Bytes - without.Bytes));
        }

        return taken;
    }

    static IEnumerable<T> Made<T, TAttribute>(IEnumerable<Type> types) where TAttribute : Attribute =>
        types.Where(type => !type.IsAbstract && type.GetCustomAttribute<TAttribute>() is not null).Select(type => (T)Activator.CreateInstance(type)!);

    /// <summary>What the generator takes to look at the compilation again, which an editor lets it do when it has the time, or when the file is saved.</summary>
    /// <returns>Milliseconds of each keystroke.</returns>
    public async Task<IReadOnlyList<double>> GenerateAsync(int keystrokes)
    {
        var taken = new List<double>();
        var sources = compilation.RemoveSyntaxTrees(generator.GetRunResult().GeneratedTrees);
        for (var keystroke = 0; keystroke < keystrokes; keystroke++)
        {
            var file = files[keystroke % files.Count];
            var edited = sources.ReplaceSyntaxTree(file, file.WithChangedText((await file.GetTextAsync()).WithChanges(new TextChange(new TextSpan(0, 0), "// x\n"))));
            var start = Stopwatch.GetTimestamp();
            generator.RunGenerators(edited);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return taken;
    }

    async Task<(double Milliseconds, double Bytes)> TakenAsync(SyntaxTree file, SyntaxTree typed, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var edited = compilation.ReplaceSyntaxTree(file, typed);
        var (before, start) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        var analysis = edited.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        await analysis.GetAnalyzerSyntaxDiagnosticsAsync(typed, CancellationToken.None);
        await analysis.GetAnalyzerSemanticDiagnosticsAsync(analysis.Compilation.GetSemanticModel(typed), filterSpan: null, CancellationToken.None);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    // RS1001: an analyzer that ships names its language. This one is handed over here, and the compiler must not find it beside the one that does nothing.
#pragma warning disable RS1001
    /// <summary>What every editor asks for after a keystroke, rules or none: the compiler's own errors and warnings, for which it binds the file.</summary>
    sealed class CompilerDiagnostics : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [new("BENCH0002", "Bound", "Bound", "Bench", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSemanticModelAction(model => model.SemanticModel.GetDiagnostics(cancellationToken: model.CancellationToken));
        }
    }
#pragma warning restore RS1001

    sealed class OpenFile(string path) : AdditionalText
    {
        readonly SourceText text = SourceText.From(File.ReadAllText(path));

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => text;
    }

    /// <summary>Reads a file's options once, as editors and the compiler do.</summary>
    sealed class Configs(AnalyzerConfigSet set) : AnalyzerConfigOptionsProvider
    {
        readonly ConcurrentDictionary<string, Values> known = new(StringComparer.Ordinal);

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(set.GlobalConfigOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Of(tree.FilePath);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Of(textFile.Path);

        Values Of(string path) => known.GetOrAdd(path, file => new Values(set.GetOptionsForSourcePath(file)));
    }

    sealed class Values(AnalyzerConfigOptionsResult result) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => result.AnalyzerOptions.TryGetValue(key, out value!);
    }
}
