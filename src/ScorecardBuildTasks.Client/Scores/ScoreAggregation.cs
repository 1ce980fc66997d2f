using System.Text.Json.Serialization;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>What scores are added up by.</summary>
[JsonConverter(typeof(OpenEnumConverter<ScoreAggregation>))]
public readonly record struct ScoreAggregation(string Value) : IOpenEnum<ScoreAggregation>
{
    public static ScoreAggregation ByEntity { get; } = new("by-entity");

    public static ScoreAggregation ByRule { get; } = new("by-rule");

    public static ScoreAggregation ByScorecard { get; } = new("by-scorecard");

    public static ScoreAggregation ByTeam { get; } = new("by-team");

    public static ScoreAggregation ByKind { get; } = new("by-kind");

    static ScoreAggregation IOpenEnum<ScoreAggregation>.From(string value) => new(value);

    public override string ToString() => Value;
}
