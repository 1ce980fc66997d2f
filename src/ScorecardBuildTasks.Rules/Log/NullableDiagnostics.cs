using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The compiler's warnings on nullable reference types, which it gives only where they are enabled.</summary>
static class NullableDiagnostics
{
    /// <summary>Asked of the compiler that runs: each version has more of them.</summary>
    static readonly Lazy<HashSet<string>> Ids = new(() =>
        new(CSharpCommandLineParser.Default.Parse(["/nowarn:nullable"], baseDirectory: null, sdkDirectory: null).CompilationOptions.SpecificDiagnosticOptions.Keys, StringComparer.Ordinal));

    /// <summary>Whether the diagnostic is one of them and no file of the project's own asks for it.</summary>
    public static bool AreOff(Compilation compilation, string id, CancellationToken cancellation) =>
        id.StartsWith("CS8", StringComparison.Ordinal) && !compilation.Options.NullableContextOptions.WarningsEnabled() && Ids.Value.Contains(id)
        && !compilation.SyntaxTrees.Any(tree => !IsGenerated(tree.FilePath.Replace('\\', '/')) && Enables(tree.GetRoot(cancellation)));

    static bool IsGenerated(string path) => path.Contains("/obj/") || path.EndsWith(".g.cs", StringComparison.Ordinal);

    static bool Enables(SyntaxNode root) =>
        ((CSharpSyntaxNode)root).GetFirstDirective(directive => directive is NullableDirectiveTriviaSyntax nullable && nullable.SettingToken.IsKind(SyntaxKind.EnableKeyword)) is not null;
}
