namespace ScorecardBuildTasks.Package.Tests;

/// <summary>The package as a user gets it: packed once per test run under a version of its own, so that no cache can hold another one.</summary>
sealed class Package
{
    static readonly Lazy<Package> Packed = new(Pack);

    Package(string version, string feed, string cache)
    {
        Version = version;
        Feed = feed;
        Cache = cache;
    }

    public static Package Current => Packed.Value;

    public static string RepositoryRoot { get; } = FindRoot();

    public string Version { get; }

    /// <summary>The folder with the nupkg.</summary>
    public string Feed { get; }

    /// <summary>An empty package folder of this run; the user's own is the fallback for everything else.</summary>
    public string Cache { get; }

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["NUGET_PACKAGES"] = Cache,
        ["RestoreFallbackFolders"] = UserCache,
        ["RestoreAdditionalProjectSources"] = Feed,
    };

    static string UserCache =>
        System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    static Package Pack()
    {
        var run = $"t{DateTimeOffset.UtcNow:yyMMddHHmmss}x{System.Environment.ProcessId}";
        var folder = Path.Combine(Path.GetTempPath(), "scorecard-tests", run);
        var feed = Path.Combine(folder, "feed");
        var cache = Path.Combine(folder, "cache");
        Directory.CreateDirectory(feed);
        Directory.CreateDirectory(cache);
        Directory.CreateDirectory(UserCache);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);

        // Restored with the solution already; restoring again would rewrite what a build beside this one reads.
        var packed = Command.Run(RepositoryRoot, null, "dotnet", "pack", "nuget/ScorecardBuildTasks.csproj", "-c", "Release", "-o", feed, $"-p:VersionSuffix={run}", "--no-restore", "-v:quiet", "-nologo");
        Assert.True(packed.ExitCode == 0, packed.Output);
        return new Package($"0.1.0-{run}", feed, cache);
    }

    static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A file still in use is left to the system's own cleaning of its temporary folder.
        }
    }

    static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ScorecardBuildTasks.sln")))
                return folder;
        }

        throw new InvalidOperationException("ScorecardBuildTasks.sln was not found above the tests");
    }
}
