using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The sources that somebody of the repository wrote.</summary>
static class OwnSources
{
    public static IEnumerable<SyntaxTree> Of(Compilation compilation, BuildProperties build)
    {
        string[] folders = build.RepositoryRoot.Length > 0 && build.ProjectDirectory.Length > 0 ? [build.RepositoryRoot, build.ProjectDirectory] : [build.RepositoryRoot + build.ProjectDirectory];
        return compilation.SyntaxTrees.Where(tree => OwnFile.Is(tree.FilePath, folders));
    }

    /// <summary>Those of sources that are linked from elsewhere in the repository: they lie under configuration of their own.</summary>
    public static IReadOnlyList<string> FoldersElsewhere(Compilation compilation, BuildProperties build) =>
        Of(compilation, build).Where(tree => !OwnFile.IsBelow(tree.FilePath, build.ProjectDirectory)).Select(tree => Path.GetDirectoryName(tree.FilePath) ?? "").Distinct(StringComparer.Ordinal).ToList();
}
