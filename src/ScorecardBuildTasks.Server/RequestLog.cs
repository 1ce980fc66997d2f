using System.Collections.Concurrent;

namespace ScorecardBuildTasks.Server;

/// <summary>The most recent requests that a server answered, for tests and demos to look at.</summary>
public sealed class RequestLog
{
    const int Capacity = 10_000;

    readonly ConcurrentQueue<ServedRequest> requests = new();

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<ServedRequest> Requests => [.. requests];

    internal void Add(ServedRequest request)
    {
        requests.Enqueue(request);
        while (requests.Count > Capacity)
            requests.TryDequeue(out _);
    }
}

/// <summary>A request that was answered.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">With the query.</param>
/// <param name="Status">The answer's status.</param>
public sealed record ServedRequest(string Method, string Path, int Status);
