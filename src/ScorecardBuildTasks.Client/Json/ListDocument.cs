using System.Text.Json;

namespace ScorecardBuildTasks.Client.Json;

/// <summary>A JSON:API document around a page of resources.</summary>
sealed record ListDocument<T>
{
    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>The resources that <c>include</c> asked for, of whatever kind.</summary>
    public IReadOnlyList<JsonElement>? Included { get; init; }

    public PageLinks? Links { get; init; }

    public PageMeta? Meta { get; init; }
}

/// <summary>Links of a page; <see cref="Next"/> is there even on the last page, so it says nothing about the end.</summary>
sealed record PageLinks
{
    public string? Next { get; init; }

    public string? Previous { get; init; }
}

/// <summary>Where a page is in its list.</summary>
sealed record PageMeta(int Count, int Limit, int Offset, int Total);
