using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Narrows resources to the attributes that <c>fields[…]</c> names; the relationships go as well, as the API has it.</summary>
static class SparseFields
{
    public static IReadOnlyList<JsonElement> Narrow<T>(IEnumerable<T> resources, JsonTypeInfo<T> type, IReadOnlyList<string>? fields) =>
        [.. resources.Select(resource => Narrow(resource, type, fields))];

    static JsonElement Narrow<T>(T resource, JsonTypeInfo<T> type, IReadOnlyList<string>? fields)
    {
        if (fields is null)
            return JsonSerializer.SerializeToElement(resource, type);

        var json = JsonSerializer.SerializeToNode(resource, type)!.AsObject();
        json.Remove("relationships");
        var attributes = json["attributes"]!.AsObject();
        foreach (var name in attributes.Select(attribute => attribute.Key).Except(fields).ToArray())
            attributes.Remove(name);
        return JsonSerializer.SerializeToElement((JsonNode)json, ApiJson.Documents.JsonNode);
    }
}
