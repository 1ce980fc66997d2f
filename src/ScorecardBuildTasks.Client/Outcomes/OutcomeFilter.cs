namespace ScorecardBuildTasks.Client;

/// <summary>Which outcomes to list and how much of each.</summary>
public sealed record OutcomeFilter
{
    public string? ServiceName { get; init; }

    public OutcomeState? State { get; init; }

    public string? RuleId { get; init; }

    public string? RuleName { get; init; }

    public bool? RuleEnabled { get; init; }

    /// <summary>Fills <see cref="Outcome.Rule"/>.</summary>
    public bool IncludeRule { get; init; }

    /// <summary>The attributes to answer, by their names on the wire; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The attributes of included rules to answer; null for all.</summary>
    public IReadOnlyList<string>? RuleFields { get; init; }

    /// <summary>Outcomes a request: 1 to 100.</summary>
    public int PageSize { get; init; } = 100;
}
