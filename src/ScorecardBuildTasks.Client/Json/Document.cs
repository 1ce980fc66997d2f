using System.Text.Json;

namespace ScorecardBuildTasks.Client.Json;

/// <summary>A JSON:API document around one resource.</summary>
sealed record Document<T>
{
    public required T Data { get; init; }

    /// <summary>The resources that <c>include</c> asked for, of whatever kind.</summary>
    public IReadOnlyList<JsonElement>? Included { get; init; }
}
