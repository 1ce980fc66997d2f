using ScorecardBuildTasks.Evaluation;

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
        var published = repository.Publish(FreePort.Address());
        Assert.Contains("not published: src/Checkout/entity.datadog.yaml cannot be read", published.Output, StringComparison.Ordinal);
        Assert.Empty(published.Warnings("SCORE0020"));
    }

    [Fact]
    public void InvalidConfigurationIsNamedWithItsLine()
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", "{\n  \"rules\": {\n    \"SCORE2001\": { \"levle\": 2 }\n  }\n}\n");
        var build = repository.Report();
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("scorecard.json(3,", Assert.Single(build.Warnings("SCORE0011")), StringComparison.Ordinal);
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2001"));
        Assert.Single(repository.Report().Warnings("SCORE0011"));
    }

    /// <summary>Each build says it until it is corrected; the one after says nothing.</summary>
    [Fact]
    public void InvalidConfigurationIsNamedInALocalBuildToo()
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", "{\n  \"levle\": 2\n}\n");
        var build = repository.Build("-warnaserror");
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("scorecard.json(2,", Assert.Single(build.Warnings("SCORE0011")), StringComparison.Ordinal);
        Assert.Single(repository.Build("--no-restore").Warnings("SCORE0011"));
        repository.Write("scorecard.json", "{}");
        Assert.Empty(repository.Build("--no-restore").Warnings("SCORE0011"));
    }

    [Theory]
    [InlineData("ScorecardMode=obsreve", "is neither warn nor observe")]
    [InlineData("ScorecardReport=always", "is none of auto, true and false")]
    [InlineData("ScorecardPublish=always", "is none of auto, true and false")]
    [InlineData("ScorecardEnabled=maybe", "is neither true nor false")]
    [InlineData("ScorecardProjectKind=servce", "is none of service, library, test and none")]
    public void ValueThatAPropertyDoesNotKnowIsNamed(string property, string said)
    {
        using var repository = new ServiceRepository();
        var build = repository.Build($"-p:{property}", "-warnaserror");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains($"{property.Replace("=", " '", StringComparison.Ordinal)}' {said}", Assert.Single(build.Warnings("SCORE0030")), StringComparison.Ordinal);
    }

    [Fact]
    public void WarningComesOncePerBuildOfAProjectWithSeveralFrameworks()
    {
        using var repository = new ServiceRepository("<TargetFrameworks>net9.0;net10.0</TargetFrameworks>");
        var build = repository.Write("scorecard.json", "{ \"levle\": 2 }").Report();
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Lines.TakeWhile(line => line != "Build succeeded."), line => line.Contains("warning SCORE0011:", StringComparison.Ordinal));
    }

    [Fact]
    public void LayersAreTheProjectsOverTheRepositorysOverAPackages()
    {
        using var repository = new ServiceRepository();
        repository.Write("preset/scorecard.json", """{ "rules": { "SCORE2001": { "level": 2 }, "SCORE4001": { "level": 2 } }, "locked": ["rules.SCORE2001"], "maxWaiverDays": 90 }""").Write("preset/Acme.Preset.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><IncludeBuildOutput>false</IncludeBuildOutput><NoWarn>NU5128</NoWarn></PropertyGroup>
              <ItemGroup><None Include="scorecard.json" Pack="true" PackagePath="/" /></ItemGroup>
            </Project>
            """);
        var pack = repository.DotNet("pack", "preset", "-o", "feed", "-nologo", "-v:quiet");
        Assert.True(pack.ExitCode == 0, pack.Output);
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<PackageReference Include=\"Acme.Preset\" Version=\"1.0.0\" /><PackageReference Include=\"OpenTelemetry\"");
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced).Write("src/Checkout/scorecard.json", """{ "rules": { "SCORE1001": { "level": 2 } } }""").Write("scorecard.json", """
            { "extends": "Acme.Preset", "rules": { "SCORE2001": { "enabled": false } }, "maxWaiverDays": 9999,
              "waivers": [{ "rule": "SCORE2001", "entity": "checkout", "reason": "planned", "text": "replaced soon", "until": "2999-12-31" }] }
            """);
        var build = repository.Report($"-p:RestoreAdditionalProjectSources={Package.Current.Feed}%3B{Path.Combine(repository.Root, "feed")}");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("scorecard.json(1,40)", Assert.Single(build.Warnings("SCORE0019")), StringComparison.Ordinal);
        Assert.All(["SCORE2001", "SCORE4001", "SCORE1001"], key => Assert.Equal(2, repository.Outcomes.Outcomes.Single(outcome => outcome.Key == key).Level));
        Assert.Contains("scorecard.json(2,15): warning SCORE0017: the waiver of SCORE2001 for checkout: it ends on 2999-12-31, and 90 days are allowed", Assert.Single(build.Warnings("SCORE0017")), StringComparison.Ordinal);
        var waived = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE2001");
        Assert.Equal((OutcomeState.Fail, "1 finding; the waiver until 2999-12-31 does not count, 90 days are allowed"), (waived.State, waived.Reason));
    }

    /// <summary>Neither the facts nor what csc reads change: the evaluation has nothing but the file to go by.</summary>
    [Fact]
    public void EditBesideAnOverriddenMemberIsEvaluated()
    {
        using var repository = new ServiceRepository();
        repository.Write("preset.json", """{ "rules": { "SCORE2001": { "level": 1 } }, "locked": ["rules.SCORE2001"] }""").Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        repository.Write("scorecard.json", """{ "extends": "./preset.json", "rules": { "SCORE2001": { "level": 2 } } }""");
        var first = repository.Report();
        Assert.Single(first.Warnings("SCORE0019"));
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2001"));
        repository.Write("scorecard.json", """
            {
              "extends": "./preset.json", "rules": { "SCORE2001": { "level": 2 }, "SCORE4001": { "level": 3 } },
              "waivers": [{ "rule": "SCORE2001", "entity": "service:checkout", "reason": "planned", "text": "replaced soon", "ticket": "SHOP-12", "until": "2999-12-31" }]
            }
            """);
        var second = repository.Report("--no-restore");
        Assert.Single(second.Warnings("SCORE0019"));
        Assert.Equal(OutcomeState.Skip, repository.StateOf("SCORE2001"));
        Assert.Equal(3, repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE4001").Level);
    }

    [Theory]
    [InlineData("""{ "rules": { "SCORE2005": null } }""", "'rules.SCORE2005' is null")]
    [InlineData("""{ "waivers": [null] }""", "a waiver is null")]
    public void ConfigurationOfAWrongShapeIsNamed(string text, string mistake)
    {
        using var repository = new ServiceRepository();
        var build = repository.Write("scorecard.json", text).Report();
        Assert.Equal(0, build.ExitCode);
        Assert.Contains(mistake, Assert.Single(build.Warnings("SCORE0011")), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadmeThatIsNoTextDoesNotBreakTheBuild()
    {
        using var repository = new ServiceRepository();
        File.WriteAllBytes(Path.Combine(repository.Root, "README.md"), [0xff, 0, 0x61, 0, 0, 0, 0x62]);
        Assert.Equal(0, repository.Report().ExitCode);
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE1007"));
    }

    [Fact]
    public void TimeoutThatIsNoneIsNamed()
    {
        using var repository = new ServiceRepository();
        var build = repository.Publish(FreePort.Address(), "-p:ScorecardTimeout=soon");
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("ScorecardTimeout 'soon'", Assert.Single(build.Warnings("SCORE0020")), StringComparison.Ordinal);
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
        Assert.Contains($"The outcomes lie in {repository.Output}; ", warning, StringComparison.Ordinal);
        Assert.Contains($"""'scorecard push "{repository.Output}"'""", warning, StringComparison.Ordinal);
        Assert.True(File.Exists(repository.OutcomesFile));
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2001"));
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
        repository.Report();
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2001"));
        Assert.Single(repository.Report("-p:RunAnalyzers=false").Warnings("SCORE0012"));
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
