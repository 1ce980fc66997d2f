namespace ScorecardBuildTasks.Client;

/// <summary>Which scorecards to list.</summary>
public sealed record ScorecardFilter
{
    public string? Id { get; init; }

    /// <summary>A part of the name.</summary>
    public string? Name { get; init; }

    /// <summary>A part of the description.</summary>
    public string? Description { get; init; }

    /// <summary>Scorecards a request: 1 to 100.</summary>
    public int PageSize { get; init; } = 100;
}
