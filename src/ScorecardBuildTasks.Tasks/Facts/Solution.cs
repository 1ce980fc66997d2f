using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Tasks.Facts;

/// <summary>Reads the project paths out of a solution file of either format.</summary>
static partial class Solution
{
    /// <summary>The solution files of a folder, of either format.</summary>
    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.sln*").Where(file => Path.GetExtension(file) is ".sln" or ".slnx");

    /// <summary>Relative to the solution, with forward slashes.</summary>
    public static IEnumerable<string> ProjectsOf(string solution) =>
        ProjectPath().Matches(File.ReadAllText(solution)).Select(match => match.Groups["path"].Value.Replace('\\', '/'));

    [GeneratedRegex("""(?:^Project\("[^"]*"\)\s*=\s*"[^"]*",\s*|<Project\s[^>]*?Path=)"(?<path>[^"]+\.(?:cs|fs|vb)proj)"(?=[,\s/>])""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ProjectPath();
}
