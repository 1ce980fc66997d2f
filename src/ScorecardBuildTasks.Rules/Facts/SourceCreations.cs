using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Finds where a file creates activity sources or meters: with <c>new</c>, or meters through the factory that the host gives.</summary>
sealed class SourceCreations(string space, string type, string? factory = null)
{
    public static readonly SourceCreations OfActivitySources = new("System.Diagnostics", "ActivitySource");
    public static readonly SourceCreations OfMeters = new("System.Diagnostics.Metrics", "Meter", "IMeterFactory");

    static readonly MentionedName Create = new("Create");

    readonly MentionedName name = new(type);
    readonly MentionedName factoryName = new(factory ?? type);

    /// <summary>Creations and calls of the factory's <c>Create</c>.</summary>
    public IEnumerable<ExpressionSyntax> In(SyntaxTree tree, Func<SemanticModel> model, CancellationToken cancellation)
    {
        var mentions = TreeMentions.Of(tree);
        if (mentions.Mentions(name))
        {
            foreach (var creation in mentions.Sites(name, cancellation).Concat(mentions.ImplicitCreations(cancellation)).OfType<BaseObjectCreationExpressionSyntax>())
            {
                if (SymbolName.Of(model().GetTypeInfo(creation, cancellation).Type) == $"{space}.{type}")
                    yield return creation;
            }
        }
        if (factory is not null && mentions.Mentions(factoryName))
        {
            foreach (var call in mentions.Sites(Create, cancellation).OfType<InvocationExpressionSyntax>())
            {
                if (CalledMethod.At(call, model(), cancellation) is { } method && SymbolName.Of(method.ContainingType) is "System.Diagnostics.Metrics.IMeterFactory" or "System.Diagnostics.Metrics.MeterFactoryExtensions")
                    yield return call;
            }
        }
    }
}
