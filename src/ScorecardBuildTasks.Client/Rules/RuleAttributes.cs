using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client;

/// <summary>What is known of a rule, and what is sent to create or update one.</summary>
public sealed record RuleAttributes
{
    /// <summary>The scorecard's name again, under its older key; set by the API.</summary>
    public string? Category { get; init; }

    /// <summary>Set by the API.</summary>
    public Timestamp? CreatedAt { get; init; }

    /// <summary>False for the rules that the API's vendor evaluates; set by the API.</summary>
    public bool? Custom { get; init; }

    public string? Description { get; init; }

    /// <summary>Whether the rule counts in scores.</summary>
    public bool? Enabled { get; init; }

    /// <summary>1 (basic) to 3 (advanced); the API takes 3 where none is sent.</summary>
    public int? Level { get; init; }

    /// <summary>Set by the API.</summary>
    public Timestamp? ModifiedAt { get; init; }

    /// <summary>Needed to create or update; empty only where <see cref="RuleFilter.Fields"/> left it out.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Any text; a team's handle by convention.</summary>
    public string? Owner { get; init; }

    /// <summary>Which entities the rule applies to, such as <c>kind:service</c>.</summary>
    public string? ScopeQuery { get; init; }

    /// <summary>The scorecard that the rule belongs to, created with its first rule.</summary>
    public string ScorecardName { get; init => field = value ?? ""; } = "";

    /// <summary>Members that this version does not know; they survive a read and write.</summary>
    // Not init: the generated reader cannot bind what it has no name for.
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    internal RuleAttributes WithoutServerManaged() => this with { Category = null, CreatedAt = null, Custom = null, ModifiedAt = null };
}
