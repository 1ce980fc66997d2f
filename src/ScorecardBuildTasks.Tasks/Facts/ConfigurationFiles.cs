using System.IO.Enumeration;
using Microsoft.Build.Framework;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks.Facts;

/// <summary>Finds every <c>scorecard.json</c> of a repository: a project's own says what counts in the libraries that it references.</summary>
static class ConfigurationFiles
{
    /// <summary>Walked once in a build, for all libraries that this process builds: in the next build anything may have changed.</summary>
    public static IReadOnlyList<string> Below(string root, IBuildEngine engine)
    {
        var key = (typeof(ConfigurationFiles), root);
        var build = engine as IBuildEngine4;
        if (build?.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is IReadOnlyList<string> known)
            return known;
        string[] files = [.. Walk(root).Order(StringComparer.Ordinal)];
        build?.RegisterTaskObject(key, files, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);
        return files;
    }

    /// <summary>A folder that cannot be entered holds no project that is built.</summary>
    static FileSystemEnumerable<string> Walk(string root) =>
        new(Path.GetFullPath(root), static (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.SequenceEqual(ScorecardConfiguration.FileName),
            ShouldRecursePredicate = RepositoryProjects.IsEntered,
        };
}
