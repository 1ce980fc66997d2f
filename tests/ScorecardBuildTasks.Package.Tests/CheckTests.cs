using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary><c>scorecard check</c> on repositories that know nothing of it.</summary>
public sealed class CheckTests
{
    const string Project = "src/Checkout/Checkout.csproj";

    [Fact]
    public void OutcomesAreThoseOfABuildWithThePackage()
    {
        using var repository = new ServiceRepository(package: false);
        repository.Write("Shop.slnx", $"""<Solution><Project Path="{Project}" /><Project Path="tests/Checkout.Tests/Checkout.Tests.csproj" /></Solution>""")
            .Write("scorecard.json", """{ "waivers": [{ "rule": "SCORE2001", "entity": "*", "reason": "planned", "text": "replaced soon", "until": "2999-12-31" }] }""");
        using var output = new TemporaryOutput();
        var check = Check(repository, ".", "--output", output.Folder);
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Contains("the waiver of SCORE2001 for *: no service of Shop.slnx needs it", Assert.Single(check.Warnings("SCORE0018")), StringComparison.Ordinal);
        Assert.Contains($"Scorecard service:checkout: {ServiceRepository.AllPass} (entity from src/Checkout/entity.datadog.yaml)", check.Lines);
        Assert.Contains("  pass           SCORE2001 ", check.Output, StringComparison.Ordinal);

        using var packaged = new ServiceRepository();
        packaged.Report();
        Assert.Equal(
            packaged.Outcomes.Outcomes.Select(outcome => (outcome.Key, outcome.State, outcome.Reason)),
            OutcomesDocument.Read(output["src/Checkout/Checkout/outcomes.json"]).Outcomes.Select(outcome => (outcome.Key, outcome.State, outcome.Reason)));
        Assert.True(File.Exists(output["summary.md"]));
    }

    [Theory]
    [InlineData("what ordinary builds left")]
    [InlineData("places in the project", """
        <OutputPath>out</OutputPath><IntermediateOutputPath>tmp/</IntermediateOutputPath><DocumentationFile>Checkout.xml</DocumentationFile><NoWarn>CS1591</NoWarn>
        <ErrorLog>scan.sarif,version=2.1</ErrorLog><EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><CompilerGeneratedFilesOutputPath>Generated</CompilerGeneratedFilesOutputPath>
        <GeneratePackageOnBuild>true</GeneratePackageOnBuild><IsPackable>true</IsPackable><PackageOutputPath>nupkgs</PackageOutputPath><PostBuildEvent>touch left-behind</PostBuildEvent>
        """)]
    [InlineData("lock files", "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>")]
    [InlineData("places in Directory.Build.props", "", "<BaseIntermediateOutputPath>$(MSBuildThisFileDirectory)o/$(MSBuildProjectName)/</BaseIntermediateOutputPath><BaseOutputPath>$(MSBuildThisFileDirectory)b/</BaseOutputPath>")]
    [InlineData("artifacts", "", "<UseArtifactsOutput>true</UseArtifactsOutput>")]
    [InlineData("places in Directory.Build.targets", "", "", """
        <DocumentationFile>$(MSBuildProjectDirectory)/docs.xml</DocumentationFile><NoWarn>$(NoWarn);CS1591</NoWarn><OutDir>$(MSBuildProjectDirectory)/out/</OutDir>
        <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><CompilerGeneratedFilesOutputPath>$(MSBuildProjectDirectory)/gen</CompilerGeneratedFilesOutputPath>
        """)]
    public void NothingIsCreatedOrChanged(string what, string properties = "", string common = "", string last = "")
    {
        using var repository = new ServiceRepository(package: false);
        repository.Change(Project, "<Nullable>", $"{properties}<Nullable>");
        repository.Write("Directory.Build.props", $"<Project><PropertyGroup>{common}</PropertyGroup></Project>");
        repository.Write("Directory.Build.targets", $"<Project><PropertyGroup>{last}</PropertyGroup></Project>");
        // Not C#: a check that took these for sources would not build.
        repository.Write("src/Checkout/obj/Debug/net8.0/Checkout.AssemblyInfo.cs", what).Write("src/Checkout/bin/Old.cs", what);
        // Out of date, so that a restore would write it anew.
        repository.Write("tests/Checkout.Tests/packages.lock.json", """{ "version": 1, "dependencies": { "net10.0": {} } }""");
        repository.Commit();
        var before = FilesOf(repository);

        var check = Check(repository, "tests/Checkout.Tests/Checkout.Tests.csproj");
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Contains($"Scorecard service:checkout: {ServiceRepository.AllPass}", check.Output, StringComparison.Ordinal);
        Assert.Equal(before, FilesOf(repository));
    }

    [Fact]
    public void BaselineHasTheRulesThatFail()
    {
        using var repository = new ServiceRepository(package: false);
        repository.Write("scorecard.json", """{ "waivers": [{ "rule": "SCORE2001", "entity": "chekcout", "reason": "planned", "text": "replaced soon", "until": "2999-12-31" }] }""");
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        var check = Check(repository, Project, "--write-baseline", "scorecard.baseline.json");
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Contains("scorecard.json(1,15): warning SCORE0018: the waiver of SCORE2001 for chekcout: no project of the repository is that entity", Assert.Single(check.Warnings("SCORE0018")), StringComparison.Ordinal);
        var baseline = Baseline.Read(Path.Combine(repository.Root, "scorecard.baseline.json"));
        Assert.Equal((OutcomeState.Fail, null), (baseline.StateOf("service:checkout", "SCORE2001"), baseline.StateOf("service:checkout", "SCORE1001")));
    }

    [Fact]
    public void ProjectThatHasThePackageIsNotCheckedTwice()
    {
        using var repository = new ServiceRepository();
        var check = Check(repository, Project);
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Single(check.Lines, line => line.StartsWith($"Scorecard service:checkout: {ServiceRepository.AllPass}", StringComparison.Ordinal));
        Assert.False(Directory.Exists(repository.Output));
    }

    [Fact]
    public void ServiceWithSeveralFrameworksGetsOneVerdict()
    {
        using var repository = new ServiceRepository("<TargetFrameworks>net9.0;net10.0</TargetFrameworks>", package: false);
        using var output = new TemporaryOutput();
        var check = Check(repository, "src/Checkout", "--output", output.Folder);
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Equal("net10.0;net9.0", OutcomesDocument.Read(output["src/Checkout/Checkout/outcomes.json"]).Framework);
    }

    [Fact]
    public void KeptBuildCompilesOnlyWhatHasChanged()
    {
        using var repository = new ServiceRepository(package: false);
        using var kept = new TemporaryOutput();
        var first = Check(repository, Project, "--keep", kept.Folder);
        var assembly = new FileInfo(Assert.Single(Directory.GetFiles(kept.Folder, "Checkout.dll", SearchOption.AllDirectories), file => file.Contains("/obj/Debug/net10.0/Checkout.dll", StringComparison.Ordinal)));
        var written = assembly.LastWriteTimeUtc;

        var second = Check(repository, Project, "--keep", kept.Folder);
        Assert.Contains($"Scorecard service:checkout: {ServiceRepository.AllPass}", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Lines, second.Lines);
        assembly.Refresh();
        Assert.Equal(written, assembly.LastWriteTimeUtc);

        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        Assert.Contains("fail           SCORE2001 ", Check(repository, Project, "--keep", kept.Folder).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void BuildThatFailsShowsItsErrorsAndWhatWasEvaluated()
    {
        using var repository = new ServiceRepository(package: false);
        repository.Write("tests/Checkout.Tests/Broken.cs", "class Broken { int Value => \"text\"; }\n");
        var check = Check(repository, "tests/Checkout.Tests");
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("Broken.cs(1,29): error CS0029", check.Output, StringComparison.Ordinal);
        Assert.Contains($"Scorecard service:checkout: {ServiceRepository.AllPass}", check.Output, StringComparison.Ordinal);
        Assert.Contains(check.Lines, line => line.StartsWith("scorecard: ", StringComparison.Ordinal) && line.Contains("does not build", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CatalogFileThatCannotBeReadIsShown()
    {
        using var repository = new ServiceRepository(package: false);
        repository.Write("src/Checkout/entity.datadog.yaml", "kind: service\nmetadata: [\n");
        var check = Check(repository, Project);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("entity.datadog.yaml(", Assert.Single(check.Warnings("SCORE0010")), StringComparison.Ordinal);
    }

    [Fact]
    public void PropertiesAndConfigurationReachTheBuild()
    {
        using var repository = new ServiceRepository(package: false);
        repository.Change(Project, "</Project>", """<Target Name="Say" BeforeTargets="Build"><Error Text="$(Configuration) $(First) $(Second)" /></Target></Project>""");
        Assert.Contains("Release one two", Check(repository, Project, "-c", "Release", "-p:First=one", "--property", "Second=two").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CustomBeforeDirectoryBuildProps", "mine.targets")]
    [InlineData("MSBuildUserExtensionsPath", "Current/Microsoft.Common.targets/ImportAfter/mine.targets", "")]
    [InlineData("MSBuildUserExtensionsPath", "Current/Imports/Microsoft.Common.props/ImportBefore/mine.targets", "")]
    public void ExtensionsOfTheUserStillCount(string variable, string file, string? value = null)
    {
        using var repository = new ServiceRepository(package: false);
        repository.Write($"extensions/{file}", """<Project><Target Name="Mine" BeforeTargets="Build"><Error Text="the user was here" /></Target></Project>""");
        repository.With(variable, Path.Combine(repository.Root, "extensions", value ?? file));
        Assert.Contains("the user was here", Check(repository, Project).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtensionOfTheRepositoryStillCounts()
    {
        using var repository = new ServiceRepository("<TargetFrameworks>net9.0;net10.0</TargetFrameworks>", package: false);
        repository.Write("Directory.Build.props", "<Project><PropertyGroup><CustomAfterMicrosoftCommonCrossTargetingTargets>$(MSBuildThisFileDirectory)outer.targets</CustomAfterMicrosoftCommonCrossTargetingTargets></PropertyGroup></Project>");
        repository.Write("outer.targets", """<Project><Target Name="Mine" BeforeTargets="Build"><Error Text="the repository was here" /></Target></Project>""");
        Assert.Contains("the repository was here", Check(repository, Project).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("neither a solution nor a project", "README.md")]
    [InlineData("no such file or folder", "nowhere")]
    [InlineData("has neither a solution nor a project", "src")]
    public void PathWithNothingToBuildIsOneLine(string said, string path)
    {
        using var repository = new ServiceRepository(package: false);
        var check = Check(repository, path);
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(said, Assert.Single(check.Lines, line => line.Length > 0), StringComparison.Ordinal);
    }

    static Command Check(ServiceRepository repository, params IEnumerable<string> arguments) =>
        repository.DotNet([Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), "check", .. arguments]);

    /// <summary>Every file but git's own, with its content.</summary>
    static SortedDictionary<string, string> FilesOf(ServiceRepository repository) => new(
        Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(repository.Root, file))
            .Where(file => !file.StartsWith(".git/", StringComparison.Ordinal))
            .ToDictionary(file => file, repository.Read),
        StringComparer.Ordinal);

    /// <summary>A folder for outcomes outside the repository.</summary>
    sealed class TemporaryOutput : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("scorecard output ").FullName;

        public string this[string path] => Path.Combine(Folder, path);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
