namespace ScorecardBuildTasks.Client;

/// <summary>The answer to an asynchronous update; there is nothing that its id can be asked about.</summary>
sealed record AcceptedDocument
{
    public required ResourceIdentifier Data { get; init; }

    public required AcceptedMeta Meta { get; init; }
}

sealed record AcceptedMeta(int TotalReceived);
