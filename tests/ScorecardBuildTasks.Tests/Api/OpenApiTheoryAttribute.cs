namespace ScorecardBuildTasks.Tests.Api;

/// <summary>A test with the extract of the API's OpenAPI document on one or another database, skipped where it is absent.</summary>
sealed class OpenApiTheoryAttribute : TheoryAttribute
{
    public OpenApiTheoryAttribute()
    {
        if (SharedFolder.OpenApi is null)
            Skip = "the OpenAPI extract is not beside the repository";
    }
}
