using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>Which outcomes a list is to hold; null is no filter.</summary>
sealed record OutcomeQuery(string? Entity, string? State, string? RuleId, string? RuleName, bool? RuleEnabled)
{
    /// <summary>The rules that are meant. Null where all are, or all that are enabled, which is about the same: outcomes are then looked through in their order.</summary>
    public async Task<IReadOnlyList<string>?> RuleIdsAsync(Session session)
    {
        if (this is { RuleId: null, RuleName: null, RuleEnabled: not false })
            return null;
        var condition = new Condition().Equal("r.id", RuleId).Equal("r.name", RuleName).Equal("r.enabled", RuleEnabled);
        return await session.QueryAsync<string>($"SELECT r.id FROM rules r{condition}", condition.Parameters);
    }
}
