namespace ScorecardBuildTasks.Package.Tests;

/// <summary>What a build shows a CI service beside its log.</summary>
public sealed class CiOutputTests
{
    [Theory]
    [InlineData("-p:ScorecardTasksOutOfProcess=false")]
    [InlineData("-p:ScorecardTasksOutOfProcess=true")]
    public void GitHubIsShownTheReportOnce(string tasks)
    {
        using var repository = new ServiceRepository();
        var page = Path.Combine(repository.Root, "artifacts", "page.md");
        repository.Write("artifacts/page.md", "").Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        repository.With("GITHUB_ACTIONS", "true").With("GITHUB_STEP_SUMMARY", page).With("GITHUB_WORKSPACE", repository.Root);

        var build = repository.Build("-p:ScorecardPublish=false", tasks);
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains(build.Lines, line => line.TrimStart().StartsWith("::warning file=src/Checkout/Program.cs,line=", StringComparison.Ordinal) && line.Contains("title=SCORE2001 ", StringComparison.Ordinal));
        var text = File.ReadAllText(page);
        Assert.Contains("## service:checkout", text, StringComparison.Ordinal);
        Assert.Contains("| fail | SCORE2001 ", text, StringComparison.Ordinal);

        var again = repository.Build("-p:ScorecardPublish=false", tasks);
        Assert.DoesNotContain("::warning", again.Output, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(page));
    }

    [Fact]
    public void NothingIsShownWhereItIsSwitchedOff()
    {
        using var repository = new ServiceRepository();
        var build = repository.With("GITHUB_ACTIONS", "true").Write("src/Checkout/Program.cs", ServiceRepository.Untraced).Build("-p:ScorecardPublish=false", "-p:ScorecardCiOutput=false");
        Assert.Contains("fail SCORE2001", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("::warning", build.Output, StringComparison.Ordinal);
    }
}
