namespace ScorecardBuildTasks.Server.Api;

/// <summary>Ends a request with an error of the API.</summary>
sealed class ApiProblem(int status, string title, string? detail = null) : Exception(detail ?? title)
{
    public int Status => status;

    public string Title => title;

    public string? Detail => detail;

    public static ApiProblem BadRequest(string detail) => new(400, "Bad Request", detail);

    public static ApiProblem InvalidParameter(string name, string expected) =>
        new(400, "Invalid Parameter", $"invalid parameter \"{name}\" in \"query\"; expected {expected}");

    public static ApiProblem NotFound(string detail) => new(404, "Not Found", detail);
}
