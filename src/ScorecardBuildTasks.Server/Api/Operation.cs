using Microsoft.AspNetCore.Builder;
using ScorecardBuildTasks.Server.Access;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>What an endpoint is in the API's documentation, and what it takes to call it.</summary>
sealed record Operation(string Id, AccessScopes Scopes)
{
    /// <summary>Whether a missing scope is told as a JSON:API object (as documented for some operations) or as a string.</summary>
    public bool TellsErrorsAsObjects { get; init; }

    /// <summary>The query parameters it reads.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>The statuses it can answer, the first for success.</summary>
    public required IReadOnlyList<int> Statuses { get; init; }
}

static class OperationExtensions
{
    public static void Is(this IEndpointConventionBuilder endpoint, Operation operation) => endpoint.WithMetadata(operation);
}
