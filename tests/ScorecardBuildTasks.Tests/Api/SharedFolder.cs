namespace ScorecardBuildTasks.Tests.Api;

/// <summary>Finds the API's documentation and recordings, which lie beside the repository on some machines and are never part of it.</summary>
static class SharedFolder
{
    /// <summary>The repository that the tests were built in.</summary>
    public static string? Repository { get; } = FindRepository();

    public static string? Recordings { get; } = Find("recordings/recordings.json");

    public static string? OpenApi { get; } = Find("openapi-scorecards.yaml");

    static string? Find(string path)
    {
        var file = Repository is null ? null : Path.Combine(Repository, "..", "shared", "api", path);
        return File.Exists(file) ? file : null;
    }

    static string? FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ScorecardBuildTasks.sln")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
