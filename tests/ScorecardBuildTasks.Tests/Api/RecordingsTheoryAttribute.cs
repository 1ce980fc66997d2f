namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A test with the recordings of the real API on one or another database, skipped where they are absent.</summary>
sealed class RecordingsTheoryAttribute : TheoryAttribute
{
    public RecordingsTheoryAttribute()
    {
        if (SharedFolder.Recordings is null)
            Skip = "the recordings are not beside the repository";
    }
}
