using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Counts the sources of the repository itself that configuration or their own header calls generated: rules on code leave them out, as most analyzers do, and their silence is no pass.</summary>
static class CalledGenerated
{
    public static (int Own, int ByConfiguration, int ByHeader) In(Compilation compilation, AnalyzerOptions options, BuildProperties build, CancellationToken cancellation)
    {
        int own = 0, byConfiguration = 0, byHeader = 0;
        foreach (var tree in OwnSources.Of(compilation, build))
        {
            own++;
            // What configuration says outweighs the header, in both directions.
            var isConfigured = options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue("generated_code", out var value) & bool.TryParse(value, out var isGenerated);
            if (isConfigured && isGenerated)
                byConfiguration++;
            else if (!isConfigured && HasMark(tree, cancellation))
                byHeader++;
        }

        return (own, byConfiguration, byHeader);
    }

    /// <summary>In a comment before the first token, as the compiler looks for it.</summary>
    static bool HasMark(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (var trivia in tree.GetRoot(cancellation).GetLeadingTrivia())
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            {
                var text = trivia.ToString();
                if (Array.Exists(OwnFile.GeneratedMarks, text.Contains))
                    return true;
            }
        }

        return false;
    }
}
