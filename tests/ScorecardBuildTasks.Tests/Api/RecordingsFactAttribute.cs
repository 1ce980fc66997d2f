namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A test on the recordings of the real API, skipped where they are absent.</summary>
sealed class RecordingsFactAttribute : FactAttribute
{
    public RecordingsFactAttribute()
    {
        if (SharedFolder.Recordings is null)
            Skip = "the recordings are not beside the repository";
    }
}
