namespace ScorecardBuildTasks.Client;

/// <summary>Which rules count in the scores, and their order.</summary>
public sealed record ScoreFilter
{
    public IReadOnlyList<string>? RuleIds { get; init; }

    public string? RuleName { get; init; }

    public IReadOnlyList<int>? Levels { get; init; }

    public IReadOnlyList<string>? ScorecardIds { get; init; }

    public bool? IsCustom { get; init; }

    public bool? IsEnabled { get; init; }

    /// <summary><c>score</c>, <c>numerator</c>, <c>denominator</c>, <c>total_pass</c>, <c>total_fail</c>, <c>total_skip</c> or <c>total_no_data</c>; with a hyphen before it for descending.</summary>
    public string? Sort { get; init; }

    /// <summary>Scores a request: 1 to 1000.</summary>
    public int PageSize { get; init; } = 1000;
}
