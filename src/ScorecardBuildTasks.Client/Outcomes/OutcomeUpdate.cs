namespace ScorecardBuildTasks.Client;

/// <summary>An outcome to publish; the same rule and entity again overwrites.</summary>
/// <param name="RuleId">The rule's id.</param>
/// <param name="EntityReference"><c>[kind:][namespace/]name</c>, such as <c>service:checkout</c>, for which <c>checkout</c> will do.</param>
/// <param name="State">The verdict.</param>
/// <param name="Remarks">Text, HTML links allowed.</param>
public sealed record OutcomeUpdate(string RuleId, string EntityReference, OutcomeState State, string? Remarks = null);

/// <summary>The outcomes of one request.</summary>
sealed record OutcomeBatch(OutcomeBatchAttributes Attributes)
{
    public string Type => "batched-outcome";
}

sealed record OutcomeBatchAttributes(IReadOnlyList<OutcomeUpdate> Results);
