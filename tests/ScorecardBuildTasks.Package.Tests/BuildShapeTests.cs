using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>However a repository is laid out and built, the service comes to the same outcomes, its library's findings among them.</summary>
public sealed class BuildShapeTests
{
    const string Service = "src/Checkout/Checkout.csproj";

    [Theory]
    [InlineData("Shop.sln", "-m")]
    [InlineData("Shop.slnx", "-m")]
    [InlineData("Shop.slnx", "-graph", "-m")]
    [InlineData(Service, "-graph")]
    public void ProjectAndSolutionComeToTheSame(string path, params string[] arguments)
    {
        using var repository = Repository();
        AssertOutcomes(repository, Build(repository, path, arguments));
    }

    /// <summary>The outer build of a service reports, whoever comes first; a library has one log for each framework.</summary>
    [Fact]
    public void ProjectsWithSeveralFrameworksComeToTheSameInASolutionAndAGraph()
    {
        using var repository = Repository();
        foreach (var project in (string[])[Service, "src/Orders/Orders.csproj"])
            repository.Change(project, "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net9.0;net10.0</TargetFrameworks>");
        AssertOutcomes(repository, Build(repository, "Shop.sln", "-graph", "-m"));
        Assert.Equal("net10.0;net9.0", repository.Outcomes.Framework);

        Directory.Delete(repository.Output, recursive: true);
        AssertOutcomes(repository, Build(repository, "Shop.sln", "-m", "--no-restore"));
        Assert.Equal("net10.0;net9.0", repository.Outcomes.Framework);
    }

    /// <summary>What the libraries came to lies in their own error logs.</summary>
    [Fact]
    public void LibrariesMayHaveBeenBuiltBefore()
    {
        using var repository = Repository();
        Assert.Equal(0, Build(repository, "src/Orders/Orders.csproj").ExitCode);
        repository.DotNet("restore", Service);
        AssertOutcomes(repository, Build(repository, Service, "--no-restore", "--no-dependencies"));
    }

    /// <summary>Where the solution names what is not checked out, a test of the service may be among it.</summary>
    [Fact]
    public void SparseCheckoutFailsNoRuleOnWhatIsAbsent()
    {
        using var repository = Repository();
        Directory.Delete(Path.Combine(repository.Root, "tests"), recursive: true);
        var build = Build(repository, Service);
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.DoesNotContain("warning SCORE00", build.Output, StringComparison.Ordinal);
        var tested = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE3001");
        Assert.Equal(OutcomeState.NotEvaluated, tested.State);
        Assert.Contains("tests/Checkout.Tests/Checkout.Tests.csproj is named by the solution and not present", tested.Reason, StringComparison.Ordinal);
        Assert.All(["SCORE1001", "SCORE1007", "SCORE2001"], key => Assert.Equal(OutcomeState.Pass, repository.StateOf(key)));
        Assert.Equal(OutcomeState.Fail, repository.StateOf("arguments"));
    }

    [Fact]
    public void RestoreMayHaveRunBefore()
    {
        using var repository = Repository();
        repository.DotNet("restore", Service);
        AssertOutcomes(repository, Build(repository, Service, "--no-restore"));
    }

    [Fact]
    public void ArtifactsMayHaveAFolderOfTheirOwn()
    {
        using var repository = Repository().Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
        AssertOutcomes(repository, Build(repository, "Shop.slnx"));
        Assert.True(File.Exists(Path.Combine(repository.Root, "artifacts", "obj", "Checkout", "debug", "scorecard.sarif")));
    }

    [Fact]
    public void PathMayHaveSpacesAndLettersBeyondAscii()
    {
        using var repository = Repository("scorecard tëst 日本 ");
        AssertOutcomes(repository, Build(repository, "Shop.slnx"));
    }

    [Fact]
    public void RepositoryNeedsNoGit()
    {
        using var repository = Repository();
        Directory.Delete(Path.Combine(repository.Root, ".git"), recursive: true);
        AssertOutcomes(repository, Build(repository, "Shop.slnx"), hasGit: false);
    }

    [Fact]
    public void LinkedFileIsOnePlace()
    {
        using var repository = Repository();
        repository.Write("shared/Guard.cs", "static class Guard { public static void Check(object order) { if (order is null) throw new System.ArgumentNullException(nameof(order)); } }\n");
        repository.Write("Directory.Build.targets", """<Project><ItemGroup><Compile Include="$(MSBuildThisFileDirectory)shared/Guard.cs" Condition="'$(MSBuildProjectName)' != 'Checkout.Tests'" /></ItemGroup></Project>""");
        repository.Write("src/Orders/Orders.cs", "public static class Orders;\n");
        AssertOutcomes(repository, Build(repository, Service), place: "shared/Guard.cs");
    }

    [Fact]
    public void PackageMayComeFromCentralManagement()
    {
        using var repository = Repository();
        var version = $"Version=\"{Package.Current.Version}\" PrivateAssets=\"all\"";
        foreach (var project in (string[])[Service, "src/Orders/Orders.csproj"])
            repository.Change(project, $"<PackageReference Include=\"ScorecardBuildTasks\" {version} />", "");
        repository.Change(Service, " Version=\"1.20.1\"", "").Change("tests/Checkout.Tests/Checkout.Tests.csproj", " Version=\"2.9.3\"", "");
        repository.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup>
                <GlobalPackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" />
                <PackageVersion Include="OpenTelemetry" Version="1.20.1" />
                <PackageVersion Include="xunit" Version="2.9.3" />
              </ItemGroup>
            </Project>
            """);
        AssertOutcomes(repository, Build(repository, "Shop.slnx"));
    }

    /// <param name="solution">The folder may have one of its own, which says no more of the repository than the project.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ContainerContextThatHoldsOnlyTheServicesFolderFailsNoRuleOnTheRepository(bool solution)
    {
        using var repository = new ServiceRepository();
        foreach (var elsewhere in (string[])[".git", "tests"])
            Directory.Delete(Path.Combine(repository.Root, elsewhere), recursive: true);
        File.Delete(Path.Combine(repository.Root, "README.md"));
        const string own = "src/Checkout/Checkout.slnx";
        if (solution)
            repository.Write(own, """<Solution><Project Path="Checkout.csproj" /></Solution>""");
        var build = Build(repository, solution ? own : Service);
        Assert.True(build.ExitCode == 0, build.Output);
        var document = OutcomesDocument.Read(Assert.Single(Directory.EnumerateFiles(repository.Root, "outcomes.json", SearchOption.AllDirectories)));
        Assert.All(["SCORE1007", "SCORE3001"], key => Assert.Equal(OutcomeState.NotEvaluated, document.Outcomes.Single(outcome => outcome.Key == key).State));
        Assert.Equal(OutcomeState.Pass, document.Outcomes.Single(outcome => outcome.Key == "SCORE2001").State);
    }

    /// <summary>Only the service's own folder is known there, and a library beside it is somebody's all the same.</summary>
    [Theory]
    [InlineData("", OutcomeState.Fail, "1 finding suppressed without a justification")]
    [InlineData(" // the partner's message", OutcomeState.Skip, "../Orders/Orders.csproj: 1 finding suppressed: the partner's message")]
    public void SuppressionInALibraryNeedsItsReasonWhereNoRepositoryIsKnown(string comment, OutcomeState state, string reason)
    {
        using var repository = Repository();
        Directory.Delete(Path.Combine(repository.Root, ".git"), recursive: true);
        foreach (var solution in (string[])["Shop.sln", "Shop.slnx"])
            File.Delete(Path.Combine(repository.Root, solution));
        // Each folder is its own root, and has no configuration above it.
        foreach (var folder in (string[])["src/Checkout", "src/Orders"])
            repository.Write($"{folder}/scorecard.json", repository.Read("scorecard.json"));
        repository.Write("src/Orders/Orders.cs", $"#pragma warning disable CA1510{comment}\n{repository.Read("src/Orders/Orders.cs")}");
        var build = Build(repository, Service);
        Assert.True(build.ExitCode == 0, build.Output);
        var document = OutcomesDocument.Read(Assert.Single(Directory.EnumerateFiles(repository.Root, "outcomes.json", SearchOption.AllDirectories)));
        var outcome = document.Outcomes.Single(outcome => outcome.Key == "arguments");
        Assert.Equal((state, reason, 1), (outcome.State, outcome.Reason, outcome.Suppressed));
    }

    /// <summary>
    /// What Visual Studio's .dockerignore lets through of .git is no clone, and the README and the Dockerfile that it leaves out are no absent ones; nor are they where the whole of .git is left out. That
    /// the whole repository is there says nothing of the Dockerfile, which every image has.
    /// </summary>
    [Fact]
    public void ContainerContextThatADockerIgnoreThinsFailsNoRuleOnWhatItLeavesOut()
    {
        using var repository = Repository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        Directory.Delete(Path.Combine(repository.Root, ".git", "objects"), recursive: true);
        File.Delete(Path.Combine(repository.Root, "README.md"));
        AssertReadmeAndTracing("only a part of .git is here", "only a part of .git is here", Service);

        Directory.Delete(Path.Combine(repository.Root, ".git"), recursive: true);
        repository.With("DOTNET_RUNNING_IN_CONTAINER", "true");
        AssertReadmeAndTracing("the solution's folder in a container may lack", "a container's context without a Dockerfile beside the project", "Shop.slnx");
        AssertReadmeAndTracing(null, "a container's context without a Dockerfile beside the project", "Shop.slnx", $"-p:ScorecardRepositoryRoot={repository.Root}");
        repository.With("DOTNET_RUNNING_IN_CONTAINER", "false");
        AssertReadmeAndTracing(null, null, "Shop.slnx");

        void AssertReadmeAndTracing(string? noReadme, string? noDockerfile, params string[] arguments)
        {
            var build = Build(repository, arguments[0], arguments[1..]);
            Assert.True(build.ExitCode == 0, build.Output);
            AssertHidden("SCORE1007", noReadme);
            AssertHidden("SCORE2001", noDockerfile);
            Assert.All(["SCORE1001", "SCORE2002", "SCORE3001"], key => Assert.Equal(OutcomeState.Pass, repository.StateOf(key)));
        }

        void AssertHidden(string key, string? reason)
        {
            var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == key);
            Assert.Equal(reason is null ? OutcomeState.Fail : OutcomeState.NotEvaluated, outcome.State);
            Assert.StartsWith(reason ?? "1 finding", outcome.Reason, StringComparison.Ordinal);
        }
    }

    static Command Build(ServiceRepository repository, string path, params IEnumerable<string> arguments) => repository.DotNet(["build", path, "-nologo", "-tl:off", "-p:ScorecardReport=true", .. arguments]);

    static void AssertOutcomes(ServiceRepository repository, Command build, bool hasGit = true, string place = "src/Orders/Orders.cs")
    {
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Lines, line => line.Contains("Scorecard service:checkout: ", StringComparison.Ordinal));
        Assert.DoesNotContain("warning SCORE00", build.Output, StringComparison.Ordinal);
        Assert.All(["SCORE1001", "SCORE1007", "SCORE2001", "SCORE2005", "SCORE3001", "SCORE4001"], key => Assert.Equal(OutcomeState.Pass, repository.StateOf(key)));
        var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "arguments");
        Assert.Equal((OutcomeState.Fail, "1 finding"), (outcome.State, outcome.Reason));
        Assert.Equal(place, Assert.Single(outcome.Evidence).File);
        Assert.Equal(("service:checkout", false), (repository.Outcomes.Entity.Reference, repository.Outcomes.Entity.Guessed));
        Assert.Equal(hasGit ? repository.Git("rev-parse", "HEAD") : null, repository.Outcomes.Revision.Sha);
        Assert.DoesNotContain(repository.Root, File.ReadAllText(repository.OutcomesFile), StringComparison.Ordinal);
    }

    /// <summary>A service, a library with a finding, tests, and a solution in both formats.</summary>
    static ServiceRepository Repository(string folder = "scorecard test ")
    {
        var repository = new ServiceRepository(folder: folder);
        repository.Write("scorecard.json", """{ "rules": { "arguments": { "name": "Arguments are checked the short way", "diagnostics": ["CA1510"] } } }""");
        repository.Write("src/Orders/Orders.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """).Write("src/Orders/Orders.cs", "public static class Orders { public static void Add(object order) { if (order is null) throw new System.ArgumentNullException(nameof(order)); } }\n");
        repository.Change(Service, "<PackageReference Include=\"OpenTelemetry\"", "<ProjectReference Include=\"../Orders/Orders.csproj\" /><PackageReference Include=\"OpenTelemetry\"");
        string[] projects = [Service, "src/Orders/Orders.csproj", "tests/Checkout.Tests/Checkout.Tests.csproj"];
        repository.Write("Shop.slnx", $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
        repository.Write("Shop.sln", $"Microsoft Visual Studio Solution File, Format Version 12.00\n{string.Concat(projects.Select(Entry))}Global\nGlobalSection(SolutionConfigurationPlatforms) = preSolution\nDebug|Any CPU = Debug|Any CPU\nEndGlobalSection\nGlobalSection(ProjectConfigurationPlatforms) = postSolution\n{string.Concat(projects.Select(Configured))}EndGlobalSection\nEndGlobal\n");
        return repository.Commit();

        static string Id(int index) => $"{{0000000{index}-0000-0000-0000-000000000000}}";
        static string Entry(string project, int index) => $"Project(\"{{9A19103F-16F7-4668-BE54-9A1E7A4F7556}}\") = \"{Path.GetFileNameWithoutExtension(project)}\", \"{project}\", \"{Id(index)}\"\nEndProject\n";
        static string Configured(string project, int index) => $"{Id(index)}.Debug|Any CPU.ActiveCfg = Debug|Any CPU\n{Id(index)}.Debug|Any CPU.Build.0 = Debug|Any CPU\n";
    }
}
