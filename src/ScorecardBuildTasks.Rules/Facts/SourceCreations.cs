using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Finds where a file creates activity sources or meters.</summary>
sealed class SourceCreations(string space, string type)
{
    public static readonly SourceCreations OfActivitySources = new("System.Diagnostics", "ActivitySource");
    public static readonly SourceCreations OfMeters = new("System.Diagnostics.Metrics", "Meter");

    readonly MentionedName name = new(type);

    public IEnumerable<BaseObjectCreationExpressionSyntax> In(SyntaxTree tree, Func<SemanticModel> model, CancellationToken cancellation)
    {
        var mentions = TreeMentions.Of(tree);
        if (!mentions.Mentions(name))
            return [];
        return mentions.Sites(name, cancellation).Concat(mentions.ImplicitCreations(cancellation)).OfType<BaseObjectCreationExpressionSyntax>()
            .Where(creation => SymbolName.Of(model().GetTypeInfo(creation, cancellation).Type) == $"{space}.{type}");
    }
}
