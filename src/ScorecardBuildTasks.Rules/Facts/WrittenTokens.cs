using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Finds where a file writes a keyword or name as a token of its own.</summary>
static class WrittenTokens
{
    public static IEnumerable<SyntaxToken> In(SyntaxTree tree, MentionedName name, CancellationToken cancellation) => TreeMentions.Of(tree).Tokens(name, cancellation);
}
