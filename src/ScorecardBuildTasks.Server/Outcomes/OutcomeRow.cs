using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>An outcome with the names of its rule and scorecard, as the database has them.</summary>
sealed record OutcomeRow(
    string Id, string RuleId, string Entity, string State, string? Remarks, long CreatedAt, long ModifiedAt, string RuleName, string ScorecardName)
{
    public Outcome ToOutcome() => new()
    {
        Id = Id,
        Attributes = new OutcomeAttributes
        {
            CreatedAt = TimestampExtensions.FromMicroseconds(CreatedAt),
            ModifiedAt = TimestampExtensions.FromMicroseconds(ModifiedAt),
            Remarks = Remarks,
            ServiceName = Entity,
            State = new OutcomeState(State),
        },
        Relationships = new OutcomeRelationships { Rule = new Relationship(new ResourceIdentifier(RuleId, "rule")) },
    };

    /// <summary>The rule as <c>include=rule</c> shows it: by its two names.</summary>
    public Rule ToRule() => new()
    {
        Id = RuleId,
        Attributes = new RuleAttributes { Name = RuleName, ScorecardName = ScorecardName },
    };
}
