using System.Text.Json;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>The few verbs the error log's reader is written in, on the framework's forward-only JSON reader.</summary>
static class SarifReading
{
    /// <summary>Moves to the next member of the object; false at its end.</summary>
    public static bool ReadName(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    public static bool ReadElement(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType != JsonTokenType.EndArray;
    }

    public static void StartObject(this ref Utf8JsonReader json) => json.Start(JsonTokenType.StartObject, "an object");

    public static void StartArray(this ref Utf8JsonReader json) => json.Start(JsonTokenType.StartArray, "an array");

    static void Start(this ref Utf8JsonReader json, JsonTokenType token, string what)
    {
        if (json.TokenType != token)
            json.Read();
        if (json.TokenType != token)
            throw new InvalidDataException($"the log has {json.TokenType} where {what} is expected, at byte {json.TokenStartIndex}");
    }

    public static void SkipValue(this ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    public static string? ReadText(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    public static bool ReadFlag(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetBoolean();
    }

    public static int ReadNumber(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt32();
    }

    /// <summary>An object of strings; members of other kinds are left out.</summary>
    public static Dictionary<string, string> ReadTexts(this ref Utf8JsonReader json)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        json.StartObject();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.String)
                texts[name] = json.GetString()!;
            else
                json.Skip();
        }

        return texts;
    }
}
