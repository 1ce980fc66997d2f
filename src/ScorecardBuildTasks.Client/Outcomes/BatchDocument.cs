namespace ScorecardBuildTasks.Client;

/// <summary>The answer to a synchronous batch.</summary>
sealed record BatchDocument
{
    public required IReadOnlyList<Outcome> Data { get; init; }

    public BatchMeta? Meta { get; init; }
}

sealed record BatchMeta(int TotalReceived, int TotalUpdated);
