namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>A test that puts a script in a program's place.</summary>
sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "only on Unix";
    }
}
