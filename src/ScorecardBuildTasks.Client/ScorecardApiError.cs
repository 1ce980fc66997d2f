namespace ScorecardBuildTasks.Client;

/// <summary>One error of an answer; an error that came as a plain string has only a title.</summary>
public sealed record ScorecardApiError
{
    public string? Status { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    /// <summary>The place in the request: a JSON pointer, a query parameter or a header.</summary>
    public string? Source { get; init; }

    public override string ToString()
    {
        var text = (Title, Detail) switch
        {
            (null, null) => Status ?? "unknown error",
            (null, { } detail) => detail,
            ({ } title, null) => title,
            ({ } title, { } detail) => $"{title}: {detail}",
        };
        return Source is null ? text : $"{text} (at {Source})";
    }
}
