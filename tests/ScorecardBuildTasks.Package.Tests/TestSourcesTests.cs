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
    public void OrdinaryBuildDoesNotCompileTheServiceForAnEditedTest()
    {
        using var repository = new ServiceRepository();
        repository.Build();
        Assert.Empty(HandedOver(repository));
        repository.Write(Tests, repository.Read(Tests) + "// edited\n");
        Assert.Contains("Skipping target \"CoreCompile\"", repository.Build("-v:detailed").Output, StringComparison.Ordinal);
    }

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
