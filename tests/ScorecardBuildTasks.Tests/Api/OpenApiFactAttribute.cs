namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A test on the extract of the API's OpenAPI document, skipped where it is absent.</summary>
sealed class OpenApiFactAttribute : FactAttribute
{
    public OpenApiFactAttribute()
    {
        if (SharedFolder.OpenApi is null)
            Skip = "the OpenAPI extract is not beside the repository";
    }
}
