using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Writes answers byte for byte as the API does.</summary>
static class ApiJson
{
    public const string ContentType = "application/vnd.api+json";

    /// <summary>Resources as a document includes them, which may be of several kinds.</summary>
    public static IReadOnlyList<JsonElement> Included<T>(IEnumerable<T> resources, JsonTypeInfo<T> type) =>
        [.. resources.Select(resource => JsonSerializer.SerializeToElement(resource, type))];

    public static Task WriteAsync<T>(this HttpResponse response, int status, T document, JsonTypeInfo<T> type) =>
        response.WriteJsonAsync(status, ContentType, writer => JsonSerializer.Serialize(writer, document, type));

    /// <summary>An error in the API's own form.</summary>
    public static Task WriteAsync(this HttpResponse response, ApiProblem problem) =>
        response.WriteErrorAsync(problem.Status, ContentType, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", problem.Status.ToString());
            writer.WriteString("title", problem.Title);
            if (problem.Detail is not null)
                writer.WriteString("detail", problem.Detail);
            writer.WriteEndObject();
        });

    /// <summary>An error in the form of what stands before the API (authentication, limits, routing): a plain string.</summary>
    public static Task WriteEdgeErrorAsync(this HttpResponse response, int status, string error) =>
        response.WriteErrorAsync(status, "application/json", writer => writer.WriteStringValue(error));

    static Task WriteErrorAsync(this HttpResponse response, int status, string contentType, Action<Utf8JsonWriter> writeError) =>
        response.WriteJsonAsync(status, contentType, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("errors");
            writeError(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    static async Task WriteJsonAsync(this HttpResponse response, int status, string contentType, Action<Utf8JsonWriter> write)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = GoJsonEncoder.Instance });
        write(writer);
        writer.Flush();
        // Nothing has left yet: what is written waits for the headers.
        response.ContentLength = writer.BytesCommitted;
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
