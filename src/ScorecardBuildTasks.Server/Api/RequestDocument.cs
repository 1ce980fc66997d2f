using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Reads the JSON:API document of a request, refusing it in the API's words.</summary>
static class RequestDocument
{
    /// <summary>The attributes of <c>data</c>, whose type must be the given one; it may be absent unless it is documented as required.</summary>
    /// <exception cref="ApiProblem">400 where the body is not such a document.</exception>
    public static async Task<RequestAttributes> ReadAttributesAsync(HttpRequest request, string type, bool isTypeRequired = false)
    {
        JsonElement root;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw ApiProblem.BadRequest("unexpected end of JSON input");
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind == JsonValueKind.Null)
            throw ApiProblem.BadRequest("document is missing required top-level members; must have one of: \"data\", \"meta\", \"errors\"");
        var resource = RequestAttributes.Of(data, "data");
        if ((resource.Text("type") ?? (isTypeRequired ? "" : type)) is var given && given != type)
            throw ApiProblem.BadRequest($"got type \"{given}\" expected one of \"{type}\"");
        return resource.Object("attributes");
    }
}
