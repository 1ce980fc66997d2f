using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Rules;

/// <summary>A rule with its scorecard, as the database has them.</summary>
sealed record RuleRow(
    string Id, string Name, string? Description, string? Owner, string? ScopeQuery, long Level,
    long Enabled, long Custom, long CreatedAt, long ModifiedAt,
    string ScorecardId, string ScorecardName, string? ScorecardDescription)
{
    public Rule ToRule() => new()
    {
        Id = Id,
        Attributes = new RuleAttributes
        {
            Category = ScorecardName,
            CreatedAt = TimestampExtensions.FromMicroseconds(CreatedAt),
            Custom = Custom != 0,
            Description = Description,
            Enabled = Enabled != 0,
            Level = (int)Level,
            ModifiedAt = TimestampExtensions.FromMicroseconds(ModifiedAt),
            Name = Name,
            Owner = Owner,
            ScopeQuery = ScopeQuery,
            ScorecardName = ScorecardName,
        },
        Relationships = new RuleRelationships
        {
            Scope = ScopeQuery is null ? null : new Relationship(new ResourceIdentifier(Identifiers.EntityScope(ScopeQuery), "entity-scope")),
            Scorecard = new Relationship(new ResourceIdentifier(ScorecardId, "scorecard")),
        },
    };

    /// <summary>The rule as <c>include=rule</c> shows it: by its two names.</summary>
    public Rule ToNames() => new()
    {
        Id = Id,
        Attributes = new RuleAttributes { Name = Name, ScorecardName = ScorecardName },
    };

    /// <summary>The scorecard as <c>include=scorecard</c> shows it: without times.</summary>
    public Scorecard ToScorecard() => new()
    {
        Id = ScorecardId,
        Attributes = new ScorecardAttributes { Description = ScorecardDescription, Name = ScorecardName },
    };
}
