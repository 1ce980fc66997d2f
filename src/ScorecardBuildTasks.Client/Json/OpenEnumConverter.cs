using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client.Json;

/// <summary>Reads and writes an open enumeration as its string.</summary>
sealed class OpenEnumConverter<T> : JsonConverter<T> where T : struct, IOpenEnum<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException("null where a name was expected."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
