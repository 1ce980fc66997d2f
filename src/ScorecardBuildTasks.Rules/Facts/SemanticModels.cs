using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The semantic models of a compilation, one per tree, so that a method's body is bound once however many questions are asked about it. Not for concurrent use.</summary>
sealed class SemanticModels(Compilation compilation)
{
    readonly Dictionary<SyntaxTree, SemanticModel> models = [];

    public SemanticModels(SemanticModel known) : this(known.Compilation) => models.Add(known.SyntaxTree, known);

    public Compilation Compilation => compilation;

    public SemanticModel Of(SyntaxNode node) => Of(node.SyntaxTree);

    public SemanticModel Of(SyntaxTree tree)
    {
        if (!models.TryGetValue(tree, out var model))
            models.Add(tree, model = compilation.GetSemanticModel(tree));
        return model;
    }
}
