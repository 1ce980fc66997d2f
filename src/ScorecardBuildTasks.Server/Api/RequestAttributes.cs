using System.Text.Json;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>The members of an object in a request; a null counts as absent. Each reader throws the API's 400 where the value will not do.</summary>
sealed class RequestAttributes
{
    /// <summary>Of what is a name, a key or a reference: databases index it, and some cannot index more.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Of what is a text for people or a query.</summary>
    public const int MaxTextLength = 10_000;

    readonly JsonElement? json;

    RequestAttributes(JsonElement? json) => this.json = json;

    public static RequestAttributes Of(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object ? new RequestAttributes(json) : throw WrongType(name, json);

    /// <summary>An object; an empty one where it is absent.</summary>
    public RequestAttributes Object(string name) => Find(name) is { } value ? Of(value, name) : new RequestAttributes(null);

    public string? Text(string name, int maxLength = MaxNameLength) => Find(name) is { } value ? TextOf(name, value, maxLength) : null;

    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : throw Missing(name);

    public string RequiredUuid(string name) =>
        RequiredText(name) is var text && Guid.TryParseExact(text, "D", out _) ? text : throw WrongFormat(name);

    /// <summary>A text where an empty one counts as absent: what is written so is erased.</summary>
    public string? TextOrNull(string name, int maxLength = MaxNameLength) => Text(name, maxLength) is { Length: > 0 } text ? text : null;

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw WrongType(name, other),
    };

    public string? OneOf(string name, params ReadOnlySpan<string> allowed) =>
        Text(name) is not { } text ? null : allowed.Contains(text) ? text : throw NotOneOf(name, allowed);

    public int? OneOf(string name, params ReadOnlySpan<int> allowed)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            throw WrongType(name, value);
        return value.TryGetInt32(out var number) && allowed.Contains(number) ? number : throw NotOneOf(name, allowed);
    }

    public Timestamp? Time(string name) =>
        Text(name) is not { } text ? null : Timestamp.TryParse(text, out var time) ? time : throw WrongFormat(name);

    /// <summary>The objects of an array that must be there.</summary>
    public IReadOnlyList<RequestAttributes> RequiredObjects(string name, int maxCount) =>
        [.. RequiredArray(name, maxCount).Select(item => Of(item, name))];

    /// <summary>The strings of an array that must be there.</summary>
    public IEnumerable<string> RequiredTexts(string name, int maxCount) =>
        RequiredArray(name, maxCount).Select(item => TextOf(name, item, MaxNameLength));

    public static ApiProblem Missing(string name) => ApiProblem.BadRequest($"attribute \"{name}\" is required");

    public static ApiProblem WrongFormat(string name) => ApiProblem.BadRequest($"attribute \"{name}\" does not match the required format");

    static ApiProblem NotOneOf<T>(string name, ReadOnlySpan<T> allowed) =>
        ApiProblem.BadRequest($"attribute \"{name}\" must be one of \"{string.Join(' ', allowed.ToArray())}\"");

    static ApiProblem WrongType(string name, JsonElement value)
    {
        var kind = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "bool" : value.ValueKind.ToString().ToLowerInvariant();
        return ApiProblem.BadRequest($"error decoding attribute \"{name}\": invalid type {kind}");
    }

    static ApiProblem TooMany(string name, int max, string what) => ApiProblem.BadRequest($"attribute \"{name}\" must have at most {max} {what}");

    static string TextOf(string name, JsonElement value, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw WrongType(name, value);
        try
        {
            // Half a surrogate pair cannot be read, and not every database can keep a NUL.
            var text = value.GetString()!;
            return text.Contains('\0') ? throw WrongFormat(name) : text.Length > maxLength ? throw TooMany(name, maxLength, "characters") : text;
        }
        catch (InvalidOperationException)
        {
            throw WrongFormat(name);
        }
    }

    IEnumerable<JsonElement> RequiredArray(string name, int maxCount) => Find(name) switch
    {
        null => throw Missing(name),
        { ValueKind: JsonValueKind.Array } array => array.GetArrayLength() <= maxCount ? array.EnumerateArray() : throw TooMany(name, maxCount, "items"),
        { } other => throw WrongType(name, other),
    };

    JsonElement? Find(string name) =>
        json is { } members && members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
