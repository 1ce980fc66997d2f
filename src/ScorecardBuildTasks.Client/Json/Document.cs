namespace ScorecardBuildTasks.Client.Json;

/// <summary>A JSON:API document around one resource.</summary>
sealed record Document<T>
{
    public required T Data { get; init; }
}
