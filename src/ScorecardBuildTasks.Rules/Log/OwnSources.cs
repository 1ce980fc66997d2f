using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The sources that somebody of the repository wrote: neither the build's, nor a package's, nor of a name by which everybody sees that a tool wrote them.</summary>
static class OwnSources
{
    static readonly string[] GeneratedNames = [".g.cs", ".g.i.cs", ".designer.cs", ".generated.cs"];

    public static IEnumerable<SyntaxTree> Of(Compilation compilation, BuildProperties build)
    {
        var root = Slashed(build.RepositoryRoot.Length > 0 ? build.RepositoryRoot : build.ProjectDirectory).TrimEnd('/') + "/";
        return compilation.SyntaxTrees.Where(tree => IsOwn(Slashed(tree.FilePath), root));
    }

    static bool IsOwn(string file, string root) =>
        file.StartsWith(root, StringComparison.OrdinalIgnoreCase) && !file.Contains("/obj/") && !Array.Exists(GeneratedNames, name => file.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    static string Slashed(string path) => path.Replace('\\', '/');
}
