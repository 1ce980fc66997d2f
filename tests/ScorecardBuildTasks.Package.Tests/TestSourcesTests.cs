using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>The road that brings tests to the service that they test.</summary>
public sealed class TestSourcesTests
{
    const string Tests = "tests/Checkout.Tests/OrderTests.cs";

    [Fact]
    public void ReportingBuildHandsOverTheTestsAndFollowsThem()
    {
        using var repository = new ServiceRepository();
        repository.Write("tests/Checkout.Tests/obj/Generated.cs", "class Generated;\n").Report();
        Assert.Equal([Tests], HandedOver(repository));
        repository.Write("tests/Checkout.Tests/Prices/PriceTests.cs", "class PriceTests;\n").Report();
        Assert.Equal([Tests, "tests/Checkout.Tests/Prices/PriceTests.cs"], HandedOver(repository));
    }

    [Fact]
    public void ServiceThatNoTestReachesIsBuiltAndReported()
    {
        using var repository = new ServiceRepository();
        Directory.Delete(Path.Combine(repository.Root, "tests"), recursive: true);
        repository.Report();
        Assert.Empty(HandedOver(repository));
        Assert.Equal(OutcomeState.Fail, Assert.Single(repository.Outcomes.Outcomes, outcome => outcome.Key == "SCORE3001").State);
    }

    [Fact]
    public void OrdinaryBuildDoesNotCompileTheServiceForAnEditedTest()
    {
        using var repository = new ServiceRepository();
        repository.Build();
        Assert.Empty(HandedOver(repository));
        repository.Write(Tests, repository.Read(Tests) + "// edited\n");
        Assert.Contains("Skipping target \"CoreCompile\"", repository.Build("-v:detailed").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TestThatAssertsNothingIsAFailOfTheServiceUntilItsSourceSaysWhy()
    {
        using var repository = new ServiceRepository();
        const string Empty = "[Xunit.Fact] public void Waits() => System.Threading.Thread.Yield();";
        var tests = $$"""
            public class OrderTests
            {
                [Xunit.Fact] public void Adds() => Xunit.Assert.Equal(2, 1 + 1);
                {{Empty}}
            }

            """;
        var build = repository.Write(Tests, tests).Report();
        Assert.Contains("OrderTests.cs(4,", Assert.Single(build.Warnings("SCORE3002")), StringComparison.Ordinal);
        var open = OutcomeOf(repository, "SCORE3002");
        Assert.Equal((OutcomeState.Fail, Tests, 4), (open.State, Assert.Single(open.Evidence).File, open.Evidence[0].Line));

        build = repository.Write(Tests, tests.Replace(Empty, $"#pragma warning disable SCORE3002 // waits for the clock's own check\n{Empty}", StringComparison.Ordinal)).Report();
        Assert.Empty(build.Warnings("SCORE3002"));
        var reasoned = OutcomeOf(repository, "SCORE3002");
        Assert.Equal((OutcomeState.Skip, "1 finding suppressed: waits for the clock's own check"), (reasoned.State, reasoned.Reason));

        repository.Write(Tests, tests.Replace(Empty, $"[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Testing\", \"SCORE3002\")] {Empty}", StringComparison.Ordinal)).Report();
        var unreasoned = OutcomeOf(repository, "SCORE3002");
        Assert.Equal((OutcomeState.Fail, "1 finding suppressed without a justification"), (unreasoned.State, unreasoned.Reason));
    }

    [Fact]
    public void OrdinaryBuildOfTheServiceSaysNothingAboutItsTests()
    {
        using var repository = new ServiceRepository();
        Assert.Empty(repository.Write(Tests, "public class OrderTests { [Xunit.Fact] public void Nothing() { } }\n").Build().Warnings("SCORE3002"));
    }

    [Fact]
    public void TestProjectWithThePackageWarnsInItsOwnBuild()
    {
        using var repository = new ServiceRepository();
        repository.Change("tests/Checkout.Tests/Checkout.Tests.csproj", "<PackageReference Include=\"xunit\"", $"<PackageReference Include=\"ScorecardBuildTasks\" Version=\"{Package.Current.Version}\" PrivateAssets=\"all\" /><PackageReference Include=\"xunit\"")
            .Write(Tests, "public class OrderTests { [Xunit.Fact] public void Nothing() { } }\n");
        var build = repository.DotNet("build", "tests/Checkout.Tests/Checkout.Tests.csproj", "-nologo", "-tl:off");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("Test 'OrderTests.Nothing' is empty (blocks level 2 of 'Testing')", Assert.Single(build.Warnings("SCORE3002")), StringComparison.Ordinal);
    }

    static Outcome OutcomeOf(ServiceRepository repository, string rule) => repository.Outcomes.Outcomes.Single(outcome => outcome.Key == rule);

    /// <summary>As the file says that tells the compiler of its additional files, relative to the repository.</summary>
    static IEnumerable<string> HandedOver(ServiceRepository repository)
    {
        var config = File.ReadAllLines(Path.Combine(repository.Intermediate, "Checkout.GeneratedMSBuildEditorConfig.editorconfig"));
        return from line in config.Select((text, number) => (Text: text, Number: number))
               where line.Text == "build_metadata.AdditionalFiles.ScorecardFact = test-source"
               let file = config.Take(line.Number).Last(text => text.StartsWith('[')).Trim('[', ']')
               where config.Contains("build_metadata.AdditionalFiles.ScorecardTestProject = tests/Checkout.Tests/Checkout.Tests.csproj")
               orderby file
               select Path.GetRelativePath(repository.Root, file).Replace('\\', '/');
    }
}
