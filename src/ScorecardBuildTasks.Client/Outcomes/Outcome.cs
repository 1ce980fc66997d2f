using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client;

/// <summary>An outcome as the API keeps it: the state of one rule for one entity.</summary>
public sealed record Outcome
{
    public required string Id { get; init; }

    public string Type { get; init; } = "outcome";

    public required OutcomeAttributes Attributes { get; init; }

    /// <summary>Absent where <see cref="OutcomeFilter.Fields"/> narrowed the answer.</summary>
    public OutcomeRelationships? Relationships { get; init; }

    /// <summary>The outcome's rule by name and scorecard, where <see cref="OutcomeFilter.IncludeRule"/> asked for it.</summary>
    [JsonIgnore]
    public RuleAttributes? Rule { get; init; }
}

/// <summary>What is known of an outcome.</summary>
public sealed record OutcomeAttributes
{
    public Timestamp? CreatedAt { get; init; }

    public Timestamp? ModifiedAt { get; init; }

    /// <summary>Text with HTML links.</summary>
    public string? Remarks { get; init; }

    /// <summary>The entity's name, without <c>service:</c> where it is a service.</summary>
    public string? ServiceName { get; init; }

    public OutcomeState? State { get; init; }
}

/// <summary>What an outcome belongs to.</summary>
public sealed record OutcomeRelationships
{
    public Relationship? Rule { get; init; }
}
