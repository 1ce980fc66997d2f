using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>The part of a list that a request asks for.</summary>
sealed record Page(int Size, int Offset)
{
    /// <summary>
    /// Links as the API writes them: relative, keys in order, every parameter of the request kept; <c>next</c> always,
    /// <c>previous</c> from the second page on.
    /// </summary>
    public PageLinks Links(HttpRequest request) => new()
    {
        Next = Link(request, (long)Offset + Size),
        Previous = Offset >= Size ? Link(request, Offset - Size) : null,
    };

    string Link(HttpRequest request, long offset)
    {
        var parameters = request.Query
            .Where(parameter => parameter.Key is not ("page[limit]" or "page[offset]"))
            .SelectMany(parameter => parameter.Value.Select(value => (parameter.Key, Value: value ?? "")))
            .Append(("page[limit]", Size.ToString()))
            .Append(("page[offset]", offset.ToString()))
            .OrderBy(parameter => parameter.Item1, StringComparer.Ordinal)
            .Select(parameter => $"{Escape(parameter.Item1)}={Escape(parameter.Item2)}");
        return $"{request.Path}?{string.Join('&', parameters)}";
    }

    static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
