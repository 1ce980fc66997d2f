using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The sources that somebody of the repository wrote.</summary>
static class OwnSources
{
    public static IEnumerable<SyntaxTree> Of(Compilation compilation, BuildProperties build)
    {
        var root = build.RepositoryRoot.Length > 0 ? build.RepositoryRoot : build.ProjectDirectory;
        return compilation.SyntaxTrees.Where(tree => OwnFile.Is(tree.FilePath, root));
    }
}
