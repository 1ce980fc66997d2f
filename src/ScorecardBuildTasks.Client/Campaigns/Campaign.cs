using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client;

/// <summary>A campaign as the API keeps it: some rules that are to be met by a date.</summary>
public sealed record Campaign
{
    public required string Id { get; init; }

    public string Type { get; init; } = "campaign";

    public required CampaignAttributes Attributes { get; init; }

    public CampaignRelationships? Relationships { get; init; }

    /// <summary>On campaigns of a list, and where it was asked for.</summary>
    public CampaignMeta? Meta { get; init; }

    /// <summary>The scores of the campaign and of its rules, where they were asked for. They are percentages.</summary>
    [JsonIgnore]
    public IReadOnlyList<Score> Scores { get; init => field = value ?? []; } = [];

    /// <summary>What would have to be sent to leave the campaign as it is; the rules are null where the answer did not name them.</summary>
    internal CampaignDefinition ToDefinition() => new()
    {
        Description = Attributes.Description,
        DueDate = Attributes.DueDate,
        EntityScope = Attributes.EntityScope,
        Guidance = Attributes.Guidance,
        Key = Attributes.Key,
        Name = Attributes.Name,
        OwnerId = Attributes.Owner,
        RuleIds = Relationships?.Rules is { } rules ? [.. rules.Data.Select(rule => rule.Id)] : null,
        StartDate = Attributes.StartDate,
        Status = Attributes.Status,
        Unknown = Attributes.Unknown,
    };
}

/// <summary>What is known of a campaign.</summary>
public sealed record CampaignAttributes
{
    public Timestamp CreatedAt { get; init; }

    public string? Description { get; init; }

    public Timestamp? DueDate { get; init; }

    /// <summary>Which entities the campaign is about, such as <c>kind:service</c>.</summary>
    public string? EntityScope { get; init; }

    public string? Guidance { get; init; }

    /// <summary>Names the campaign as its id does.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    public Timestamp ModifiedAt { get; init; }

    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The UUID that was sent as <see cref="CampaignDefinition.OwnerId"/>.</summary>
    public string Owner { get; init => field = value ?? ""; } = "";

    public Timestamp StartDate { get; init; }

    public CampaignStatus Status { get; init; }

    /// <summary>Members that this version does not know; they survive a read and write.</summary>
    // Not init: the generated reader cannot bind what it has no name for.
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What a campaign is made of.</summary>
public sealed record CampaignRelationships
{
    public Relationship? CampaignScore { get; init; }

    public RelationshipList? RuleScores { get; init; }

    public RelationshipList? Rules { get; init; }
}

/// <summary>How much a campaign covers.</summary>
public sealed record CampaignMeta(int EntityCount, int RuleCount);
