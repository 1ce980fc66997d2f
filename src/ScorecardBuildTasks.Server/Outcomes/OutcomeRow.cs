using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>An outcome as the database has it.</summary>
sealed record OutcomeRow(string Id, string RuleId, string Entity, string State, string? Remarks, long CreatedAt, long ModifiedAt)
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
}
