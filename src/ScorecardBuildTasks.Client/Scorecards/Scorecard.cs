namespace ScorecardBuildTasks.Client;

/// <summary>A scorecard: a named set of rules.</summary>
public sealed record Scorecard
{
    public required string Id { get; init; }

    public string Type { get; init; } = "scorecard";

    public required ScorecardAttributes Attributes { get; init; }
}

/// <summary>What is known of a scorecard.</summary>
public sealed record ScorecardAttributes
{
    /// <summary>Absent on scorecards included with a rule.</summary>
    public Timestamp? CreatedAt { get; init; }

    public string? Description { get; init; }

    /// <summary>Absent on scorecards included with a rule.</summary>
    public Timestamp? ModifiedAt { get; init; }

    public string Name { get; init => field = value ?? ""; } = "";
}
