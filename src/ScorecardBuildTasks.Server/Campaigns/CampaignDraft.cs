using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server.Campaigns;

/// <summary>A campaign as a create or update asks for it.</summary>
sealed record CampaignDraft(
    string? Key, string Name, string? Description, string Owner, string Status, Timestamp StartDate, Timestamp? DueDate,
    string? Guidance, string? EntityScope, IReadOnlyList<string> RuleIds)
{
    const int MaxRules = 1000;

    /// <summary>Of a new campaign: the key is needed, and the status is one of three.</summary>
    /// <exception cref="ApiProblem"/>
    public static CampaignDraft ReadNew(RequestAttributes attributes)
    {
        var (name, key) = (attributes.RequiredText("name"), attributes.RequiredText("key"));
        var status = attributes.OneOf("status", "in_progress", "not_started", "completed") ?? "in_progress";
        return Read(attributes, name, key, status);
    }

    /// <summary>Of an update: an absent key is kept, and the status is any text.</summary>
    /// <exception cref="ApiProblem"/>
    public static CampaignDraft ReadUpdate(RequestAttributes attributes) =>
        Read(attributes, attributes.RequiredText("name"), attributes.TextOrNull("key"), attributes.RequiredText("status"));

    static CampaignDraft Read(RequestAttributes attributes, string name, string? key, string status) => new(
        key is null || PathText.CanHold(key) ? key : throw RequestAttributes.WrongFormat("key"),
        name,
        attributes.TextOrNull("description", RequestAttributes.MaxTextLength),
        attributes.RequiredUuid("owner_id"),
        status,
        attributes.Time("start_date") ?? throw RequestAttributes.Missing("start_date"),
        attributes.Time("due_date"),
        attributes.TextOrNull("guidance", RequestAttributes.MaxTextLength),
        attributes.TextOrNull("entity_scope", RequestAttributes.MaxTextLength),
        [.. attributes.RequiredTexts("rule_ids", MaxRules).Distinct()]);
}
