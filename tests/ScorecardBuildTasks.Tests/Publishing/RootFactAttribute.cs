namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>A test that gives a folder to another user, which on Unix only root may do.</summary>
sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            Skip = "only as root";
    }
}
