namespace ScorecardBuildTasks.Package.Tests;

/// <summary>Bad input is one clear warning that names the place and the remedy; the build succeeds and nothing is lost.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void MalformedCatalogFileIsNamedWithItsLine()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/entity.datadog.yaml", "apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n\towner: team-checkout\n");
        var build = repository.Report();
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("entity.datadog.yaml(5,", Assert.Single(build.Warnings("SCORE0010")), StringComparison.Ordinal);
        Assert.True(repository.Outcomes.Entity.Guessed);
        Assert.Single(repository.Report().Warnings("SCORE0010"));
    }

    [Fact]
    public void InvalidConfigurationIsNamedWithItsLine()
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", "{\n  \"rules\": {\n    \"SCORE2001\": { \"levle\": 2 }\n  }\n}\n");
        var build = repository.Report();
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("scorecard.json(3,", Assert.Single(build.Warnings("SCORE0011")), StringComparison.Ordinal);
        Assert.Equal(6, repository.Outcomes.Outcomes.Count);
    }

    [Fact]
    public void MissingKeyIsNamed()
    {
        using var repository = new ServiceRepository();
        var build = repository.With("DD_API_KEY", "api-key-of-the-test").Report("-p:ScorecardPublish=true");
        Assert.Equal(0, build.ExitCode);
        var warning = Assert.Single(build.Warnings("SCORE0021"));
        Assert.Contains("DD_APP_KEY", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("DD_API_KEY", warning, StringComparison.Ordinal);
        Assert.True(File.Exists(repository.OutcomesFile));
    }

    [Fact]
    public void ApiThatIsDownIsOneWarningAndTheOutcomesStay()
    {
        using var repository = new ServiceRepository();
        var nobody = FreePort.Address();
        var build = repository.Publish(nobody);
        Assert.Equal(0, build.ExitCode);
        var warning = Assert.Single(build.Warnings("SCORE0020"));
        Assert.Contains(repository.OutcomesFile, warning, StringComparison.Ordinal);
        Assert.Contains("scorecard push", warning, StringComparison.Ordinal);
        Assert.Equal(6, repository.Outcomes.Outcomes.Count);
        Assert.NotEqual(0, repository.Publish(nobody, "-p:ScorecardPublishRequired=true").ExitCode);
    }

    [Fact]
    public void KeyGivenAsPropertyIsRefused()
    {
        using var repository = new ServiceRepository();
        var build = repository.Publish(FreePort.Address(), "-p:DD_API_KEY=secret-in-a-property");
        Assert.Equal(0, build.ExitCode);
        var warning = Assert.Single(build.Warnings("SCORE0023"));
        Assert.DoesNotContain("secret-in-a-property", warning, StringComparison.Ordinal);
        Assert.Empty(build.Warnings("SCORE0020"));
    }

    [Fact]
    public void AnalyzersSwitchedOffAreNotAPass()
    {
        using var repository = new ServiceRepository();
        var build = repository.Report("-p:RunAnalyzers=false");
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("RunAnalyzers=false", Assert.Single(build.Warnings("SCORE0012")), StringComparison.Ordinal);
        Assert.Empty(repository.Outcomes.Outcomes);
        Assert.Contains("Scorecard service:checkout: 6 of 6 rules pass", repository.Report().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CrashOfOurOwnDoesNotBreakTheBuild()
    {
        using var repository = new ServiceRepository();
        repository.Write("artifacts/scorecard", "a file where a folder is needed");
        var build = repository.Report();
        Assert.Equal(0, build.ExitCode);
        Assert.NotEmpty(build.Warnings("SCORE0016"));
    }
}
