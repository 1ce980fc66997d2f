using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Writes answers byte for byte as the API does.</summary>
static class ApiJson
{
    public const string ContentType = "application/vnd.api+json";

    /// <summary>The client's wire documents, escaped as the API does.</summary>
    public static ScorecardJson Documents { get; } = new(new JsonSerializerOptions(ScorecardJson.Default.Options)
    {
        TypeInfoResolver = null,
        Encoder = GoJsonEncoder.Instance,
    });

    public static Task WriteAsync<T>(this HttpResponse response, int status, T document, JsonTypeInfo<T> type) =>
        response.WriteJsonAsync(status, ContentType, JsonSerializer.SerializeToUtf8Bytes(document, type));

    /// <summary>An error in the API's own form.</summary>
    public static Task WriteAsync(this HttpResponse response, ApiProblem problem) =>
        response.WriteJsonAsync(problem.Status, ContentType, ToUtf8(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", problem.Status.ToString());
            writer.WriteString("title", problem.Title);
            if (problem.Detail is not null)
                writer.WriteString("detail", problem.Detail);
            writer.WriteEndObject();
        }));

    /// <summary>An error in the form of what stands before the API (authentication, limits, routing): a plain string.</summary>
    public static Task WriteEdgeErrorAsync(this HttpResponse response, int status, string error) =>
        response.WriteJsonAsync(status, "application/json", ToUtf8(writer => writer.WriteStringValue(error)));

    static byte[] ToUtf8(Action<Utf8JsonWriter> writeError)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = GoJsonEncoder.Instance }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("errors");
            writeError(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    static async Task WriteJsonAsync(this HttpResponse response, int status, string contentType, byte[] json)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, response.HttpContext.RequestAborted);
    }
}
