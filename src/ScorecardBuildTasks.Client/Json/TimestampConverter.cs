using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client.Json;

/// <summary>Reads and writes a timestamp as RFC 3339.</summary>
sealed class TimestampConverter : JsonConverter<Timestamp>
{
    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamp.TryParse(reader.GetString(), out var timestamp) ? timestamp : throw new JsonException($"'{reader.GetString()}' is no RFC 3339 time.");

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
