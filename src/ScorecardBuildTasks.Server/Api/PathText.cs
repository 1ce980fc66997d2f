using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Reads an id or key from the path.</summary>
static class PathText
{
    // The longest id that anything here gives out or accepts as a key.
    const int MaxLength = 255;

    /// <exception cref="ApiProblem">400 where no id can look like this.</exception>
    public static string Read(HttpContext context, string name) =>
        (string)context.GetRouteValue(name)! is { Length: <= MaxLength } text && !text.Any(char.IsControl)
            ? text
            : throw new ApiProblem(400, "Invalid Parameter", $"invalid parameter \"{name}\" in \"path\"; expected type \"string\"");
}
