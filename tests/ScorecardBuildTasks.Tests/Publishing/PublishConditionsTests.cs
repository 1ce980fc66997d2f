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
        Assert.Equal(line, new PublishConditions(ci, "main", "main", new Entity("service:checkout", "the test"), false, []) { CheckedOut = checkedOut }.FirstUnmet());
    }

    [Fact]
    public void BuildThatMayBeAPullRequestsIsNotPublished()
    {
        var ci = CiRun.Detect(name => name == "CI" ? "true" : null);
        Assert.Equal(
            "the environment says that this is CI and not whether a pull request is built; set ScorecardPublish=true in a job that builds the default branch only",
            new PublishConditions(ci, "main", "main", new Entity("service:checkout", "the test"), false, []).FirstUnmet());
    }
}
