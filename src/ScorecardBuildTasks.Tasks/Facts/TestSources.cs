namespace ScorecardBuildTasks.Tasks.Facts;

/// <summary>Where the C# sources of a test project lie, as globs: the build expands them each time, so that a new file needs no new facts.</summary>
/// <param name="Project">The project file.</param>
sealed record TestSources(string Project, IReadOnlyList<string> Include, IReadOnlyList<string> Exclude)
{
    /// <summary>Everything below the project's folder that no other project claims, and what it links from elsewhere.</summary>
    /// <param name="projects">All project files of the repository.</param>
    public static TestSources Of(Project project, IEnumerable<string> projects)
    {
        var folder = FolderOf(project.File);
        var nested = projects.Select(FolderOf).Where(other => other.Length > folder.Length && other.StartsWith(folder, StringComparison.Ordinal)).Distinct();
        return new TestSources(
            project.File,
            [$"{folder}**/*.cs", .. project.Compiled.Where(path => path.EndsWith(".cs", StringComparison.Ordinal))],
            [$"{folder}bin/**", $"{folder}obj/**", .. nested.Select(other => $"{other}**"), .. project.NotCompiled]);
    }

    /// <summary>The form that the targets read: project, includes and excludes, told apart by bars.</summary>
    public string ToLine(Func<string, string> relative) => $"{relative(Project)}|{string.Join(';', Include)}|{string.Join(';', Exclude)}";

    static string FolderOf(string project) => Path.GetDirectoryName(project) + "/";
}
