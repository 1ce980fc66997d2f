using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>What the task says of a publish, and what it makes of the build.</summary>
public sealed class PublishScorecardTests : IDisposable
{
    static readonly (string, string)[] Keys = [("DD_API_KEY", "api-key-of-the-test"), ("DD_APP_KEY", "app-key-of-the-test")];
    static readonly (string, string)[] FeatureBranch = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_REF", "refs/heads/feature")];

    readonly TemporaryFolder folder = new();

    public PublishScorecardTests() => ReportTests.Document("1:Pass 1:Fail").Write(folder["out/outcomes.json"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("0")]
    public void LoggedEnvironmentIsWarnedOfOnceABuildThoughNothingIsPublished(string value)
    {
        (string, string)[] environment = [.. Keys, .. FeatureBranch, ("MSBUILDLOGALLENVIRONMENTVARIABLES", value)];
        var first = Publish(environment, ("Publish", "auto"));
        Assert.Contains("not published: 'feature' is not the default branch", first.Output, StringComparison.Ordinal);
        var warning = Assert.Single(first.Lines, line => line.Contains("warning", StringComparison.Ordinal));
        Assert.Contains("warning SCORE0028: ", warning, StringComparison.Ordinal);
        Assert.Contains("DD_API_KEY and DD_APP_KEY", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("SCORE0028", Publish(environment, ("Publish", "auto")).Output, StringComparison.Ordinal);
        Assert.Contains("SCORE0028", Publish(environment, ("Publish", "auto"), ("BuildKey", "another")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void LoggedEnvironmentWithoutKeysIsNoMatter()
    {
        Assert.DoesNotContain("SCORE0028", Publish([.. FeatureBranch, ("MSBUILDLOGALLENVIRONMENTVARIABLES", "1")], ("Publish", "auto")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SCORE0028", Publish([.. Keys, .. FeatureBranch, ("MSBUILDLOGALLENVIRONMENTVARIABLES", "")], ("Publish", "auto")).Output, StringComparison.Ordinal);
    }

    TasksProgram Publish(IEnumerable<(string, string)> environment, params (string, string)[] parameters)
    {
        // Beside the folder that is published, so that what builds leave in the system's one is no matter to a test.
        Directory.CreateDirectory(folder["tmp"]);
        var publish = TasksProgram.Run(nameof(PublishScorecard), [("TMPDIR", folder["tmp"]), ("TMP", folder["tmp"]), .. environment],
        [
            ("ProjectFile", folder["Shop.csproj"]), ("RepositoryRoot", folder.Root), ("ReportFile", folder["out/outcomes.json"]), ("PublishedFile", folder["out/published"]),
            ("DefaultBranch", "main"), ("BuildKey", "build"), .. parameters,
        ]);
        Assert.DoesNotContain("key-of-the-test", publish.Output, StringComparison.Ordinal);
        return publish;
    }
}
