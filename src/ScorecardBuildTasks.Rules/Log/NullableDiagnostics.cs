using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The compiler's warnings on nullable reference types, which it gives only where they are enabled.</summary>
static class NullableDiagnostics
{
    /// <summary>The compiler counts two among them that it gives where they are not enabled: an annotation has no effect there.</summary>
    static readonly string[] OfAnnotationsElsewhere = ["CS8632", "CS8669"];

    /// <summary>Asked of the compiler that runs: each version has more of them.</summary>
    static readonly Lazy<HashSet<string>> Ids = new(() => new(
        CSharpCommandLineParser.Default.Parse(["/nowarn:nullable"], baseDirectory: null, sdkDirectory: null).CompilationOptions.SpecificDiagnosticOptions.Keys.Except(OfAnnotationsElsewhere),
        StringComparer.Ordinal));

    public static bool Include(string id) => id.StartsWith("CS8", StringComparison.Ordinal) && Ids.Value.Contains(id);

    /// <summary>Those of them that a wildcard means.</summary>
    public static IReadOnlyList<string> Matching(string wildcard) => Wildcard.Matching(wildcard, Ids.Value).ToList();

    /// <summary>Whether the project does not enable them, and no file of its own asks for them.</summary>
    public static bool AreOff(Compilation compilation, CancellationToken cancellation) =>
        !compilation.Options.NullableContextOptions.WarningsEnabled()
        && !compilation.SyntaxTrees.Any(tree => !IsGenerated(tree.FilePath.Replace('\\', '/')) && Enables(tree.GetRoot(cancellation)));

    static bool IsGenerated(string path) => path.Contains("/obj/") || path.EndsWith(".g.cs", StringComparison.Ordinal);

    static bool Enables(SyntaxNode root) =>
        ((CSharpSyntaxNode)root).GetFirstDirective(directive =>
            directive is NullableDirectiveTriviaSyntax nullable && nullable.SettingToken.IsKind(SyntaxKind.EnableKeyword) && !nullable.TargetToken.IsKind(SyntaxKind.AnnotationsKeyword)) is not null;
}
