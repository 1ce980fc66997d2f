using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client;

/// <summary>A rule as the API keeps it.</summary>
public sealed record Rule
{
    public required string Id { get; init; }

    public string Type { get; init; } = "rule";

    public required RuleAttributes Attributes { get; init; }

    /// <summary>Absent where <see cref="RuleFilter.Fields"/> narrowed the answer.</summary>
    public RuleRelationships? Relationships { get; init; }

    /// <summary>The rule's scorecard, where <see cref="RuleFilter.IncludeScorecard"/> asked for it.</summary>
    [JsonIgnore]
    public Scorecard? Scorecard { get; init; }
}

/// <summary>What a rule belongs to.</summary>
public sealed record RuleRelationships
{
    /// <summary>The id of the rule's <see cref="RuleAttributes.ScopeQuery"/>; absent where there is none.</summary>
    public Relationship? Scope { get; init; }

    public Relationship? Scorecard { get; init; }
}
