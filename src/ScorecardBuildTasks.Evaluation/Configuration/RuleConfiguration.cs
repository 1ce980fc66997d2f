namespace ScorecardBuildTasks.Evaluation;

/// <summary>How one scorecard rule is fed and judged. A member left out keeps the built-in default.</summary>
/// <param name="Name">The rule's name on the scorecard.</param>
/// <param name="Level">1 to 3.</param>
/// <param name="ScopeQuery">Which entities the product applies it to, e.g. <c>kind:service</c>.</param>
/// <param name="Diagnostics">Ids with <c>*</c> as wildcard, e.g. <c>["CA2007", "MA00*"]</c>; a leading <c>!</c> excludes.</param>
/// <param name="AtMost">So many open findings still pass.</param>
/// <param name="Suppressed">What an outcome is whose findings are all suppressed with a justification.</param>
/// <param name="WhenOff">What an outcome is when the diagnostics are switched off: <c>skip</c> or <c>fail</c>.</param>
/// <param name="EffectiveFrom">Before that day (UTC) the rule is skipped.</param>
public sealed record RuleConfiguration(
    string? Name = null,
    string? Scorecard = null,
    int? Level = null,
    string? Description = null,
    string? Owner = null,
    string? ScopeQuery = null,
    bool Enabled = true,
    IReadOnlyList<string>? Diagnostics = null,
    int AtMost = 0,
    OutcomeState Suppressed = OutcomeState.Skip,
    OutcomeState WhenOff = OutcomeState.Skip,
    DateOnly? EffectiveFrom = null)
{
    public static readonly RuleConfiguration Default = new();
}
