using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Server.Scores;

/// <summary>What outcomes of a group add up to.</summary>
sealed record ScoreRow
{
    // Set one by one: SQLite cannot tell the types of sums over no row, which a constructor's would be matched with.

    public required string Id { get; init; }

    public string Kind { get; init; } = "";

    public long Level { get; init; }

    public long Entities { get; init; }

    public long Pass { get; init; }

    public long Fail { get; init; }

    public long Skip { get; init; }

    public long NoData { get; init; }

    /// <summary>For the scores endpoint: a ratio in which skipped rules do not count.</summary>
    public Score ToRatio(ScoreAggregation aggregation)
    {
        var isByEntity = aggregation == ScoreAggregation.ByEntity;
        var id = isByEntity && Kind == "service" ? $"service:{Id}" : Id;
        var denominator = Pass + Fail;
        return new Score
        {
            Id = id,
            Attributes = new ScoreAttributes
            {
                Aggregation = aggregation,
                Denominator = denominator,
                Level = aggregation == ScoreAggregation.ByRule ? (int)Level : null,
                Numerator = Pass,
                Score = denominator == 0 ? 0 : (double)Pass / denominator,
                TotalEntities = Entities,
                TotalFail = Fail,
                TotalNoData = NoData,
                TotalPass = Pass,
                TotalSkip = Skip,
            },
            Relationships = new ScoreRelationships
            {
                Entity = isByEntity ? To(id, "entity") : null,
                Rule = aggregation == ScoreAggregation.ByRule ? To(id, "rule") : null,
                Scorecard = aggregation == ScoreAggregation.ByScorecard ? To(id, "scorecard") : null,
                Service = isByEntity && Kind == "service" ? To(Id, "service") : null,
            },
        };
    }

    /// <summary>For a campaign: a percentage with two decimals in which skipped rules count.</summary>
    public Score ToPercentage(string aggregation)
    {
        var denominator = Pass + Fail + Skip;
        return new Score
        {
            Id = Id,
            Attributes = new ScoreAttributes
            {
                Aggregation = new ScoreAggregation(aggregation),
                Denominator = denominator,
                Numerator = Pass,
                Score = denominator == 0 ? 0 : Math.Round(100.0 * Pass / denominator, 2),
                TotalFail = Fail,
                TotalNoData = NoData,
                TotalPass = Pass,
                TotalSkip = Skip,
            },
        };
    }

    static Relationship To(string id, string type) => new(new ResourceIdentifier(id, type));
}
