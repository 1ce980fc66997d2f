using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tool.Options;

/// <summary>The packages of a repository, for a command that has no project to ask: what a restore of it left behind, then the package folder.</summary>
sealed class RestoredPackages(string root, Func<string, string?> environment)
{
    static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <returns>Null where no project of the repository references the package and the package folder does not hold exactly one version of it.</returns>
    public string? FolderOf(string id) =>
        Directory.EnumerateFiles(root, "project.assets.json", Everywhere).Order(StringComparer.Ordinal).Select(file => InAssets(file, id)).FirstOrDefault(folder => folder is not null)
        ?? OnlyVersion(Path.Combine(PackageFolder, id.ToLowerInvariant()));

    string PackageFolder => environment("NUGET_PACKAGES") is { Length: > 0 } given
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    static string? InAssets(string file, string id)
    {
        using var assets = AssetsFile.Read(file);
        return assets?.PackageFolder(id);
    }

    /// <summary>Of several nobody can tell which one a build goes by.</summary>
    static string? OnlyVersion(string folder) => Directory.Exists(folder) && Directory.GetDirectories(folder) is [var only] ? only : null;
}
