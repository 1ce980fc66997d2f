namespace ScorecardBuildTasks.Client;

/// <summary>What became of each outcome of a publish, in the order given; of several for one rule and entity, the last.</summary>
/// <param name="Landed">Accepted by the API.</param>
/// <param name="RefusedRuleIds">Rule ids that the API does not know; their outcomes did not land, all others could.</param>
/// <param name="Unsent">Neither accepted nor refused; <paramref name="Failure"/> says why.</param>
/// <param name="Failure">The first failure other than an unknown rule; null if there was none.</param>
public sealed record PublishResult(
    IReadOnlyList<OutcomeUpdate> Landed,
    IReadOnlyList<string> RefusedRuleIds,
    IReadOnlyList<OutcomeUpdate> Unsent,
    ScorecardApiException? Failure)
{
    /// <summary>Whether every outcome landed.</summary>
    public bool IsComplete => RefusedRuleIds.Count == 0 && Unsent.Count == 0;
}
