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
}
