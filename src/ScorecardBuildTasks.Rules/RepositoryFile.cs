using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules;

/// <summary>The files of the repository that the build hands to the compiler, told apart by their metadata.</summary>
static class RepositoryFile
{
    public const string Catalog = "catalog";
    public const string CodeOwners = "codeowners";
    public const string Readme = "readme";
    public const string AppSettings = "appsettings";
    public const string KeyFile = "key-file";
    public const string Facts = "facts";
    public const string TestSource = "test-source";
    public const string Dockerfile = "dockerfile";
    public const string LogTargets = "log-targets";

    /// <summary>Which of these an additional file is; null for files of others.</summary>
    public static string? KindOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles.ScorecardFact", out var kind) ? kind.Trim() : null;

    /// <summary>The project file that a test source belongs to, relative to the repository's root.</summary>
    public static string TestProjectOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles.ScorecardTestProject", out var project) ? project.Trim() : "";
}
