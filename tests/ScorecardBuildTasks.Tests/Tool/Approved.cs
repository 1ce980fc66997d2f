using System.Runtime.CompilerServices;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary>Text that people approve: it must equal the committed file. With the environment variable <c>APPROVE=true</c> the file is written instead.</summary>
static class Approved
{
    public static void Text(string text, string name, [CallerFilePath] string test = "")
    {
        var file = FileOf(name, test);
        if (Environment.GetEnvironmentVariable("APPROVE") == "true")
            File.WriteAllText(file, text);
        Assert.True(File.Exists(file), $"{file} is missing; run the tests once with APPROVE=true and read what they wrote");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text.ReplaceLineEndings("\n"));
    }

    /// <summary>The names for which there is a file.</summary>
    public static IEnumerable<string> Names(string folder, [CallerFilePath] string test = "") =>
        Directory.GetFiles(Path.GetDirectoryName(FileOf($"{folder}/x", test))!, "*.verified.txt").Select(file => Path.GetFileName(file).Replace(".verified.txt", "", StringComparison.Ordinal));

    static string FileOf(string name, string test) => Path.Combine(Path.GetDirectoryName(test)!, $"{name}.verified.txt");
}
