using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Narrows resources to the attributes that <c>fields[…]</c> names; the relationships go as well, as the API has it.</summary>
static class SparseFields
{
    /// <summary>Answers with a page.</summary>
    /// <param name="fields">The attributes that are asked for, by the type of the resources; a type that is not there stays whole.</param>
    public static Task WriteAsync<T>(this HttpResponse response, ListDocument<T> page, JsonTypeInfo<ListDocument<T>> type, IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
    {
        if (fields.Count == 0)
            return response.WriteAsync(200, page, type);

        var json = JsonSerializer.SerializeToNode(page, type)!;
        foreach (var resource in json["data"]!.AsArray().Concat(json["included"]?.AsArray() ?? []))
        {
            if (fields.TryGetValue((string)resource!["type"]!, out var names))
                Narrow(resource.AsObject(), names);
        }
        return response.WriteAsync(200, json, ScorecardJson.Default.JsonNode);
    }

    static void Narrow(JsonObject resource, IReadOnlyList<string> fields)
    {
        resource.Remove("relationships");
        var attributes = resource["attributes"]!.AsObject();
        foreach (var name in attributes.Select(attribute => attribute.Key).Except(fields).ToArray())
            attributes.Remove(name);
    }
}
