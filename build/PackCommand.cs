using System.CommandLine;

namespace Build;

/// <summary>Packs everything that ships into one folder.</summary>
static class PackCommand
{
    /// <summary>The package that goes into users' builds.</summary>
    public const string BuildPackage = "nuget/ScorecardBuildTasks.csproj";

    static readonly string[] Projects =
    [
        BuildPackage,
        "src/ScorecardBuildTasks.Client/ScorecardBuildTasks.Client.csproj",
        "src/ScorecardBuildTasks.Tool/ScorecardBuildTasks.Tool.csproj",
    ];

    public static Command Create()
    {
        var version = new Option<string?>("--version-suffix") { Description = "Makes the version a pre-release: 0.1.0-SUFFIX." };
        var command = new Command("pack", "Writes the nupkgs to artifacts/packages.") { version };
        command.SetAction(async (result, _) =>
        {
            foreach (var package in await PackAsync(Repository.Packages, result.GetValue(version)))
                Console.WriteLine(Path.GetRelativePath(Repository.Root, package));
        });
        return command;
    }

    /// <param name="projects">All that ship where none is named.</param>
    /// <returns>The packages in the folder.</returns>
    public static async Task<IReadOnlyList<string>> PackAsync(string folder, string? versionSuffix, params string[] projects)
    {
        foreach (var project in projects.Length > 0 ? projects : Projects)
        {
            string[] suffix = versionSuffix is null ? [] : [$"-p:VersionSuffix={versionSuffix}"];
            await Shell.RunAsync(Repository.Root, null, "dotnet", ["pack", project, "-c", "Release", "-o", folder, "-v:quiet", "-nologo", .. suffix]);
        }

        return [.. Directory.EnumerateFiles(folder, "*.nupkg").Order(StringComparer.Ordinal)];
    }

    /// <summary>An environment in which a build finds the packages of a folder and keeps them to itself: the user's own package folder is only read.</summary>
    public static Dictionary<string, string?> EnvironmentFor(string packages)
    {
        var user = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(user);
        return new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = Path.Combine(packages, "cache"),
            ["RestoreFallbackFolders"] = user,
            ["RestoreAdditionalProjectSources"] = packages,
        };
    }
}
