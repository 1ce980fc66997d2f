using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Campaigns;

/// <summary>A campaign as the database has it, without its rules.</summary>
sealed record CampaignRow(
    string Id, string Key, string Name, string? Description, string Owner, string Status, long StartDate, long? DueDate,
    string? Guidance, string? EntityScope, long CreatedAt, long ModifiedAt)
{
    public Campaign ToCampaign(IEnumerable<string> ruleIds) => new()
    {
        Id = Id,
        Attributes = new CampaignAttributes
        {
            CreatedAt = TimestampExtensions.FromMicroseconds(CreatedAt),
            Description = Description,
            DueDate = DueDate is { } dueDate ? TimestampExtensions.FromMicroseconds(dueDate) : null,
            EntityScope = EntityScope,
            Guidance = Guidance,
            Key = Key,
            ModifiedAt = TimestampExtensions.FromMicroseconds(ModifiedAt),
            Name = Name,
            Owner = Owner,
            StartDate = TimestampExtensions.FromMicroseconds(StartDate),
            Status = new CampaignStatus(Status),
        },
        Relationships = new CampaignRelationships
        {
            Rules = new RelationshipList([.. ruleIds.Select(id => new ResourceIdentifier(id, "rule"))]),
        },
    };
}
