using System.Text.Json;
using System.Text.Json.Nodes;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Server.Rules;

/// <summary>The kinds of entities that a rule is about, as an undocumented resource that goes by the rule's id.</summary>
static class PolicyScope
{
    const string Type = "policy-scope";

    static readonly string[] DefaultKinds = ["service", "queue", "datastore"];

    /// <summary>A rule as lists show it: related to its policy scope.</summary>
    public static JsonElement Relate(Rule rule)
    {
        var json = JsonSerializer.SerializeToNode(rule, ScorecardJson.Default.Rule)!.AsObject();
        json["relationships"]!.AsObject().Insert(0, "policy_scope", new JsonObject { ["data"] = Identify(rule) });
        return ToElement(json);
    }

    /// <summary>A rule as it is answered where it was written: with its policy scope.</summary>
    public static Document<JsonElement> Include(Rule rule)
    {
        var scope = Identify(rule);
        scope["attributes"] = new JsonObject { ["scopes"] = new JsonArray([.. Kinds(rule).Select(Scope)]) };
        return new Document<JsonElement> { Data = Relate(rule), Included = [ToElement(scope)] };
    }

    static JsonObject Identify(Rule rule) => new() { ["id"] = rule.Id, ["type"] = Type };

    static IEnumerable<string> Kinds(Rule rule) => ScopeQuery.KindOf(rule.Attributes.ScopeQuery) is { } kind ? [kind] : DefaultKinds;

    static JsonNode Scope(string kind) => new JsonObject { ["kind"] = kind, ["query"] = "has_definition:\"true\"" };

    static JsonElement ToElement(JsonObject json) => JsonSerializer.SerializeToElement((JsonNode)json, ScorecardJson.Default.JsonNode);
}
