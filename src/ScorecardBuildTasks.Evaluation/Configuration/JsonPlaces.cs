using System.Text.Json;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>A place in a configuration file.</summary>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
public sealed record Place(string File, int Line, int Column);

/// <summary>Where each member of a JSON file stands, which a parsed document no longer knows. Members are named as <c>rules.SCORE2001.level</c> and <c>waivers[0]</c>.</summary>
sealed class JsonPlaces
{
    readonly Dictionary<string, long> offsets = new(StringComparer.Ordinal);
    readonly string file;
    readonly byte[] text;

    JsonPlaces(string file, byte[] text) => (this.file, this.text) = (file, text);

    /// <summary>The first member that an object has twice, or null: which of the two counts is nobody's guess.</summary>
    public string? Twice { get; private set; }

    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    public static JsonPlaces Read(string file, byte[] utf8)
    {
        var places = new JsonPlaces(file, utf8);
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        json.Read();
        places.Walk(ref json, "");
        json.Read();
        return places;
    }

    /// <summary>The member's place; where the file lacks it, the nearest one around it.</summary>
    public Place this[string path]
    {
        get
        {
            while (path.Length > 0 && !offsets.ContainsKey(path))
                path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)];
            var before = text.AsSpan(0, (int)offsets.GetValueOrDefault(path));
            return new Place(file, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
        }
    }

    void Walk(ref Utf8JsonReader json, string path)
    {
        offsets.TryAdd(path, json.TokenStartIndex);
        if (json.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
                Walk(ref json, $"{path}[{index}]");
        }
        else if (json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var member = path.Length == 0 ? json.GetString()! : $"{path}.{json.GetString()}";
                if (offsets.ContainsKey(member))
                    Twice ??= member;
                offsets[member] = json.TokenStartIndex;
                json.Read();
                Walk(ref json, member);
            }
        }
    }
}
