using System.Text.RegularExpressions;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>What a user's build prints and does with the package installed.</summary>
public sealed class BuildTests
{
    /// <summary>The SDK compiles again at every commit, for the revision in the assembly's version; not with this.</summary>
    const string WithoutRevision = "-p:IncludeSourceRevisionInInformationalVersion=false";

    static readonly string[] Tasks = ["CollectScorecardFacts", "EvaluateScorecard", "ReportScorecard", "PublishScorecard"];

    [Fact]
    public void LocalBuildPrintsCompilerWarningsOnly()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        var build = repository.Build();
        Assert.Equal(0, build.ExitCode);
        Assert.Single(build.Warnings("SCORE2001"));
        Assert.DoesNotContain(build.Lines, line => line.Contains("Scorecard ", StringComparison.Ordinal));
        Assert.False(Directory.Exists(repository.Output));
        Assert.False(File.Exists(Path.Combine(repository.Intermediate, "scorecard.sarif")));
    }

    [Fact]
    public void SecretInAppSettingsWarnsAtItsLine()
    {
        using var repository = new ServiceRepository();
        const string Settings = """
            {
              "Store": "Server=db.acme.io;User Id=checkout;Password=moonlight9"
            }
            """;
        repository.Write("src/Checkout/appsettings.json", "{}");
        repository.Write("src/Checkout/appsettings.Local.json", Settings);
        Assert.Empty(repository.Build().Warnings("SCORE4006"));

        repository.Write("src/Checkout/appsettings.json", Settings);
        var warning = Assert.Single(repository.Build().Warnings("SCORE4006"));
        Assert.Contains("appsettings.json(2,12)", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("moonlight9", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Content Include="sign.jwk" CopyToOutputDirectory="PreserveNewest" />""", true)]
    [InlineData("""<None Update="sign.jwk" CopyToOutputDirectory="Always" />""", true)]
    [InlineData("""<EmbeddedResource Include="sign.jwk" />""", true)]
    [InlineData("", false)]
    public void PrivateKeyThatTheProjectShipsWarns(string item, bool warns)
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/sign.jwk", $$"""{ "kty": "EC", "d": "{{string.Concat(Enumerable.Range(0, 12).Select(i => $"k{i}Z"))}}" }""");
        repository.Change("src/Checkout/Checkout.csproj", "</Project>", $"<ItemGroup>{item}</ItemGroup></Project>");
        Assert.Equal(warns, repository.Build().Warnings("SCORE4006").Any(warning => warning.Contains("sign.jwk(1,3)", StringComparison.Ordinal)));
    }

    [Fact]
    public void ReportingBuildPrintsOneBlockAndWritesTheSummary()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.WellWired.Replace("""new("Checkout")""", """new("Payments")""", StringComparison.Ordinal));
        var build = repository.Report();
        Assert.Equal(0, build.ExitCode);
        var block = build.Lines.SkipWhile(line => !line.Contains("Scorecard ", StringComparison.Ordinal)).Take(2).Select(line => line.Trim()).ToArray();
        Assert.Equal("Scorecard service:checkout: 26 of 27 rules pass, level 1, 7 skipped (entity from src/Checkout/entity.datadog.yaml)", block[0]);
        Assert.StartsWith("fail SCORE2005 ", block[1], StringComparison.Ordinal);
        Assert.Contains("(src/Checkout/Program.cs:19)", block[1], StringComparison.Ordinal);
        Assert.Equal(
            ["Scorecard service:checkout: ", "Scorecard outcomes of Checkout.csproj not published: this is no CI build"],
            build.Lines.Where(line => line.Contains("Scorecard ", StringComparison.Ordinal)).Zip([28, 72], (line, length) => line.Trim()[..length]));
        Assert.Contains("service:checkout", File.ReadAllText(Path.Combine(repository.Output, "summary.md")), StringComparison.Ordinal);
        Assert.Equal(repository.Git("rev-parse", "HEAD"), repository.Outcomes.Revision.Sha);
        Assert.Equal("net10.0", repository.Outcomes.Framework);
    }

    [Fact]
    public void BuildInCiReports()
    {
        using var repository = new ServiceRepository();
        Assert.Contains($"Scorecard service:checkout: {ServiceRepository.AllPass}", repository.With("CI", "true").Build().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnchangedBuildRunsNoneOfOurTasks()
    {
        using var repository = new ServiceRepository();
        var first = repository.Report("-v:detailed");
        Assert.All(Tasks[..3], task => Assert.Contains($"Task \"{task}\"", first.Output, StringComparison.Ordinal));
        var second = repository.Report("-v:detailed");
        Assert.Equal(0, second.ExitCode);
        Assert.All(Tasks, task => Assert.DoesNotContain($"Task \"{task}\"", second.Output, StringComparison.Ordinal));
        Assert.Equal(["Message"], TasksInOurTargets(second).Distinct());
        Assert.Contains($"Scorecard service:checkout: {ServiceRepository.AllPass}", second.Output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\"", second.Output, StringComparison.Ordinal);
    }

    /// <summary>Whoever's they are: MSBuild's own write files as well.</summary>
    static IEnumerable<string> TasksInOurTargets(Command build)
    {
        var target = "";
        foreach (var line in build.Lines)
        {
            // Behind the number of the node: 1:7>Target "CoreCompile" in file …
            if (Regex.Match(line, @"^[\s\d:>]*(?<what>Target|Task|Done building target) ""(?<name>[^""]+)""(?! skipped)", RegexOptions.CultureInvariant) is not { Success: true } match)
                continue;
            if (match.Groups["what"].Value != "Task")
                target = match.Groups["what"].Value == "Target" ? match.Groups["name"].Value : "";
            else if (target.StartsWith("_Scorecard", StringComparison.Ordinal))
                yield return match.Groups["name"].Value;
        }
    }

    [Fact]
    public void ChangedSourceIsEvaluatedAgain()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        repository.Report();
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2001"));
    }

    [Fact]
    public void NewCommitIsEvaluatedWithoutCompiling()
    {
        using var repository = new ServiceRepository();
        repository.Report(WithoutRevision);
        repository.Write("notes.txt", "nothing of the service's").Commit();
        var second = repository.Report("-v:detailed", WithoutRevision);
        Assert.Contains("Skipping target \"CoreCompile\"", second.Output, StringComparison.Ordinal);
        Assert.Equal(repository.Git("rev-parse", "HEAD"), repository.Outcomes.Revision.Sha);
    }

    [Fact]
    public void DesignTimeBuildDoesNoWork()
    {
        using var repository = new ServiceRepository();
        repository.DotNet("restore", "src/Checkout/Checkout.csproj");
        var build = repository.DotNet(
            "msbuild", "src/Checkout/Checkout.csproj", "-nologo", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:ScorecardReport=true", "-v:detailed", "-getItem:CscCommandLineArgs");
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("ScorecardBuildTasks.Rules.dll", build.Output, StringComparison.Ordinal);
        Assert.Contains("entity.datadog.yaml", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("errorlog", build.Output, StringComparison.Ordinal);
        Assert.All(Tasks, task => Assert.DoesNotContain($"Task \"{task}\"", build.Output, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(repository.Intermediate, "scorecard.facts")));
    }

    [Fact]
    public void DisabledPackageLeavesTheCompilersArgumentsIdentical()
    {
        using var repository = new ServiceRepository();
        var disabled = Arguments("-p:ScorecardEnabled=false");
        Assert.Contains("ScorecardBuildTasks.Rules.dll", Arguments(), StringComparison.Ordinal);
        repository.Change("src/Checkout/Checkout.csproj", $"""<PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" />""", "");
        Assert.Equal(Arguments(), disabled);

        string Arguments(params string[] arguments)
        {
            var restore = repository.DotNet(["restore", "src/Checkout/Checkout.csproj", .. arguments]);
            Assert.True(restore.ExitCode == 0, restore.Output);
            var build = repository.DotNet(["msbuild", "src/Checkout/Checkout.csproj", "-nologo", "-t:Rebuild", "-p:ProvideCommandLineArgs=true", "-p:ScorecardReport=true", "-getItem:CscCommandLineArgs", .. arguments]);
            Assert.True(build.ExitCode == 0, build.Output);
            var config = File.ReadAllText(Path.Combine(repository.Intermediate, "Checkout.GeneratedMSBuildEditorConfig.editorconfig"));
            return build.Output + config;
        }
    }

    [Fact]
    public void WarningsAsErrorsDoNotBreakTheBuild()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        var build = repository.Report("-p:TreatWarningsAsErrors=true", "-warnaserror");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.NotEmpty(build.Warnings("SCORE2001"));
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2001"));
    }

    [Theory]
    [InlineData("-p:WarningsAsErrors=SCORE2001")]
    [InlineData("-warnaserror:SCORE2001")]
    public void RuleNamedByTheUserAsErrorBreaksTheBuild(string argument)
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        var build = repository.Build(argument);
        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error SCORE2001", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void FailedCompileIsNotTheOutcomesOfTheLastOne()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        Assert.True(File.Exists(repository.OutcomesFile));
        repository.Write("src/Checkout/Broken.cs", "class Broken { int Value => \"text\"; }\n");
        var failed = repository.Report();
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Empty(failed.Warnings("SCORE0012"));
        IsNotEvaluated(repository);
        Assert.False(File.Exists(Path.Combine(repository.Intermediate, "scorecard.outcomes.json")));

        File.Delete(Path.Combine(repository.Root, "src", "Checkout", "Broken.cs"));
        Assert.Contains(ServiceRepository.AllPass, repository.Report("--no-restore").Output, StringComparison.Ordinal);
        Assert.Null(repository.Outcomes.NotEvaluated);
    }

    [Fact]
    public void LibraryThatDoesNotCompileLeavesItsServiceNotEvaluated()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Orders/Orders.cs", "public record Order;\n").Write("src/Orders/Orders.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<ProjectReference Include=\"../Orders/Orders.csproj\" /><PackageReference Include=\"OpenTelemetry\"");
        repository.Report();
        Assert.True(File.Exists(repository.OutcomesFile));
        Assert.NotEqual(0, repository.Write("src/Orders/Orders.cs", "record {").Report("--no-restore").ExitCode);
        IsNotEvaluated(repository);
    }

    /// <summary>What fails last of a build fails it too; by then its outcomes are there.</summary>
    [Fact]
    public void FailedPostBuildEventLeavesItsServiceNotEvaluated()
    {
        using var repository = new ServiceRepository();
        Assert.NotEqual(0, repository.Report("-p:PostBuildEvent=exit 3").ExitCode);
        IsNotEvaluated(repository);
        Assert.Contains(ServiceRepository.AllPass, repository.Report("--no-restore").Output, StringComparison.Ordinal);
        Assert.Null(repository.Outcomes.NotEvaluated);
    }

    /// <summary>It records what was written, as a build that fails does.</summary>
    [Fact]
    public void CopyingTheConfigurationIsNoFailedBuild()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        var copied = repository.DotNet("msbuild", "src/Checkout/Checkout.csproj", "-nologo", "-t:CopyRunEnvironmentFiles", "-p:ScorecardReport=true", "-v:detailed");
        Assert.True(copied.ExitCode == 0, copied.Output);
        Assert.Contains("_CleanRecordFileWrites", copied.Output, StringComparison.Ordinal);
        Assert.Null(repository.Outcomes.NotEvaluated);
        Assert.True(File.Exists(Path.Combine(repository.Intermediate, "scorecard.outcomes.json")));
    }

    /// <summary>Frameworks of one service may fail at the same moment, and these files are one for all. Here they cannot be written.</summary>
    [Fact]
    public void FailedBuildLeavesItsReportAndNoOtherFile()
    {
        using var repository = new ServiceRepository();
        foreach (var file in (string[])["outcomes.txt", "reported"])
            Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(repository.OutcomesFile)!, file));
        var failed = repository.Write("src/Checkout/Broken.cs", "class Broken {").Report();
        Assert.Empty(failed.Warnings("SCORE0016"));
        IsNotEvaluated(repository);
    }

    /// <summary>So that another project of the entity does not pass for both.</summary>
    static void IsNotEvaluated(ServiceRepository repository)
    {
        Assert.Equal(("its build failed", 0), (repository.Outcomes.NotEvaluated, repository.Outcomes.Outcomes.Count));
        Assert.Contains("service:checkout: not evaluated, its build failed", repository.Read("artifacts/scorecard/summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void EditorConfigThatIsDeletedCountsNoMore()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/.editorconfig", "[*.cs]\ndotnet_diagnostic.SCORE2001.severity = none\n").Report();
        Assert.Equal(OutcomeState.Skip, repository.StateOf("SCORE2001"));
        File.Delete(Path.Combine(repository.Root, "src", "Checkout", ".editorconfig"));
        repository.Report("--no-restore");
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2001"));
    }

    [Fact]
    public void ErrorLogOfTheUserIsReadAndNotMoved()
    {
        using var repository = new ServiceRepository();
        var build = repository.Report("-p:ErrorLog=scan.sarif%2Cversion=2.1");
        Assert.Contains(ServiceRepository.AllPass, build.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(repository.Root, "src", "Checkout", "scan.sarif")));
        Assert.False(File.Exists(Path.Combine(repository.Intermediate, "scorecard.sarif")));
    }

    [Fact]
    public void ErrorLogInTheOldFormatIsNotEvaluated()
    {
        using var repository = new ServiceRepository();
        var build = repository.Report("-p:ErrorLog=scan.sarif");
        Assert.Equal(0, build.ExitCode);
        Assert.Contains("version=2.1", Assert.Single(build.Warnings("SCORE0012")), StringComparison.Ordinal);
        Assert.NotNull(repository.Outcomes.NotEvaluated);
    }

    [Fact]
    public void ServiceWithSeveralFrameworksGetsOneVerdict()
    {
        using var repository = new ServiceRepository("<TargetFrameworks>net9.0;net10.0</TargetFrameworks>");
        var build = repository.Report();
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Lines, line => line.Contains("Scorecard service:checkout", StringComparison.Ordinal));
        Assert.Equal("net10.0;net9.0", repository.Outcomes.Framework);
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2001"));
    }

    [Fact]
    public void LibraryWithSeveralFrameworksHasNoVerdict()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Orders/Orders.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>net9.0;net10.0</TargetFrameworks></PropertyGroup>
              <ItemGroup><PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """).Write("src/Orders/Order.cs", "public record Order(int Id);\n");
        var build = repository.DotNet("build", "src/Orders/Orders.csproj", "-nologo", "-tl:off", "-p:ScorecardReport=true");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.DoesNotContain("Scorecard ", build.Output, StringComparison.Ordinal);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("await Host.CreateDefaultBuilder(args).Build().RunAsync();", "service")]
    [InlineData("var builder = Host . CreateApplicationBuilder(args);", "service")]
    [InlineData("Console.WriteLine(new Uri(args[0]).Host.Length);", "none")]
    public void ProgramThatBuildsAHostIsAServiceWhereverTheHostComesFrom(string program, string kind)
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Ledger/Program.cs", program).Write("src/Ledger/Ledger.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        Assert.Equal(kind, repository.DotNet("msbuild", "src/Ledger/Ledger.csproj", "-restore", "-nologo", "-t:_ScorecardDetect", "-getProperty:ScorecardProjectKind").Output.Trim());
    }

    [Theory]
    [InlineData("-p:ScorecardProjectKind=service")]
    [InlineData("-p:ScorecardReport=true")]
    public void ProjectThatWpfCompilesOnTheWayIsNoService(string argument)
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Checkout_x1y2z3_wpftmp.csproj", repository.Read("src/Checkout/Checkout.csproj").Replace("<Nullable>", "<ScorecardProjectKind>service</ScorecardProjectKind><Nullable>", StringComparison.Ordinal));
        Assert.Equal("none", repository.DotNet("msbuild", "src/Checkout/Checkout_x1y2z3_wpftmp.csproj", "-restore", "-nologo", "-t:_ScorecardDetect", "-getProperty:ScorecardProjectKind", argument).Output.Trim());
    }

    [Fact]
    public void SdkThatIsTooOldGetsOneLineAndNothingElse()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced).DotNet("restore", "src/Checkout/Checkout.csproj");
        var build = repository.Report("--no-restore", "-p:NETCoreSdkVersion=7.0.410");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Single(build.Lines, line => line.Contains("SCORE0014", StringComparison.Ordinal));
        Assert.DoesNotContain("SCORE2001", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Scorecard service", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PathsOfTheCommandLineMayBeRelative()
    {
        using var repository = new ServiceRepository();
        var build = repository.Report("-p:ScorecardOutputDirectory=../../artifacts/other", "-p:ScorecardRepositoryRoot=../..", "-p:ScorecardConfigFile=../../none.json");
        Assert.Contains(ServiceRepository.AllPass, build.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(repository.Root, "artifacts", "other", "src", "Checkout", "Checkout", "outcomes.json")));
        Assert.Empty(repository.Git("status", "--porcelain"));
    }

    [Fact]
    public void WorktreeInsideARepositoryIsARepositoryOfItsOwn()
    {
        using var repository = new ServiceRepository();
        repository.Git("worktree", "add", "-q", "wt/feature");
        var build = repository.DotNet("build", "wt/feature/src/Checkout/Checkout.csproj", "-nologo", "-tl:off", "-p:ScorecardReport=true");
        Assert.Contains($"{ServiceRepository.AllPass} (entity from src/Checkout/entity.datadog.yaml)", build.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(repository.Root, "wt", "feature", "artifacts", "scorecard", "src", "Checkout", "Checkout", "outcomes.json")));
        Assert.False(Directory.Exists(repository.Output));
    }

    /// <summary>Git's own log of HEAD, which tells of a commit, lies elsewhere there, as it does for a submodule; csc does not run again where the assembly does not name the commit.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CommitInAWorktreeIsThatOfItsNextBuild(bool relative)
    {
        using var repository = new ServiceRepository();
        repository.Git("worktree", "add", "-q", "wt/feature");
        if (relative)
            repository.Write("wt/feature/.git", "gitdir: ../../.git/worktrees/feature\n");
        var outcomes = Path.Combine(repository.Root, "wt", "feature", "artifacts", "scorecard", "src", "Checkout", "Checkout", "outcomes.json");
        Assert.Equal(repository.Git("rev-parse", "HEAD"), Built());
        repository.Git("-C", "wt/feature", "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "--allow-empty", "-m", "next");
        var next = repository.Git("-C", "wt/feature", "rev-parse", "HEAD");
        Assert.NotEqual(repository.Git("rev-parse", "HEAD"), next);
        Assert.Equal(next, Built("--no-restore"));

        string? Built(params string[] arguments)
        {
            var build = repository.DotNet(["build", "wt/feature/src/Checkout/Checkout.csproj", "-nologo", "-tl:off", "-p:ScorecardReport=true", "-p:IncludeSourceRevisionInInformationalVersion=false", .. arguments]);
            Assert.True(build.ExitCode == 0, build.Output);
            return OutcomesDocument.Read(outcomes).Revision.Sha;
        }
    }

    [Fact]
    public void TasksOutOfProcessGiveTheSameOutcomes()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        repository.Report();
        var inProcess = File.ReadAllText(repository.OutcomesFile);
        Directory.Delete(Path.Combine(repository.Root, "src", "Checkout", "obj"), recursive: true);
        var build = repository.Report("-p:ScorecardTasksOutOfProcess=true");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(inProcess, File.ReadAllText(repository.OutcomesFile));
        Assert.Contains("Scorecard service:checkout: ", build.Output, StringComparison.Ordinal);
    }
}
