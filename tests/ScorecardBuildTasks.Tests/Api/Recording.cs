using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>One exchange with the real API.</summary>
sealed record Recording(string Source, DateTimeOffset RecordedAt, int Index, RecordedRequest Request, RecordedResponse Response)
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>All exchanges, as scenarios that each ran in one go.</summary>
    public static IReadOnlyList<IReadOnlyList<Recording>> Scenarios()
    {
        using var file = File.OpenRead(SharedFolder.Recordings!);
        return [.. JsonSerializer.Deserialize<Recording[]>(file, Options)!
            .GroupBy(recording => recording.Source)
            .Select(scenario => scenario.OrderBy(recording => recording.Index).ToArray())];
    }

    public override string ToString() => $"{Source} {Index}: {Request.Method} {Request.Path} {Response.Status}";
}

sealed record RecordedRequest(string Method, string Path, string RawQuery, Dictionary<string, string> Headers, JsonElement? Body)
{
    public string PathAndQuery => RawQuery.Length == 0 ? Path : $"{Path}?{RawQuery}";

    [JsonIgnore]
    public bool HasBody => Body is { ValueKind: JsonValueKind.Object };
}

sealed record RecordedResponse(int Status, Dictionary<string, string> Headers, string RawBody);
