namespace ScorecardBuildTasks.Tests.Api;

/// <summary>The API's documentation and recordings, which lie beside the repository on some machines and are never part of it.</summary>
static class SharedFolder
{
    public static string? Recordings { get; } = Find("recordings/recordings.json");

    public static string? OpenApi { get; } = Find("openapi-scorecards.yaml");

    static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "ScorecardBuildTasks.sln")))
                continue;
            var file = Path.Combine(folder.FullName, "..", "shared", "api", path);
            return File.Exists(file) ? file : null;
        }
        return null;
    }
}
