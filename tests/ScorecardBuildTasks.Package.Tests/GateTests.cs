using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A gate fails the build after everything else is done, and again in the next one.</summary>
public sealed class GateTests
{
    [Fact]
    public void GateClosesOnWhatItNamesAndNothingElse()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced).Write("scorecard.json", """{ "rules": { "SCORE2001": { "level": 2 }, "SCORE2005": { "level": 2 } } }""");

        var closed = repository.Report("-p:ScorecardGate=new");
        Assert.NotEqual(0, closed.ExitCode);
        Assert.Contains("error SCORE0026: service:checkout does not pass ScorecardGate=new: SCORE2001", closed.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(repository.OutcomesFile));
        Assert.NotEqual(0, repository.Report("-p:ScorecardGate=new").ExitCode);
        Assert.NotEqual(0, repository.Report("-p:ScorecardGate=level:2", "-p:ScorecardTasksOutOfProcess=true").ExitCode);
        Assert.Contains("none of none, new", repository.Report("-p:ScorecardGate=hard").Output, StringComparison.Ordinal);

        var failing = repository.Outcomes.Outcomes.Where(outcome => outcome.State == OutcomeState.Fail).Select(outcome => $"\"{outcome.Key}\"");
        repository.Write("scorecard.baseline.json", $$"""{ "schemaVersion": 1, "failing": { "service:checkout": [{{string.Join(", ", failing)}}] } }""");
        Assert.Equal(0, repository.Report("-p:ScorecardGate=new").ExitCode);
        Assert.Equal(0, repository.Report("-p:ScorecardGate=level:1").ExitCode);
    }

    [Fact]
    public void FrameworkThatIsBuiltAloneIsGatedByItself()
    {
        using var repository = new ServiceRepository("<TargetFrameworks>net9.0;net10.0</TargetFrameworks>");
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        AssertClosed(repository.Report("-f", "net10.0", "-p:ScorecardGate=all"), "net10.0");
        AssertClosed(repository.DotNet("publish", "src/Checkout", "-nologo", "-tl:off", "-f", "net9.0", "--no-restore", "-p:ScorecardGate=all"), "net9.0");
        AssertClosed(repository.Report("--no-restore", "-p:ScorecardGate=all"), "net10.0;net9.0");

        void AssertClosed(Command build, string frameworks)
        {
            Assert.NotEqual(0, build.ExitCode);
            Assert.Single(build.Lines, line => line.Contains("Scorecard service:checkout: ", StringComparison.Ordinal));
            Assert.Contains("error SCORE0026: service:checkout does not pass ScorecardGate=all: ", build.Output, StringComparison.Ordinal);
            Assert.Equal(frameworks, repository.Outcomes.Framework);
        }
    }

    /// <summary>Of a solution that is built with -f nothing comes after the framework's own build.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SolutionBuiltForOneFrameworkChecksTheGateOrSaysThatItDoesNot(bool graph)
    {
        using var repository = new ServiceRepository("<TargetFrameworks>net9.0;net10.0</TargetFrameworks>");
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced).Write("Shop.slnx", """<Solution><Project Path="src/Checkout/Checkout.csproj" /></Solution>""");
        string[] build = ["build", "Shop.slnx", "-nologo", "-tl:off", "-p:ScorecardGate=all", .. graph ? ["-graph"] : (string[])[]];
        var one = repository.DotNet([.. build, "-f", "net10.0"]);
        Assert.Equal(0, one.ExitCode);
        Assert.Single(one.Lines, line => line.Contains("SCORE0026: ScorecardGate=all is not checked for Checkout (net10.0) by itself", StringComparison.Ordinal));

        var all = repository.DotNet(build);
        Assert.Contains("error SCORE0026: service:checkout does not pass ScorecardGate=all: ", all.Output, StringComparison.Ordinal);
        Assert.Equal(graph, all.Output.Contains("by itself", StringComparison.Ordinal));
    }

    [Fact]
    public void LocalBuildWithAGateChecksItOrSaysThatItDoesNot()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        Assert.Contains("error SCORE0026: ", repository.Build("-p:ScorecardGate=all").Output, StringComparison.Ordinal);
        var open = repository.Build("--no-restore", "-p:ScorecardGate=all", "-p:ScorecardReport=false");
        Assert.Equal(0, open.ExitCode);
        Assert.Single(open.Lines, line => line.Contains("SCORE0026: ScorecardGate=all is not checked for Checkout", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("new")]
    public void BuildWithoutAnalyzersPassesNoGate(string gate)
    {
        using var repository = new ServiceRepository();
        var build = repository.Report($"-p:ScorecardGate={gate}", "-p:RunAnalyzers=false");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains($"error SCORE0026: service:checkout does not pass ScorecardGate={gate}: it is not evaluated: no analyzer ran", build.Output, StringComparison.Ordinal);
    }

    /// <summary>The rule that fails is in the file that cannot be read.</summary>
    [Fact]
    public void ConfigurationThatCannotBeReadClosesTheGate()
    {
        using var repository = new ServiceRepository();
        var build = repository.Write("scorecard.json", """{ "rules": { "short": { "name": "Arguments", "scorecard": "Code", "level": 1 "diagnostics": ["CA1510"] } } }""").Report("-p:ScorecardGate=all");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Single(build.Warnings("SCORE0011"));
        Assert.Contains("error SCORE0026: service:checkout does not pass ScorecardGate=all: scorecard.json cannot be read; correct it and build again", build.Output, StringComparison.Ordinal);
    }

    /// <summary>The last report is of another state of the code, and must not speak for this one.</summary>
    [Fact]
    public void EvaluationThatDoesNotFinishClosesTheGate()
    {
        using var repository = new ServiceRepository();
        Assert.Equal(0, repository.Report("-p:ScorecardGate=all").ExitCode);
        File.Delete(Path.Combine(repository.Intermediate, "scorecard.outcomes.json"));
        Directory.CreateDirectory(Path.Combine(repository.Intermediate, "scorecard.outcomes.json", "kept"));
        var build = repository.Report("--no-restore", "-p:ScorecardGate=all");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Single(build.Warnings("SCORE0016"), warning => warning.Contains("EvaluateScorecard", StringComparison.Ordinal));
        Assert.Contains("error SCORE0026: there are no outcomes to go by", build.Output, StringComparison.Ordinal);
    }
}
