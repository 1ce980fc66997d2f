using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>A file of the repository as the build hands it to the compiler; its kind is the metadata ScorecardFact, and a test's source names its project in ScorecardTestProject.</summary>
sealed class RepositoryText(string path, string kind, string text, string? testProject = null) : AdditionalText
{
    readonly SourceText source = SourceText.From(text);

    public override string Path => path;

    public ImmutableDictionary<string, string> Metadata { get; } = ImmutableDictionary<string, string>.Empty
        .Add("build_metadata.AdditionalFiles.ScorecardFact", kind).Add("build_metadata.AdditionalFiles.ScorecardTestProject", testProject ?? "");

    public override SourceText GetText(CancellationToken cancellationToken = default) => source;
}

/// <summary>The options that MSBuild and .editorconfig files give to a compilation.</summary>
sealed class BuildOptions(ImmutableDictionary<string, string> properties, AnalyzerConfigSet? editorConfig) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) =>
        new Options(editorConfig?.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions ?? ImmutableDictionary<string, string>.Empty);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options((textFile as RepositoryText)?.Metadata ?? ImmutableDictionary<string, string>.Empty);

    sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

/// <summary>The severities that .editorconfig and global config files set.</summary>
sealed class Severities(AnalyzerConfigSet config) : SyntaxTreeOptionsProvider
{
    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

    public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
        config.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

    public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
        config.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
}
