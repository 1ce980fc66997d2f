namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A test that needs Node and npm, skipped where they are absent; in CI their absence is a failure.</summary>
sealed class NpmTheoryAttribute : TheoryAttribute
{
    public NpmTheoryAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (Environment.GetEnvironmentVariable("CI") != "true" && !folders.Any(folder => File.Exists(Path.Combine(folder, "npm"))))
            Skip = "npm is not installed";
    }
}
