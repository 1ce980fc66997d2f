using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

public sealed class CiRunTests
{
    [Theory]
    [InlineData("GitHub Actions", "main", false, "GITHUB_ACTIONS=true", "GITHUB_REF=refs/heads/main", "GITHUB_EVENT_NAME=push", "CI=true")]
    [InlineData("GitHub Actions", null, true, "GITHUB_ACTIONS=true", "GITHUB_REF=refs/pull/3/merge", "GITHUB_EVENT_NAME=pull_request")]
    [InlineData("GitHub Actions", "main", true, "GITHUB_ACTIONS=true", "GITHUB_REF=refs/heads/main", "GITHUB_EVENT_NAME=pull_request_target")]
    [InlineData("GitHub Actions", "gh-readonly-queue/main/pr-3", true, "GITHUB_ACTIONS=true", "GITHUB_REF=refs/heads/gh-readonly-queue/main/pr-3", "GITHUB_EVENT_NAME=merge_group")]
    [InlineData("GitHub Actions", null, false, "GITHUB_ACTIONS=true", "GITHUB_REF=refs/tags/v1", "GITHUB_EVENT_NAME=push")]
    [InlineData("GitLab", "trunk", false, "GITLAB_CI=true", "CI_COMMIT_BRANCH=trunk", "CI=true")]
    [InlineData("GitLab", null, true, "GITLAB_CI=true", "CI_MERGE_REQUEST_IID=5")]
    [InlineData("Azure Pipelines", "main", false, "TF_BUILD=True", "BUILD_SOURCEBRANCH=refs/heads/main", "BUILD_REASON=IndividualCI")]
    [InlineData("Azure Pipelines", null, true, "TF_BUILD=True", "BUILD_SOURCEBRANCH=refs/pull/9/merge", "BUILD_REASON=PullRequest")]
    [InlineData("Jenkins", "main", false, "JENKINS_URL=https://ci.example", "BRANCH_NAME=main")]
    [InlineData("Jenkins", "PR-4", true, "JENKINS_URL=https://ci.example", "BRANCH_NAME=PR-4", "CHANGE_ID=4")]
    [InlineData("Jenkins", null, false, "JENKINS_URL=https://ci.example", "GIT_BRANCH=origin/main")]
    [InlineData("Jenkins", null, true, "JENKINS_URL=https://ci.example", "GIT_BRANCH=origin/fix", "gitlabMergeRequestIid=4")]
    [InlineData("Jenkins", null, true, "JENKINS_URL=https://ci.example", "ghprbPullId=4")]
    [InlineData("Jenkins", null, true, "JENKINS_URL=https://ci.example", "pullRequestId=4")]
    [InlineData("Jenkins", null, true, "JENKINS_URL=https://ci.example", "BITBUCKET_PULL_REQUEST_ID=4")]
    [InlineData("Jenkins", null, true, "JENKINS_URL=https://ci.example", "GERRIT_CHANGE_NUMBER=4")]
    [InlineData("TeamCity", "main", false, "TEAMCITY_VERSION=2026.1", "TEAMCITY_BUILD_BRANCH=refs/heads/main")]
    [InlineData("Buildkite", "main", false, "BUILDKITE=true", "BUILDKITE_BRANCH=main", "BUILDKITE_PULL_REQUEST=false")]
    [InlineData("Buildkite", "fix", true, "BUILDKITE=true", "BUILDKITE_BRANCH=fix", "BUILDKITE_PULL_REQUEST=12")]
    [InlineData("CircleCI", "main", false, "CIRCLECI=true", "CIRCLE_BRANCH=main")]
    [InlineData("CircleCI", "fix", true, "CIRCLECI=true", "CIRCLE_BRANCH=fix", "CIRCLE_PULL_REQUEST=https://github.com/a/b/pull/1")]
    [InlineData("Bitbucket Pipelines", "main", false, "BITBUCKET_BUILD_NUMBER=1", "BITBUCKET_BRANCH=main")]
    [InlineData("Bitbucket Pipelines", "fix", true, "BITBUCKET_BUILD_NUMBER=1", "BITBUCKET_BRANCH=fix", "BITBUCKET_PR_ID=2")]
    [InlineData("AWS CodeBuild", "main", false, "CODEBUILD_BUILD_ID=a:1", "CODEBUILD_WEBHOOK_HEAD_REF=refs/heads/main", "CODEBUILD_WEBHOOK_EVENT=PUSH")]
    [InlineData("AWS CodeBuild", "fix", true, "CODEBUILD_BUILD_ID=a:1", "CODEBUILD_WEBHOOK_HEAD_REF=refs/heads/fix", "CODEBUILD_WEBHOOK_EVENT=PULL_REQUEST_UPDATED")]
    [InlineData("AppVeyor", "main", false, "APPVEYOR=True", "APPVEYOR_REPO_BRANCH=main")]
    [InlineData("AppVeyor", "main", true, "APPVEYOR=True", "APPVEYOR_REPO_BRANCH=main", "APPVEYOR_PULL_REQUEST_NUMBER=3")]
    [InlineData("Travis CI", "main", false, "TRAVIS=true", "TRAVIS_BRANCH=main", "TRAVIS_PULL_REQUEST=false")]
    [InlineData("Travis CI", "main", true, "TRAVIS=true", "TRAVIS_BRANCH=main", "TRAVIS_PULL_REQUEST=8")]
    [InlineData("TeamCity", "main", true, "TEAMCITY_VERSION=2026.1", "TEAMCITY_BUILD_BRANCH=main", "BUILD_IS_PERSONAL=true")]
    [InlineData("Drone", "main", false, "DRONE=true", "CI=true", "DRONE_BRANCH=main", "DRONE_BUILD_EVENT=push")]
    [InlineData("Drone", "main", true, "DRONE=true", "CI=true", "DRONE_BRANCH=main", "DRONE_BUILD_EVENT=pull_request")]
    [InlineData("Drone", "main", true, "DRONE=true", "CI=true", "DRONE_BRANCH=main", "DRONE_PULL_REQUEST=3")]
    [InlineData("CI", null, false, "CI=true")]
    [InlineData(null, null, false, "CI=false")]
    [InlineData(null, null, false, "HOME=/home/me")]
    public void ProviderBranchAndPullRequestAreToldByItsVariables(string? provider, string? branch, bool isPullRequest, params string[] variables)
    {
        var run = Detect(variables);
        Assert.Equal((provider, branch, isPullRequest), (run.Provider, run.Branch, run.IsPullRequest));
    }

    /// <summary>They run on the default branch, with its commit in GITHUB_SHA, whatever they check out.</summary>
    [Theory]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "pull_request", "head_branch": "main" } }""", "runs after the workflow of a pull request")]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "pull_request_target", "head_branch": "main" } }""", "runs after the workflow of a pull request")]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "merge_group", "head_branch": "gh-readonly-queue/main/pr-3" } }""", "runs after the workflow of a pull request")]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "push", "head_branch": "feature" }, "repository": { "default_branch": "main" } }""", "runs after the workflow of 'feature'")]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "push", "head_branch": "feature" } }""", "runs after the workflow of 'feature'")]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "workflow_run", "head_branch": "main" }, "repository": { "default_branch": "main" } }""", "runs after a workflow that ran after another, which may be that of a pull request")]
    [InlineData("workflow_run", "{ this is no JSON", "runs for 'workflow_run', and what that is of cannot be read")]
    [InlineData("issue_comment", "", "runs for 'issue_comment', and what that is of cannot be read")]
    [InlineData("workflow_run", """{ "workflow_run": { "event": "push", "head_branch": "main" }, "repository": { "default_branch": "main" } }""", null)]
    [InlineData("issue_comment", """{ "issue": { "number": 3, "pull_request": { "url": "https://api.github.com/repos/acme/shop/pulls/3" } } }""", "runs for a comment on a pull request")]
    [InlineData("issue_comment", """{ "issue": { "number": 3 } }""", null)]
    [InlineData("pull_request_review_comment", "{}", "builds a pull request")]
    [InlineData("check_run", """{ "pull_request": { "number": 3 } }""", "builds a pull request")]
    [InlineData("push", """{ "pull_request": null, "workflow_run": 1 }""", null)]
    [InlineData("push", "[]", null)]
    [InlineData("push", "{", null)]
    public void PayloadTellsOfAPullRequest(string trigger, string payload, string? does)
    {
        using var folder = new TemporaryFolder().With("event.json", payload);
        var run = Detect("GITHUB_ACTIONS=true", "GITHUB_REF=refs/heads/main", $"GITHUB_EVENT_NAME={trigger}", $"GITHUB_EVENT_PATH={folder["event.json"]}");
        Assert.Equal((does, does is not null), (run.PullRequest, run.IsPullRequest));
    }

    [Theory]
    [InlineData("https://github.com/acme/shop/actions/runs/7", "GITHUB_ACTIONS=true", "GITHUB_SERVER_URL=https://github.com", "GITHUB_REPOSITORY=acme/shop", "GITHUB_RUN_ID=7")]
    [InlineData("https://dev.azure.com/acme/my%20shop/_build/results?buildId=7", "TF_BUILD=True", "SYSTEM_COLLECTIONURI=https://dev.azure.com/acme/", "SYSTEM_TEAMPROJECT=my shop", "BUILD_BUILDID=7")]
    [InlineData("https://gitlab.example/-/jobs/7", "GITLAB_CI=true", "CI_JOB_URL=https://gitlab.example/-/jobs/7")]
    [InlineData("https://teamcity.example/build/7", "TEAMCITY_VERSION=2026.1", "BUILD_URL=https://teamcity.example/build/7")]
    [InlineData("https://bitbucket.org/acme/shop/pipelines/results/7", "BITBUCKET_BUILD_NUMBER=7", "BITBUCKET_REPO_FULL_NAME=acme/shop")]
    [InlineData("https://ci.appveyor.com/project/acme/shop/builds/7", "APPVEYOR=True", "APPVEYOR_URL=https://ci.appveyor.com", "APPVEYOR_ACCOUNT_NAME=acme", "APPVEYOR_PROJECT_SLUG=shop", "APPVEYOR_BUILD_ID=7")]
    [InlineData(null, "GITHUB_ACTIONS=true")]
    [InlineData(null, "BITBUCKET_BUILD_NUMBER=7")]
    public void RunIsLinkedWhereTheProviderTellsIt(string? url, params string[] variables) => Assert.Equal(url, Detect(variables).RunUrl);

    [Fact]
    public void GitHubTellsTheDefaultBranchInThePayload()
    {
        using var folder = new TemporaryFolder().With("event.json", """{"repository":{"default_branch":"trunk"}}""");
        Assert.Equal("trunk", Detect("GITHUB_ACTIONS=true", $"GITHUB_EVENT_PATH={folder["event.json"]}").DefaultBranch);
    }

    [Theory]
    [InlineData("trunk", "schedule", """{ "schedule": "0 5 * * *" }""")]
    [InlineData("main", "schedule", """{ "repository": { "default_branch": "main" } }""")]
    [InlineData(null, "push", "{}")]
    public void ScheduleRunsOnTheDefaultBranch(string? branch, string trigger, string payload)
    {
        using var folder = new TemporaryFolder().With("event.json", payload);
        Assert.Equal(branch, Detect("GITHUB_ACTIONS=true", "GITHUB_REF=refs/heads/trunk", $"GITHUB_EVENT_NAME={trigger}", $"GITHUB_EVENT_PATH={folder["event.json"]}").DefaultBranch);
    }

    /// <summary>The branch and what is known of it are in no variable.</summary>
    [Theory]
    [InlineData("main", "main", false, "teamcity.build.branch=main", "teamcity.build.branch.is_default=true")]
    [InlineData("main", "main", false, "teamcity.build.branch=<default>", "teamcity.build.branch.is_default=true", "vcsroot.branch=refs/heads/main")]
    [InlineData("<default>", "<default>", false, "teamcity.build.branch=<default>", "teamcity.build.branch.is_default=true")]
    [InlineData("fix", null, false, "# teamcity.build.branch=main", "teamcity.build.branch=fix", "teamcity.build.branch.is_default=false")]
    [InlineData("a=b:ü", null, false, @"teamcity.build.branch=a\=b\:\u00fc")]
    [InlineData("3", null, true, "teamcity.build.branch=3", "teamcity.pullRequest.number=3")]
    [InlineData(null, null, false)]
    public void TeamCityTellsInItsFileOfParameters(string? branch, string? defaultBranch, bool isPullRequest, params string[] parameters)
    {
        using var folder = new TemporaryFolder().With("parameters", string.Join('\n', parameters));
        folder.With("properties", $"build.number=7\nteamcity.configuration.properties.file={folder["parameters"].Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal)}\n");
        var run = Detect("TEAMCITY_VERSION=2026.1", $"TEAMCITY_BUILD_PROPERTIES_FILE={folder["properties"]}");
        Assert.Equal((branch, defaultBranch, isPullRequest), (run.Branch, run.DefaultBranch, run.IsPullRequest));
    }

    [Theory]
    [InlineData("JENKINS_URL=https://ci.example", "BRANCH_NAME=trunk", "BRANCH_IS_PRIMARY=true")]
    [InlineData("DRONE=true", "DRONE_REPO_BRANCH=trunk")]
    [InlineData("GITLAB_CI=true", "CI_DEFAULT_BRANCH=trunk")]
    [InlineData("BUILDKITE=true", "BUILDKITE_PIPELINE_DEFAULT_BRANCH=trunk")]
    public void ProvidersThatKnowTheDefaultBranchTellIt(params string[] variables) => Assert.Equal("trunk", Detect(variables).DefaultBranch);

    /// <summary>Only a multibranch job says so of every build; what a plugin says of a pull request is enough to know of that one.</summary>
    [Theory]
    [InlineData(true, "BRANCH_NAME=main")]
    [InlineData(true, "ghprbPullId=4")]
    [InlineData(false, "GIT_BRANCH=origin/main")]
    public void JenkinsTellsPullRequestsInAMultibranchJob(bool tells, string variable) => Assert.Equal(tells, Detect("JENKINS_URL=https://ci.example", variable).TellsPullRequests);

    /// <summary>A provider that names branches builds none where it names none: what git has checked out then is no branch of its.</summary>
    [Theory]
    [InlineData("main", "CI=true")]
    [InlineData("main", "HOME=/home/me")]
    [InlineData(null, "JENKINS_URL=https://ci.example")]
    [InlineData(null, "GITHUB_ACTIONS=true", "GITHUB_REF=refs/tags/v1")]
    [InlineData("trunk", "JENKINS_URL=https://ci.example", "BRANCH_NAME=trunk")]
    public void BranchThatGitHasCheckedOutStandsInWhereNoProviderNamesBranches(string? branch, params string[] variables) => Assert.Equal(branch, Detect(variables).BranchOr("main"));

    [Fact]
    public void BranchThatIsNotJenkinssPrimaryOneTellsNoDefaultBranch() => Assert.Null(Detect("JENKINS_URL=https://ci.example", "BRANCH_NAME=fix").DefaultBranch);

    static CiRun Detect(params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return CiRun.Detect(name => environment.GetValueOrDefault(name));
    }
}
