namespace ScorecardBuildTasks.Client;

/// <summary>How much of what should pass does, for one entity, rule, scorecard, team, kind or campaign.</summary>
public sealed record Score
{
    /// <summary>The id of what is scored.</summary>
    public required string Id { get; init; }

    public string Type { get; init; } = "score";

    public required ScoreAttributes Attributes { get; init; }

    public ScoreRelationships? Relationships { get; init; }
}

/// <summary>A score with what it is made of.</summary>
public sealed record ScoreAttributes
{
    public ScoreAggregation Aggregation { get; init; }

    public long Denominator { get; init; }

    /// <summary>The rule's level, on scores by rule.</summary>
    public int? Level { get; init; }

    public long Numerator { get; init; }

    /// <summary>Numerator ÷ denominator, from 0 to 1; a percentage in a campaign.</summary>
    public double Score { get; init; }

    public long? TotalEntities { get; init; }

    public long TotalFail { get; init; }

    public long TotalNoData { get; init; }

    public long TotalPass { get; init; }

    public long TotalSkip { get; init; }
}

/// <summary>What a score is about, by the aggregation.</summary>
public sealed record ScoreRelationships
{
    public Relationship? Entity { get; init; }

    public Relationship? Rule { get; init; }

    public Relationship? Scorecard { get; init; }

    public Relationship? Service { get; init; }

    public Relationship? Team { get; init; }
}
