using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Tasks;

/// <summary>The rules of an API, as one service of a build has listed them for the others.</summary>
/// <param name="ApiUrl">Another service of the build may publish elsewhere, where rules have other ids.</param>
sealed record RuleListing(Uri ApiUrl, IReadOnlyList<LockedRule> Rules)
{
    /// <returns>Null where there is none, or what is there is none.</returns>
    public static RuleListing? Parse(string? line)
    {
        if (string.IsNullOrEmpty(line))
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, RuleListingJson.Default.RuleListing) is { ApiUrl: not null, Rules: not null } listing ? listing : null;
        }
        catch (JsonException)
        {
            // A node that was killed while it wrote: the rules are listed once more.
            return null;
        }
    }

    /// <summary>One line.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, RuleListingJson.Default.RuleListing);
}

[JsonSerializable(typeof(RuleListing))]
sealed partial class RuleListingJson : JsonSerializerContext;
