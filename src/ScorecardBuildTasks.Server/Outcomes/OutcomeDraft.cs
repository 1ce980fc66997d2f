using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>An outcome as a request asks for it.</summary>
sealed record OutcomeDraft(string RuleId, EntityReference Entity, string State, string? Remarks)
{
    /// <summary>An item of the asynchronous update.</summary>
    /// <exception cref="ApiProblem"/>
    public static OutcomeDraft Read(RequestAttributes item)
    {
        var reference = item.RequiredText("entity_reference");
        return EntityReference.TryParse(reference, out var entity)
            ? Read(item, entity)
            : throw RequestAttributes.WrongFormat("entity_reference");
    }

    /// <summary>An item of the synchronous batch, which knows services only.</summary>
    /// <exception cref="ApiProblem"/>
    public static OutcomeDraft ReadOfService(RequestAttributes item) =>
        Read(item, EntityReference.OfService(item.RequiredText("service_name")));

    static OutcomeDraft Read(RequestAttributes item, EntityReference entity) => new(
        item.RequiredText("rule_id"),
        entity,
        item.OneOf("state", "pass", "fail", "skip") ?? throw RequestAttributes.Missing("state"),
        item.TextOrNull("remarks", RequestAttributes.MaxTextLength));
}
