using System.Text.Json.Serialization;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>How far a campaign is. A new one takes one of these three; an update takes any text.</summary>
[JsonConverter(typeof(OpenEnumConverter<CampaignStatus>))]
public readonly record struct CampaignStatus(string Value) : IOpenEnum<CampaignStatus>
{
    public static CampaignStatus NotStarted { get; } = new("not_started");

    public static CampaignStatus InProgress { get; } = new("in_progress");

    public static CampaignStatus Completed { get; } = new("completed");

    static CampaignStatus IOpenEnum<CampaignStatus>.From(string value) => new(value);

    public override string ToString() => Value;
}
