using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>The query parameters of a request; an empty one counts as absent. Each reader throws the API's 400 where the value will not do.</summary>
sealed class RequestQuery(HttpRequest request)
{
    public string? Text(string name)
    {
        var text = request.Query[name].ToString();
        if (text.Contains('\0'))
            throw ApiProblem.InvalidParameter(name, "type \"string\"");
        return text.Length == 0 ? null : text;
    }

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw ApiProblem.InvalidParameter(name, "type \"boolean\""),
    };

    /// <summary>The parts of a list separated by commas; null where the parameter is absent.</summary>
    public IReadOnlyList<string>? List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The attributes that <c>fields[…]</c> asks for of resources of these types, by the type; without those of which it asks for none in particular.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields(params ReadOnlySpan<string> types)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var type in types)
        {
            if (List($"fields[{type}]") is { } names)
                fields.Add(type, names);
        }
        return fields;
    }

    /// <summary>Levels of rules separated by commas; null where the parameter is absent.</summary>
    public IReadOnlyList<long>? Levels(string name) => List(name)?
        .Select(level => level is "1" or "2" or "3" ? (long)(level[0] - '0') : throw ApiProblem.InvalidParameter(name, "levels from 1 to 3"))
        .ToArray();

    /// <summary>Whether <c>include</c> asks for the one thing that may be included.</summary>
    public bool Includes(string what) => List("include") switch
    {
        null => false,
        { } asked when asked.All(item => item == what) => true,
        _ => throw ApiProblem.InvalidParameter("include", $"\"{what}\""),
    };

    public string? OneOf(string name, params ReadOnlySpan<string> allowed) =>
        Text(name) is not { } text ? null : allowed.Contains(text) ? text : throw ApiProblem.InvalidParameter(name, $"one of \"{string.Join(' ', allowed.ToArray())}\"");

    public Guid? Uuid(string name) =>
        Text(name) is not { } text ? null : Guid.TryParseExact(text, "D", out var uuid) ? uuid : throw ApiProblem.InvalidParameter(name, "type \"uuid\"");

    public Page Page(string sizeName, int defaultSize, int maxSize)
    {
        // The links that the API writes name the size "page[limit]", whatever the operation's own name for it.
        var size = Whole(sizeName, 1, maxSize) ?? Whole("page[limit]", 1, maxSize) ?? defaultSize;
        return new Page(size, Whole("page[offset]", 0, int.MaxValue) ?? 0);
    }

    int? Whole(string name, int min, int max)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw ApiProblem.InvalidParameter(name, $"type \"integer\" from {min} to {max}");
    }
}
