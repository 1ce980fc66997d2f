using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class GateTests
{
    [Theory]
    [InlineData("none", "1:Fail", null)]
    [InlineData("all", "1:Pass 3:Fail 2:Skip", "R1 fails")]
    [InlineData("all", "1:Pass 2:NotEvaluated", "R1 could not be evaluated")]
    [InlineData("all", "1:Fail 2:NotEvaluated", "R0 fails; R1 could not be evaluated")]
    [InlineData("level:1", "1:Pass 2:Fail", null)]
    [InlineData("level:2", "1:Fail 2:Fail 3:Fail", "level 2 is not reached for R0, R1")]
    [InlineData("Level:2", "1:Pass 2:NotEvaluated", "level 2 is not reached for R1")]
    [InlineData("level:1", "1:Pass 2:Skip", null)]
    [InlineData("level:3", "1:Pass 2:Skip 3:Pass", null)]
    [InlineData("level:3", "1:Pass 2:Skip", "level 3 cannot be claimed: every rule above level 1 is skipped or switched off")]
    [InlineData("level:1", "1:Skip 2:Skip", "level 1 cannot be claimed: every rule is skipped or switched off")]
    [InlineData("level:1", "", "level 1 cannot be claimed: every rule is skipped or switched off")]
    [InlineData("new", "1:Fail 1:Pass", null)]
    [InlineData("new", "1:Fail 1:Fail", "R1 fails and did not in scorecard.baseline.json")]
    [InlineData("new", "1:NotEvaluated 1:NotEvaluated", "R1 could not be evaluated and scorecard.baseline.json has nothing of that")]
    [InlineData("new", "1:Fail 1:Pass 1:Pass 1:Fail", null)]
    [InlineData("new", "1:Fail 1:Pass 1:Pass 1:NotEvaluated", null)]
    public void GateIsClosedByWhatItNames(string gate, string outcomes, string? why)
    {
        var baseline = Baseline.Of([ReportTests.Document("1:Fail 1:Pass 2:Skip 1:NotEvaluated")]);
        Assert.Equal(why, Gate.Parse(gate)!.WhyClosed(ReportTests.Document(outcomes), baseline));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:Skip")]
    [InlineData("1:Pass")]
    [InlineData("1:Pass 2:Skip 3:Skip")]
    [InlineData("1:Pass 2:Skip 3:Pass")]
    [InlineData("1:Fail 2:Pass 3:Pass")]
    [InlineData("1:Pass 2:Pass 3:NotEvaluated")]
    public void LevelThatIsReportedIsTheHighestWhoseGateOpens(string outcomes)
    {
        var document = ReportTests.Document(outcomes);
        Assert.Equal(Report.Level(document), Enumerable.Range(1, 3).Count(level => new Gate(GateKind.Level, level).WhyClosed(document, Baseline.Empty) is null));
    }

    [Theory]
    [InlineData("level:4")]
    [InlineData("level")]
    [InlineData("true")]
    public void TextThatIsNoGateIsNone(string gate) => Assert.Null(Gate.Parse(gate));

    [Theory]
    [InlineData("level:1", "level 1 cannot be claimed: no analyzer ran")]
    [InlineData("all", "it is not evaluated: no analyzer ran")]
    [InlineData("new", "it is not evaluated: no analyzer ran")]
    [InlineData("none", null)]
    public void ServiceThatWasNotEvaluatedPassesNoGate(string gate, string? why) =>
        Assert.Equal(why, Gate.Parse(gate)!.WhyClosed(ReportTests.Document("") with { NotEvaluated = "no analyzer ran" }, Baseline.Empty));

    [Theory]
    [InlineData("level:1")]
    [InlineData("all")]
    [InlineData("new")]
    public void FileThatCannotBeReadClosesEveryGateAndAGuessNone(string text)
    {
        var gate = Gate.Parse(text)!;
        var guessed = ReportTests.Document("1:Pass") with { Held = "its entity is only guessed" };
        var unreadable = guessed with { Held = "scorecard.json cannot be read", Unreadable = "scorecard.json cannot be read" };
        Assert.Null(gate.WhyClosed(guessed, Baseline.Empty));
        Assert.Equal("scorecard.json cannot be read", gate.WhyClosed(OutcomesDocument.Merge([guessed, unreadable]), Baseline.Empty));
        Assert.Null(new Gate(GateKind.None).WhyClosed(unreadable, Baseline.Empty));
    }

    [Fact]
    public void BaselineReadsBackAndAMissingOneIsEmpty()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(Baseline.Read(folder["none.json"]).StateOf("service:shop", "R0"));
        Baseline.Of([ReportTests.Document("1:Fail 2:Pass 1:NotEvaluated")]).Write(folder["scorecard.baseline.json"]);
        var read = Baseline.Read(folder["scorecard.baseline.json"]);
        Assert.Equal((OutcomeState.Fail, null, OutcomeState.NotEvaluated, null), (read.StateOf("service:shop", "R0"), read.StateOf("service:shop", "R1"), read.StateOf("service:shop", "R2"), read.StateOf("service:other", "R0")));
    }

    [Fact]
    public void ByteOrderMarkOfABaselineIsNoMistake()
    {
        using var folder = new TemporaryFolder().With("scorecard.baseline.json", "\uFEFF{ \"schemaVersion\": 1, \"failing\": { \"service:shop\": [\"R0\"] } }");
        Assert.Equal(OutcomeState.Fail, Baseline.Read(folder["scorecard.baseline.json"]).StateOf("service:shop", "R0"));
    }

    [Theory]
    [InlineData("{ \"schemaVersion\": 2 }", "schemaVersion 1")]
    [InlineData("{\n !", "(2,2): no baseline")]
    [InlineData("", "(1,1): no baseline")]
    public void FileThatIsNoBaselineIsNamed(string text, string said)
    {
        using var folder = new TemporaryFolder().With("scorecard.baseline.json", text);
        var message = Assert.Throws<InvalidDataException>(() => Baseline.Read(folder["scorecard.baseline.json"])).Message;
        Assert.StartsWith(folder["scorecard.baseline.json"], message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }
}
