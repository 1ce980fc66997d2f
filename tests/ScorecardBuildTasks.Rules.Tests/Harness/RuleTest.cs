using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Runs one rule on a project and checks what it says. Markup in the first source marks where it must report.</summary>
static class RuleTest
{
    /// <summary>Reports exactly at the marked places.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> FailsAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var (run, expected) = await RunAsync<TRule>(project);
        Assert.NotEmpty(expected);
        var open = run.Where(d => d.Id != "SCORE0002" && !d.IsSuppressed).ToList();
        Assert.Equal(
            expected.OrderBy(e => e.Span).Select(e => $"{e.Id ?? IdOf<TRule>()} at {e.Span}"),
            open.OrderBy(d => d.Location.SourceSpan).Select(d => $"{d.Id} at {d.Location.SourceSpan}"));
        return open;
    }

    /// <summary>Fails with this message.</summary>
    public static async Task FailsAsync<TRule>(TestProject project, string message) where TRule : Rule, new() =>
        Assert.Equal(message, Assert.Single(await FailsAsync<TRule>(project)).GetMessage());

    /// <summary>Neither reports nor stands aside.</summary>
    public static async Task PassesAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var (run, _) = await RunAsync<TRule>(project);
        Assert.Empty(run.Select(d => d.ToString()));
    }

    /// <summary>Reports nothing and says in this state why; the reason contains the given text.</summary>
    public static async Task StandsAsideAsync<TRule>(TestProject project, string state, string reason) where TRule : Rule, new()
    {
        var (run, _) = await RunAsync<TRule>(project);
        var aside = Assert.Single(run);
        Assert.Equal(("SCORE0002", IdOf<TRule>(), state), (aside.Id, aside.Properties["rule"], aside.Properties["state"]));
        Assert.Contains(reason, aside.Properties["reason"], StringComparison.Ordinal);
    }

    /// <summary>Reports at the marked places, and the source silences each of them. Returns the justifications.</summary>
    public static async Task<IReadOnlyList<string?>> IsSuppressedAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var (run, expected) = await RunAsync<TRule>(project);
        var compilation = project.Compiled();
        Assert.Equal(expected.Select(e => e.Span), run.Select(d => d.Location.SourceSpan));
        Assert.All(run, d => Assert.True(d.IsSuppressed));
        return [.. run.Select(d => d.GetSuppressionInfo(compilation)?.Attribute?.NamedArguments.FirstOrDefault(a => a.Key == "Justification").Value.Value as string)];
    }

    /// <summary>Everything that analyzers say about a project. A crash of one fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(TestProject project, params DiagnosticAnalyzer[] analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var diagnostics = await project.Compiled().WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(diagnostics.Where(d => d.Id == "AD0001").Select(d => d.GetMessage()));
        return diagnostics;
    }

    static async Task<(ImmutableArray<Diagnostic> Run, IReadOnlyList<(string? Id, TextSpan Span)> Expected)> RunAsync<TRule>(TestProject project) where TRule : Rule, new()
    {
        var markup = Markup.Parse(project.Sources[0].Code);
        project = project with { Sources = [(project.Sources[0].Path, markup.Code), .. project.Sources.Skip(1)] };
        return (await AnalyzeAsync(project, new TRule()), markup.Spans);
    }

    static string IdOf<TRule>() where TRule : Rule, new() => new TRule().Descriptor.Id;
}
