using System.Text.Json;

namespace ScorecardBuildTasks.Tasks;

/// <summary>What started a run of GitHub Actions. Some events run on the default branch for a pull request's sake, and only their payload tells.</summary>
/// <param name="PullRequest">What the run does with a pull request; null where it has nothing to do with one.</param>
sealed record GitHubEvent(string? DefaultBranch, string? PullRequest)
{
    /// <param name="variable">Reads an environment variable; null where it is not set.</param>
    public static GitHubEvent Read(Func<string, string?> variable)
    {
        using var payload = Payload(variable("GITHUB_EVENT_PATH"));
        var root = payload?.RootElement ?? default;
        var name = variable("GITHUB_EVENT_NAME");
        // A schedule runs on the default branch only, and its payload need not name the repository.
        var defaultBranch = Text(root, "repository", "default_branch") ?? (name == "schedule" ? CiRun.BranchOf(variable("GITHUB_REF")) : null);
        return new GitHubEvent(
            defaultBranch,
            IsOfPullRequest(name) || Find(root, "pull_request") is { ValueKind: JsonValueKind.Object } ? CiRun.BuildsAPullRequest
            : Find(root, "issue", "pull_request") is { ValueKind: JsonValueKind.Object } ? "runs for a comment on a pull request"
            : payload is null && name is "issue_comment" or "workflow_run" ? $"runs for '{name}', and what that is of cannot be read"
            : IsOfPullRequest(Text(root, "workflow_run", "event")) ? "runs after the workflow of a pull request"
            : Text(root, "workflow_run", "event") == "workflow_run" ? "runs after a workflow that ran after another, which may be that of a pull request"
            : Text(root, "workflow_run", "head_branch") is { } branch && branch != (defaultBranch ?? CiRun.BranchOf(variable("GITHUB_REF"))) ? $"runs after the workflow of '{branch}'"
            : null);
    }

    static bool IsOfPullRequest(string? name) => name == "merge_group" || name?.StartsWith("pull_request", StringComparison.Ordinal) == true;

    static string? Text(JsonElement element, params ReadOnlySpan<string> path) => Find(element, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    static JsonDocument? Payload(string? path)
    {
        if (path is null || !File.Exists(path))
            return null;
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            // A payload that is no JSON tells nothing; what is published then depends on the sources that remain.
            return null;
        }
    }
}
