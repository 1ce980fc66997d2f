namespace ScorecardBuildTasks.Client;

/// <summary>Which campaigns to list.</summary>
public sealed record CampaignFilter
{
    /// <summary>Searched for as words.</summary>
    public string? Name { get; init; }

    public CampaignStatus? Status { get; init; }

    public Guid? Owner { get; init; }

    /// <summary>Campaigns a request: 1 to 100.</summary>
    public int PageSize { get; init; } = 100;
}
