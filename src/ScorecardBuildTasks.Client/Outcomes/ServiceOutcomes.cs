namespace ScorecardBuildTasks.Client;

/// <summary>An outcome for the synchronous batch, which knows services only.</summary>
/// <param name="RuleId">The rule's id.</param>
/// <param name="ServiceName">The bare name.</param>
/// <param name="State">The verdict.</param>
/// <param name="Remarks">Text, HTML links allowed.</param>
public sealed record ServiceOutcome(string RuleId, string ServiceName, OutcomeState State, string? Remarks = null);

/// <summary>What a synchronous batch did.</summary>
/// <param name="Outcomes">The outcomes as they are now.</param>
/// <param name="TotalReceived">As the API counted.</param>
/// <param name="TotalUpdated">As the API counted; it has called this number by two names.</param>
public sealed record ServiceOutcomesResult(IReadOnlyList<Outcome> Outcomes, int TotalReceived, int TotalUpdated);

/// <summary>The outcomes of one synchronous request.</summary>
sealed record ServiceOutcomeBatch(ServiceOutcomeBatchAttributes Attributes)
{
    public string Type => "batched-outcome";
}

sealed record ServiceOutcomeBatchAttributes(IReadOnlyList<ServiceOutcome> Results);

/// <summary>The answer to a synchronous batch.</summary>
sealed record BatchDocument<T>
{
    public required IReadOnlyList<T> Data { get; init; }

    public BatchMeta? Meta { get; init; }
}

sealed record BatchMeta(int TotalReceived, int? TotalUpdated, int? TotalStaged = null);
