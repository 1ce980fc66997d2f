using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client;

/// <summary>What is sent to create or update a campaign.</summary>
public sealed record CampaignDefinition
{
    public string? Description { get; init; }

    public Timestamp? DueDate { get; init; }

    public string? EntityScope { get; init; }

    public string? Guidance { get; init; }

    /// <summary>Needed to create; kept where an update leaves it out.</summary>
    public string? Key { get; init; }

    public required string Name { get; init; }

    /// <summary>A UUID; the API answers it as <see cref="CampaignAttributes.Owner"/>.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The ids of the campaign's rules. Null only in an update, where the API's answer did not name them.</summary>
    public IReadOnlyList<string>? RuleIds { get; init; }

    public required Timestamp StartDate { get; init; }

    /// <summary>In progress where a new campaign leaves it out.</summary>
    public CampaignStatus? Status { get; init; }

    /// <summary>Members that this version does not know; they survive a read and write.</summary>
    // Not init: the generated reader cannot bind what it has no name for.
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A campaign on its way to the API, which names the id in the path.</summary>
sealed record CampaignChange(CampaignDefinition Attributes)
{
    public string Type => "campaign";
}
