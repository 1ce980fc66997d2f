using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScorecardBuildTasks.Client.Http;

/// <summary>A request's body, written once and sent with every attempt.</summary>
sealed class RequestBody
{
    readonly byte[] json;

    RequestBody(byte[] json) => this.json = json;

    public static RequestBody Create<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    public HttpContent ToContent() => new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
