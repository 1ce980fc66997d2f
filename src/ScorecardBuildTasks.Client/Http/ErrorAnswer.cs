using System.Net;
using System.Text.Json;

namespace ScorecardBuildTasks.Client.Http;

/// <summary>Reads what an answer says went wrong: JSON:API objects, plain strings, or something that is no JSON at all.</summary>
static class ErrorAnswer
{
    public static async Task<IReadOnlyList<ScorecardApiError>> ReadAsync(HttpContent content, Func<string?, string?> redact, CancellationToken cancellationToken)
    {
        var body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
            return [];
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Array)
            {
                return [.. errors.EnumerateArray().Select(error => Read(error, redact))];
            }
        }
        catch (JsonException)
        {
            // An answer from something in between, such as the HTML page that a few 429s come with; its type is said below.
        }
        return [new ScorecardApiError { Title = $"an answer of type {redact(content.Headers.ContentType?.MediaType ?? "unknown")}" }];
    }

    /// <summary>What usually helps.</summary>
    public static string? Hint(HttpStatusCode status, Uri apiUrl) => status switch
    {
        HttpStatusCode.Unauthorized => $"{apiUrl.Host} wants both DD_API_KEY and DD_APP_KEY, or a bearer token",
        HttpStatusCode.Forbidden =>
            $"Are the keys from {apiUrl.Host} (DD_SITE), and has the application key the scopes apm_service_catalog_read and apm_service_catalog_write (for campaigns also cases_read and cases_write)?",
        HttpStatusCode.Conflict => "A rule with one of these ids does not exist",
        HttpStatusCode.RequestEntityTooLarge => "Send less at a time",
        _ => null,
    };

    static ScorecardApiError Read(JsonElement error, Func<string?, string?> redact)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return new ScorecardApiError { Title = redact(error.ToString()) };

        var source = error.TryGetProperty("source", out var place) && place.ValueKind == JsonValueKind.Object
            ? place.EnumerateObject().Select(member => member.Value.ToString()).FirstOrDefault()
            : null;
        return new ScorecardApiError { Status = Text("status"), Title = Text("title"), Detail = Text("detail"), Source = redact(source) };

        string? Text(string name) =>
            error.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? redact(value.ToString()) : null;
    }
}
