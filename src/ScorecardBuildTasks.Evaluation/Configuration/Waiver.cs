using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>An agreed exception from a rule that ends by itself.</summary>
/// <param name="Rule">The rule's key.</param>
/// <param name="Entity">The entity, with or without its kind, or <c>*</c>.</param>
/// <param name="Text">Why, in words; no placeholder.</param>
/// <param name="Until">The last day (UTC) on which it holds.</param>
public sealed record Waiver(
    [property: JsonRequired] string Rule,
    [property: JsonRequired] string Entity,
    [property: JsonRequired] WaiverReason Reason,
    [property: JsonRequired] string Text,
    [property: JsonRequired] DateOnly Until,
    string? Ticket = null)
{
    /// <summary>Where it is written.</summary>
    [JsonIgnore]
    public Place? Place { get; init; }

    public bool Covers(string rule, Entity entity) => Rule == rule && (Entity == "*" || EntityResolver.Reference(Entity) == entity.Reference);

    public override string ToString() => $"{SpelledReason}, {Text}{(Ticket is null ? "" : $", {Ticket}")}";

    string SpelledReason => JsonNamingPolicy.KebabCaseLower.ConvertName(Reason.ToString()).Replace('-', ' ');
}

/// <summary>Why a rule may be left unmet. The list is closed, so that waivers can be counted by reason over an organisation.</summary>
[JsonConverter(typeof(WaiverReasonConverter))]
public enum WaiverReason
{
    /// <summary>The rule is wrong about this code.</summary>
    FalsePositive,

    /// <summary>What the rule asks for makes no sense here.</summary>
    NotApplicable,

    /// <summary>Something outside the code sees to it.</summary>
    MitigatedElsewhere,

    /// <summary>Known, and somebody with the right to do so accepts it.</summary>
    AcceptedRisk,

    /// <summary>Will be done by then.</summary>
    Planned,

    /// <summary>The service will be gone by then.</summary>
    Retiring,
}

/// <summary>Spells the reasons as <c>accepted-risk</c>.</summary>
sealed class WaiverReasonConverter() : JsonStringEnumConverter<WaiverReason>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
{
    public static readonly string Vocabulary = string.Join(", ", Enum.GetNames<WaiverReason>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
}
