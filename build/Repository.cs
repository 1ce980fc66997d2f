namespace Build;

/// <summary>Where things lie in this repository.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string Artifacts => Path.Combine(Root, "artifacts");

    public static string Packages => Path.Combine(Artifacts, "packages");

    public static string Samples => Path.Combine(Root, "samples");

    static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ScorecardBuildTasks.sln")))
                return folder;
        }

        throw new InvalidOperationException("ScorecardBuildTasks.sln was not found above the build program");
    }
}
