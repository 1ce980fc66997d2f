using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;

namespace ScorecardBuildTasks.Tests.Publishing;

public sealed class PublishConditionsTests
{
    const string First = "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const string Second = "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    [Theory]
    [InlineData(First, First, null)]
    [InlineData("1111111AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", First, null)]
    [InlineData(First, null, null)]
    [InlineData(null, Second, null)]
    [InlineData("HEAD", Second, null)]
    [InlineData(First, Second, "2222222 is checked out, and GitHub Actions runs for 1111111; set ScorecardPublish=true in this step if it is to speak for 'main' all the same")]
    public void AnotherCommitThanTheProvidersIsNotPublished(string? provider, string? checkedOut, string? line)
    {
        var ci = new CiRun("GitHub Actions", provider, "main", null, "main", null);
        Assert.Equal(line, new PublishConditions(ci, "main", "main", new Entity("service:checkout", "the test"), false, []) { CheckedOut = checkedOut }.FirstUnmet()?.Fact);
    }

    [Fact]
    public void BuildThatMayBeAPullRequestsIsNotPublished()
    {
        var ci = CiRun.Detect(name => name == "CI" ? "true" : null);
        Assert.Equal(
            "the environment says that this is CI and not whether a pull request is built; set ScorecardPublish=true in a job that builds the default branch only",
            new PublishConditions(ci, "main", "main", new Entity("service:checkout", "the test"), false, []).FirstUnmet()?.Fact);
    }

    /// <summary>A job that is none of a multibranch project may build whatever a trigger gave it.</summary>
    [Theory]
    [InlineData("Jenkins does not say in a job of this kind whether a pull request is built; set ScorecardPublish=true in a job that builds the default branch only", null)]
    [InlineData("Jenkins builds a pull request; outcomes are published from the default branch", "gitlabMergeRequestIid")]
    [InlineData(null, "BRANCH_NAME")]
    public void JenkinsPublishesFromAMultibranchJobOnly(string? line, string? variable)
    {
        var ci = CiRun.Detect(name => name == "JENKINS_URL" ? "https://ci.example" : name == variable ? "main" : null);
        Assert.Equal(line, new PublishConditions(ci, ci.BranchOr("main"), "main", new Entity("service:checkout", "the test"), false, []).FirstUnmet()?.Fact);
    }

    /// <summary>A build that may be a pull request's, or another branch's, is not held to anything; one whose default branch nobody knows would never be published, and nobody would know.</summary>
    [Theory]
    [InlineData(true, "GITHUB_ACTIONS", "main", "main")]
    [InlineData(true, "GITHUB_ACTIONS", "main", null)]
    [InlineData(true, "GITHUB_ACTIONS", null, null)]
    [InlineData(false, "GITHUB_ACTIONS", "feature", "main")]
    [InlineData(false, "GITHUB_ACTIONS", null, "main")]
    [InlineData(false, "CI", "main", "main")]
    [InlineData(false, "CI", "main", null)]
    [InlineData(false, "CI", null, null)]
    [InlineData(false, null, "main", "main")]
    public void PublishIsDueWhereItIsKnownToBe(bool expected, string? variable, string? branch, string? defaultBranch)
    {
        var ci = CiRun.Detect(name => name == variable ? "true" : null);
        Assert.Equal(expected, new PublishConditions(ci, branch, defaultBranch, new Entity("service:checkout", "the test"), false, []).AreDue);
    }

    /// <summary>Several conditions do not hold; the code is that of the one which is told.</summary>
    [Theory]
    [InlineData(BuildMessage.PublishingFailed, First, Second, "main")]
    [InlineData(BuildMessage.PublishingFailed, First, First, null)]
    [InlineData(BuildMessage.KeyIsMissing, First, First, "main")]
    public void CodeIsOfTheConditionThatIsTold(string code, string provider, string checkedOut, string? defaultBranch)
    {
        var ci = new CiRun("GitHub Actions", provider, "main", null, defaultBranch, null);
        Assert.Equal(code, new PublishConditions(ci, "main", defaultBranch, new Entity("service:checkout", "the test", Guessed: true), false, ["DD_API_KEY"]) { CheckedOut = checkedOut }.FirstUnmet()?.Code);
    }
}
