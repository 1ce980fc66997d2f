using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ScorecardBuildTasks.Server.Api;

/// <summary>Reads an id or key from the path.</summary>
static class PathText
{
    // The web server decodes all escapes but this one.
    const string Slash = "%2F";

    /// <exception cref="ApiProblem">400 where no id can look like this.</exception>
    public static string Read(HttpContext context, string name) =>
        ((string)context.GetRouteValue(name)!).Replace(Slash, "/", StringComparison.OrdinalIgnoreCase) is var text && CanHold(text)
            ? text
            : throw new ApiProblem(400, "Invalid Parameter", $"invalid parameter \"{name}\" in \"path\"; expected type \"string\"");

    /// <summary>Whether a text can be told in a path: dots alone would be resolved on the way.</summary>
    public static bool CanHold(string text) =>
        text.Length <= RequestAttributes.MaxNameLength && text is not ("." or "..")
            && !text.Any(char.IsControl) && !text.Contains(Slash, StringComparison.OrdinalIgnoreCase);
}
