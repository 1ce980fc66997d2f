using System.Runtime.CompilerServices;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Where the repository's own files lie, told from this file's place in it.</summary>
static class Paths
{
    public static readonly string Repository = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static readonly string Rules = Path.Combine(Repository, "src", "ScorecardBuildTasks.Rules");

    public static readonly string Tests = Path.GetFullPath(Path.Combine(Here(), ".."));

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
