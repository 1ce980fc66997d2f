namespace ScorecardBuildTasks.Tasks;

/// <summary>The CI run that this build belongs to, read from the provider's own variables.</summary>
/// <param name="Provider">The provider's name, or null outside CI.</param>
/// <param name="Branch">The branch being built, without <c>refs/heads/</c>; null where the provider does not say.</param>
/// <param name="PullRequest">What the provider does with a pull request, as <c>builds a pull request</c>: forks, <c>pull_request_target</c>, merge queues and what runs after them included. Null where it has nothing to do with one.</param>
/// <param name="RunUrl">The page of this run, where the provider tells it.</param>
/// <param name="DefaultBranch">The repository's default branch, where the provider tells it.</param>
public sealed record CiRun(string? Provider, string? Sha, string? Branch, string? PullRequest, string? DefaultBranch, string? RepositoryUrl, string? RunUrl = null)
{
    internal const string BuildsAPullRequest = "builds a pull request";

    /// <summary>These tell of a pull request from the branch, and not whether it is one of a default branch into another repository.</summary>
    const string HasAPullRequest = "builds a branch with an open pull request";

    public static readonly CiRun None = new(null, null, null, null, null, null) { NamesBranches = false };

    /// <summary>Where Jenkins builds a pull request outside of a multibranch job, which has <c>CHANGE_ID</c>, its plugins tell: those for GitLab, for pull requests of GitHub, Bitbucket Server and Bitbucket, and for Gerrit.</summary>
    static readonly string[] JenkinsChanges = ["CHANGE_ID", "gitlabMergeRequestIid", "ghprbPullId", "pullRequestId", "BITBUCKET_PULL_REQUEST_ID", "GERRIT_CHANGE_NUMBER"];

    /// <summary>One row per provider; the first whose variable is set is the one. The last row is everything that sets <c>CI</c> and nothing else we know.</summary>
    static readonly IReadOnlyList<Row> Table =
    [
        new("GitHub Actions", "GITHUB_ACTIONS", "GITHUB_SHA", "GITHUB_REF", PullRequest: env => GitHubEvent.Read(env).PullRequest, DefaultBranch: env => GitHubEvent.Read(env).DefaultBranch, DefaultBranchFrom: "the event's payload",
            RepositoryUrl: env => env("GITHUB_SERVER_URL") is { } server && env("GITHUB_REPOSITORY") is { } name ? $"{server}/{name}" : null,
            RunUrl: env => env("GITHUB_SERVER_URL") is { } server && env("GITHUB_REPOSITORY") is { } name && env("GITHUB_RUN_ID") is { } run ? $"{server}/{name}/actions/runs/{run}" : null),
        new("GitLab", "GITLAB_CI", "CI_COMMIT_SHA", "CI_COMMIT_BRANCH", PullRequest: env => When(env("CI_MERGE_REQUEST_IID") is not null), DefaultBranch: env => env("CI_DEFAULT_BRANCH"), DefaultBranchFrom: "`CI_DEFAULT_BRANCH`", RepositoryUrl: env => env("CI_PROJECT_URL"), RunUrl: env => env("CI_JOB_URL")),
        new("Azure Pipelines", "TF_BUILD", "BUILD_SOURCEVERSION", "BUILD_SOURCEBRANCH", PullRequest: env => When(env("BUILD_REASON") is "PullRequest"), RepositoryUrl: env => env("BUILD_REPOSITORY_URI"),
            RunUrl: env => env("SYSTEM_COLLECTIONURI") is { } collection && env("SYSTEM_TEAMPROJECT") is { } project && env("BUILD_BUILDID") is { } build ? $"{collection}{Uri.EscapeDataString(project)}/_build/results?buildId={build}" : null),
        new("Jenkins", "JENKINS_URL", "GIT_COMMIT", "BRANCH_NAME", PullRequest: env => When(Array.Exists(JenkinsChanges, name => env(name) is not null)), PullRequestsWith: "BRANCH_NAME",
            DefaultBranch: env => env("BRANCH_IS_PRIMARY") == "true" ? env("BRANCH_NAME") : null, DefaultBranchFrom: "`BRANCH_IS_PRIMARY` of a multibranch job", RunUrl: env => env("BUILD_URL")),
        new("TeamCity", "TEAMCITY_VERSION", "BUILD_VCS_NUMBER", TeamCityParameters.Branch, PullRequest: env => env("BUILD_IS_PERSONAL") == "true" ? "makes a personal build" : When(env("teamcity.pullRequest.number") is not null),
            DefaultBranch: env => env("teamcity.build.branch.is_default") == "true" ? BranchOf(env(TeamCityParameters.Branch)) : null, DefaultBranchFrom: "`teamcity.build.branch.is_default`", RunUrl: env => env("BUILD_URL")),
        new("Buildkite", "BUILDKITE", "BUILDKITE_COMMIT", "BUILDKITE_BRANCH", PullRequest: env => env("BUILDKITE_PULL_REQUEST") is not (null or "false") ? HasAPullRequest : null,
            DefaultBranch: env => env("BUILDKITE_PIPELINE_DEFAULT_BRANCH"), DefaultBranchFrom: "`BUILDKITE_PIPELINE_DEFAULT_BRANCH`", RunUrl: env => env("BUILDKITE_BUILD_URL")),
        new("CircleCI", "CIRCLECI", "CIRCLE_SHA1", "CIRCLE_BRANCH", PullRequest: env => env("CIRCLE_PULL_REQUEST") is not null ? HasAPullRequest : null, RunUrl: env => env("CIRCLE_BUILD_URL")),
        new("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", "BITBUCKET_COMMIT", "BITBUCKET_BRANCH", PullRequest: env => When(env("BITBUCKET_PR_ID") is not null),
            RunUrl: env => env("BITBUCKET_REPO_FULL_NAME") is { } name && env("BITBUCKET_BUILD_NUMBER") is { } build ? $"https://bitbucket.org/{name}/pipelines/results/{build}" : null),
        new("AWS CodeBuild", "CODEBUILD_BUILD_ID", "CODEBUILD_RESOLVED_SOURCE_VERSION", "CODEBUILD_WEBHOOK_HEAD_REF", PullRequest: env => When(env("CODEBUILD_WEBHOOK_EVENT")?.StartsWith("PULL_REQUEST", StringComparison.Ordinal) == true), RunUrl: env => env("CODEBUILD_BUILD_URL")),
        new("AppVeyor", "APPVEYOR", "APPVEYOR_REPO_COMMIT", "APPVEYOR_REPO_BRANCH", PullRequest: env => When(env("APPVEYOR_PULL_REQUEST_NUMBER") is not null),
            RunUrl: env => env("APPVEYOR_URL") is { } server && env("APPVEYOR_ACCOUNT_NAME") is { } account && env("APPVEYOR_PROJECT_SLUG") is { } project && env("APPVEYOR_BUILD_ID") is { } build ? $"{server.TrimEnd('/')}/project/{account}/{project}/builds/{build}" : null),
        new("Travis CI", "TRAVIS", "TRAVIS_COMMIT", "TRAVIS_BRANCH", PullRequest: env => When(env("TRAVIS_PULL_REQUEST") is not (null or "false")), RunUrl: env => env("TRAVIS_BUILD_WEB_URL")),
        new("Drone", "DRONE", "DRONE_COMMIT_SHA", "DRONE_BRANCH", PullRequest: env => When(env("DRONE_BUILD_EVENT") == "pull_request" || env("DRONE_PULL_REQUEST") is not null),
            DefaultBranch: env => env("DRONE_REPO_BRANCH"), DefaultBranchFrom: "`DRONE_REPO_BRANCH`", RepositoryUrl: env => env("DRONE_REPO_LINK"), RunUrl: env => env("DRONE_BUILD_LINK")),
        new("CI", "CI", null, null),
    ];

    /// <summary>False where nobody can know whether a pull request is built.</summary>
    public bool TellsPullRequests { get; init; } = true;

    /// <summary>Whether the provider names the branch where it builds one.</summary>
    public bool NamesBranches { get; init; } = true;

    public bool IsPullRequest => PullRequest is not null;

    /// <summary>The providers in the order in which they are looked for.</summary>
    public static IEnumerable<CiProvider> Providers => Table.Select(row => new CiProvider(row.Provider, row.Variable, row.Sha, row.Branch, row.PullRequest is null ? "no" : row.PullRequestsWith is { } variable ? $"with `{variable}`" : "yes", row.DefaultBranchFrom));

    /// <param name="variable">Reads an environment variable; null where it is not set.</param>
    public static CiRun Detect(Func<string, string?> variable)
    {
        var parameters = new TeamCityParameters(variable);
        var set = (string name) => (name.Contains('.', StringComparison.Ordinal) ? parameters[name] : variable(name)) is { Length: > 0 } value ? value : null;
        if (Table.FirstOrDefault(row => set(row.Variable) is { } value && !SaysNo(value)) is not { } provider)
            return None;
        var reference = provider.Branch is { } branch ? set(branch) : null;
        var pullRequest = provider.PullRequest?.Invoke(set) ?? When(reference?.StartsWith("refs/pull/", StringComparison.Ordinal) == true);
        return new CiRun(
            provider.Provider,
            provider.Sha is { } sha ? set(sha) : null,
            BranchOf(reference),
            pullRequest,
            provider.DefaultBranch?.Invoke(set),
            provider.RepositoryUrl?.Invoke(set),
            provider.RunUrl?.Invoke(set))
        {
            TellsPullRequests = pullRequest is not null || (provider.PullRequest is not null && (provider.PullRequestsWith is not { } name || set(name) is not null)),
            NamesBranches = provider.Branch is not null,
        };
    }

    /// <summary>The branch that is built. The one that git has checked out stands in for it only where there is no provider that names branches: where one names none, it builds none, or none that anybody can know.</summary>
    public string? BranchOr(string? checkedOut) => Branch ?? (NamesBranches ? null : checkedOut);

    static string? When(bool isPullRequest) => isPullRequest ? BuildsAPullRequest : null;

    /// <summary>As the targets take it, which decide whether there is a report at all.</summary>
    static bool SaysNo(string value) => value == "0" || value.Equals("false", StringComparison.OrdinalIgnoreCase);

    internal static string? BranchOf(string? reference) => reference switch
    {
        null => null,
        _ when reference.StartsWith("refs/heads/", StringComparison.Ordinal) => reference["refs/heads/".Length..],
        _ when reference.StartsWith("refs/", StringComparison.Ordinal) => null,
        _ => reference,
    };

    sealed record Row(
        string Provider,
        string Variable,
        string? Sha,
        string? Branch,
        Func<Func<string, string?>, string?>? PullRequest = null,
        string? PullRequestsWith = null,
        Func<Func<string, string?>, string?>? DefaultBranch = null,
        string? DefaultBranchFrom = null,
        Func<Func<string, string?>, string?>? RepositoryUrl = null,
        Func<Func<string, string?>, string?>? RunUrl = null);
}

/// <summary>What is read of a CI provider.</summary>
/// <param name="Variable">Set where this provider runs a build.</param>
/// <param name="Sha">The variable with the commit.</param>
/// <param name="Branch">The variable with the branch.</param>
/// <param name="PullRequests">Where it tells whether it builds one: <c>yes</c>, <c>no</c>, or as Markdown with which variable. Where it does not, <c>ScorecardPublish=auto</c> never publishes.</param>
/// <param name="DefaultBranchFrom">What tells the default branch, as Markdown; null where nothing does, which leaves it to <c>ScorecardDefaultBranch</c>, <c>scorecard.json</c> or <c>origin/HEAD</c>.</param>
public sealed record CiProvider(string Name, string Variable, string? Sha, string? Branch, string PullRequests, string? DefaultBranchFrom)
{
    public bool TellsDefaultBranch => DefaultBranchFrom is not null;
}
