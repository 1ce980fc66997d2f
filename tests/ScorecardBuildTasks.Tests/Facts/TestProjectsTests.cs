using ScorecardBuildTasks.Tasks.Facts;

namespace ScorecardBuildTasks.Tests.Facts;

public sealed class TestProjectsTests : IDisposable
{
    const string Service = "src/Shop/Shop.csproj";
    const string TestPackages = """<PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />""";

    readonly TemporaryFolder folder = new TemporaryFolder().With(Service, "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TestProjectThatReferencesTheServiceIsFound()
    {
        folder.With("tests/A/A.csproj", Project("../../src/Shop/Shop.csproj")).With("tests/A/T.cs", "class T { [Fact] public void Passes() { } }");
        Assert.Equal([folder["tests/A/A.csproj"]], Find().WithTest);
    }

    [Fact]
    public void ServiceIsReachedThroughOtherProjects()
    {
        folder.With("tests/A/A.csproj", Project("..\\Fixture\\Fixture.csproj")).With("tests/A/T.cs", "[Test] void A() { }")
            .With("tests/Fixture/Fixture.csproj", """<Project><ItemGroup><ProjectReference Include="../../src/Shop/Shop.csproj" /></ItemGroup></Project>""");
        Assert.Equal([folder["tests/A/A.csproj"]], Find().WithTest);
    }

    [Theory]
    [InlineData("Microsoft.NET.Sdk", """<ProjectReference Include="../../src/Shop/Shop.csproj" />""", true)]
    [InlineData("Microsoft.NET.Sdk", """<ProjectReference Include="../../src/Shop/Shop.csproj" ReferenceOutputAssembly="false" />""", false)]
    [InlineData("Microsoft.NET.Sdk", """<ProjectReference Include="../../src/Shop/Shop.csproj"><ReferenceOutputAssembly>False</ReferenceOutputAssembly></ProjectReference>""", false)]
    [InlineData("Microsoft.NET.Sdk", """<ProjectReference Include="../Host/Host.csproj" />""", false)]
    [InlineData("Microsoft.NET.Sdk", """<ProjectReference Include="../Host/Host.csproj" /><ProjectReference Include="../../src/Shop/Shop.csproj" />""", true)]
    [InlineData("Aspire.AppHost.Sdk/13.0.0", """<ProjectReference Include="../../src/Shop/Shop.csproj" />""", false)]
    [InlineData("Aspire.AppHost.Sdk/13.0.0", """<ProjectReference Include="../../src/Shop/Shop.csproj" IsAspireProjectResource="false" />""", true)]
    [InlineData("Aspire.AppHost.Sdk/13.0.0", """<ProjectReference Include="../../src/Shop/Shop.csproj"><IsAspireProjectResource>false</IsAspireProjectResource></ProjectReference>""", true)]
    public void TestProjectHasTheServicesAssemblyOrNot(string sdk, string reference, bool has)
    {
        folder.With("tests/A/A.csproj", $"""<Project Sdk="{sdk}"><ItemGroup>{TestPackages}{reference}</ItemGroup></Project>""").With("tests/A/T.cs", "[Fact] void A() { }")
            .With("tests/Host/Host.csproj", """<Project><Sdk Name="Aspire.AppHost.Sdk" Version="13.0.0" /><ItemGroup><ProjectReference Include="../../src/Shop/Shop.csproj" /></ItemGroup></Project>""");
        var found = Find();
        Assert.Equal([folder["tests/A/A.csproj"]], found.WithTest);
        Assert.Equal(has ? [] : found.WithTest, found.WithoutAssembly);
    }

    [Fact]
    public void ReferenceFromDirectoryBuildTargetsCounts()
    {
        folder.With("tests/A/A.csproj", Project()).With("tests/A/T.cs", "[TestMethod]\npublic void A() { }")
            .With("tests/Directory.Build.targets", """<Project><ItemGroup><ProjectReference Include="$(MSBuildThisFileDirectory)../src/**/*.csproj" /></ItemGroup></Project>""");
        Assert.Equal([folder["tests/A/A.csproj"]], Find().WithTest);
    }

    [Fact]
    public void PackagesFromDirectoryBuildPropsMakeATestProject()
    {
        folder.With("tests/A/A.csproj", """<Project><ItemGroup><ProjectReference Include="../../src/Shop/Shop.csproj" /></ItemGroup></Project>""").With("tests/A/T.cs", "[Fact] void A() { }")
            .With("tests/Directory.Build.props", $"<Project><ItemGroup>{TestPackages}</ItemGroup></Project>");
        Assert.Single(Find().WithTest);
    }

    [Fact]
    public void OtherServicesTestsDoNotCount()
    {
        folder.With("src/Other/Other.csproj", "<Project />").With("tests/A/A.csproj", Project("../../src/Other/Other.csproj")).With("tests/A/T.cs", "[Fact] void A() { }");
        var found = Find();
        Assert.Empty(found.WithTest);
        Assert.Empty(found.WithoutTest);
        Assert.Null(found.Undecided);
    }

    [Fact]
    public void ProjectWithoutATestIsNamedAsSuch()
    {
        folder.With("tests/A/A.csproj", Project("../../src/Shop/Shop.csproj")).With("tests/A/T.cs", "// [Fact] was here\nclass T { string text = \"[Fact]\"; }");
        Assert.Equal([folder["tests/A/A.csproj"]], Find().WithoutTest);
    }

    [Theory]
    [InlineData("    [Fact]")]
    [InlineData("[Xunit.Theory, Trait(\"a\", \"b\")]")]
    [InlineData("[SkippableFact(DisplayName = \"x\")]")]
    [InlineData("[TestCase(1)]")]
    [InlineData("[Test] public async Task A()")]
    [InlineData("[DataTestMethod]")]
    [InlineData("[<Fact>]")]
    public void AttributesOfTheKnownFrameworksAreTests(string line)
    {
        folder.With("tests/A/A.csproj", Project("../../src/Shop/Shop.csproj")).With("tests/A/T.cs", line);
        Assert.Single(Find().WithTest);
    }

    [Fact]
    public void ReferenceThatNeedsAnEvaluationIsUndecided()
    {
        folder.With("tests/A/A.csproj", Project("$(ShopProject)")).With("tests/A/T.cs", "[Fact] void A() { }");
        Assert.Contains("tests/A/A.csproj", Find().Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportedFileIsRead()
    {
        folder.With("tests/A/A.csproj", """<Project><Import Project="../common.props" /></Project>""").With("tests/A/T.cs", "[Fact] void A() { }")
            .With("tests/common.props", $"""<Project><ItemGroup>{TestPackages}<ProjectReference Include="$(MSBuildThisFileDirectory)../src/Shop/Shop.csproj" /></ItemGroup></Project>""");
        Assert.Equal([folder["tests/A/A.csproj"]], Find().WithTest);
    }

    [Fact]
    public void ImportThatNeedsAnEvaluationIsUndecided()
    {
        folder.With("tests/A.Tests/A.Tests.csproj", """<Project><Import Project="$(Engineering)tests.props" /></Project>""").With("tests/A.Tests/T.cs", "[Fact] void A() { }");
        Assert.Contains("tests/A.Tests/A.Tests.csproj", Find().Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void InputsAreWhatDecided()
    {
        folder.With("Shop.slnx", "<Solution />").With("tests/A/A.csproj", Project("../../src/Shop/Shop.csproj")).With("tests/A/A.cs", "[Fact] void A() { }").With("tests/A/B.cs", "[Fact] void B() { }");
        var inputs = Find().Inputs;
        Assert.Contains(folder["Shop.slnx"], inputs);
        Assert.Contains(folder["tests/A/A.cs"], inputs);
        Assert.DoesNotContain(folder["tests/A/B.cs"], inputs);
    }

    [Fact]
    public void OutputFoldersAreNotEntered()
    {
        folder.With("artifacts/x/A.csproj", Project("../../src/Shop/Shop.csproj")).With("artifacts/x/T.cs", "[Fact]").With(".hidden/B.csproj", Project("../src/Shop/Shop.csproj")).With(".hidden/T.cs", "[Fact]");
        Assert.Empty(Find().WithTest);
    }

    [Fact]
    public void SourcesAreWhatLiesBelowTheProjectAndWhatItLinks()
    {
        folder.With("tests/A/A.csproj", Project("../../src/Shop/Shop.csproj").Replace("<ItemGroup>", "<ItemGroup><Compile Include=\"../Linked/Link.cs\" /><Compile Remove=\"Templates/**\" />", StringComparison.Ordinal))
            .With("tests/A/T.cs", "[Fact] void A() { }").With("tests/A/Nested/N.csproj", "<Project />");
        var sources = Assert.Single(Find().Sources);
        Assert.Equal(folder["tests/A/A.csproj"], sources.Project);
        Assert.Equal([folder["tests/A/**/*.cs"], folder["tests/Linked/Link.cs"]], sources.Include);
        Assert.Equal([folder["tests/A/bin/**"], folder["tests/A/obj/**"], folder["tests/A/Nested/**"], folder["tests/A/Templates/**"]], sources.Exclude);
    }

    [Fact]
    public void SourcesOfWhatTestsShareCountAndTheServicesOwnReferencesDoNot()
    {
        folder.With(Service, """<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><ProjectReference Include="../TestClock/TestClock.csproj" /></ItemGroup></Project>""").With("src/TestClock/TestClock.csproj", "<Project />")
            .With("tests/A/A.csproj", Project("../../src/Shop/Shop.csproj", "../Fixtures/Fixtures.csproj", "../../src/Other/Other.csproj")).With("tests/A/T.cs", "[Fact] void A() { }")
            .With("tests/Fixtures/Fixtures.csproj", "<Project />").With("src/Other/Other.csproj", "<Project />");
        Assert.Equal([folder["tests/A/A.csproj"], folder["tests/Fixtures/Fixtures.csproj"]], Find().Sources.Select(sources => sources.Project));
    }

    [Fact]
    public void ProjectOfAnotherLanguageHasNoSources()
    {
        folder.With("tests/A/A.fsproj", Project("../../src/Shop/Shop.csproj")).With("tests/A/T.fs", "[<Fact>]");
        Assert.Single(Find().WithTest);
        Assert.Empty(Find().Sources);
    }

    TestProjects Find() => TestProjects.Of(folder[Service], new RepositoryProjects(folder.Root + Path.DirectorySeparatorChar));

    static string Project(params string[] references) =>
        $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{TestPackages}{string.Concat(references.Select(reference => $"<ProjectReference Include=\"{reference}\" />"))}</ItemGroup></Project>""";
}
