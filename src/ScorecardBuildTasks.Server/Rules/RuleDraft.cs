using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server.Rules;

/// <summary>A rule as a create or update asks for it.</summary>
sealed record RuleDraft(
    string Name, string? ScorecardName, string? ScorecardId, string? Description, string? Owner, string? ScopeQuery, long Level, bool Enabled)
{
    /// <exception cref="ApiProblem"/>
    public static RuleDraft Read(RequestAttributes attributes)
    {
        var scorecardId = attributes.Text("scorecard_id");
        return new RuleDraft(
            attributes.RequiredText("name"),
            scorecardId is null ? attributes.RequiredText("scorecard_name") : null,
            scorecardId,
            attributes.TextOrNull("description", RequestAttributes.MaxTextLength),
            attributes.TextOrNull("owner"),
            attributes.TextOrNull("scope_query", RequestAttributes.MaxTextLength),
            attributes.OneOf("level", 1, 2, 3) ?? 3,
            attributes.Flag("enabled") ?? true);
    }
}
