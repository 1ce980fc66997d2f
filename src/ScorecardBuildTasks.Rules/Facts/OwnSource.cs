using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// Where a compilation itself declares a symbol. In the editor the symbols of a referenced project have source too, but of another compilation, whose trees no semantic model of this one
/// reads: there they are looked into no further than in a build, which has the project's metadata.
/// </summary>
static class OwnSource
{
    public static bool Declares(this Compilation compilation, ISymbol symbol)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (compilation.ContainsSyntaxTree(reference.SyntaxTree))
                return true;
        }
        return false;
    }

    public static IEnumerable<SyntaxNode> DeclarationsOf(this Compilation compilation, ISymbol symbol, CancellationToken cancellation)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (compilation.ContainsSyntaxTree(reference.SyntaxTree))
                yield return reference.GetSyntax(cancellation);
        }
    }
}
