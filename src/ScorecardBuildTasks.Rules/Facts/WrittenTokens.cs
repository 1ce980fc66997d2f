using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Finds where a file writes a keyword or name as a token of its own. The text is searched first, so that a file without it is never walked and one with it only where it stands.</summary>
static class WrittenTokens
{
    public static IEnumerable<SyntaxToken> In(SyntaxTree tree, MentionedName name, CancellationToken cancellation)
    {
        if (!TreeMentions.Of(tree).Mentions(name))
            yield break;
        var text = tree.GetText(cancellation).ToString();
        var root = tree.GetRoot(cancellation);
        for (var at = text.IndexOf(name.Text, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name.Text, at + name.Text.Length, StringComparison.Ordinal))
        {
            // In a comment or a string the token found starts elsewhere or reads otherwise.
            var token = root.FindToken(at);
            if (token.SpanStart == at && token.Span.Length == name.Text.Length)
                yield return token;
        }
    }
}
