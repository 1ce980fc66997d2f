using System.IO.Enumeration;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks.Facts;

/// <summary>Every <c>scorecard.json</c> of a repository: a project's own says what counts in the libraries that it references.</summary>
/// <param name="Files">Absolute.</param>
sealed record ConfigurationFiles(IReadOnlyList<string> Files)
{
    public static ConfigurationFiles Below(string root) => new([.. Walk(root).Order(StringComparer.Ordinal)]);

    /// <summary>A folder that cannot be entered holds no project that is built.</summary>
    static FileSystemEnumerable<string> Walk(string root) =>
        new(Path.GetFullPath(root), static (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.SequenceEqual(ScorecardConfiguration.FileName),
            ShouldRecursePredicate = RepositoryProjects.IsEntered,
        };
}
