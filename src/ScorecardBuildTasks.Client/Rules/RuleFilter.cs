namespace ScorecardBuildTasks.Client;

/// <summary>Which rules to list and how much of each.</summary>
public sealed record RuleFilter
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Enabled { get; init; }

    public bool? Custom { get; init; }

    /// <summary>Fills <see cref="Rule.Scorecard"/>.</summary>
    public bool IncludeScorecard { get; init; }

    /// <summary>The attributes to answer, by their names on the wire; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The attributes of included scorecards to answer; null for all.</summary>
    public IReadOnlyList<string>? ScorecardFields { get; init; }

    /// <summary>Rules a request: 1 to 100.</summary>
    public int PageSize { get; init; } = 100;
}
