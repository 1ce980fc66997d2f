using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class OutcomesDocumentTests
{
    [Fact]
    public void WrittenDocumentReadsBack()
    {
        using var folder = new TemporaryFolder();
        var document = ReportTests.Document("1:Pass 2:Skip 3:NotEvaluated 1:Fail");
        document.Write(folder["deep/outcomes.json"]);
        var read = OutcomesDocument.Read(folder["deep/outcomes.json"]);
        Assert.Equal(document.Outcomes.Select(outcome => outcome.State), read.Outcomes.Select(outcome => outcome.State));
        Assert.Equal(document.Entity, read.Entity);
        Assert.Equal(document.Revision, read.Revision);
        var text = File.ReadAllText(folder["deep/outcomes.json"]);
        Assert.Contains("\"state\": \"notEvaluated\"", text, StringComparison.Ordinal);
        Assert.Contains("\"schemaVersion\": 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"schemaVersion\": \"one\"\n}", "(2,")]
    [InlineData("{ \"schemaVersion\": 2, \"outcomes\": [] }", "schemaVersion 2 is not 1")]
    [InlineData("{", "(1,")]
    public void FileThatIsNoneIsNamedWithItsPlace(string text, string place)
    {
        using var folder = new TemporaryFolder().With("outcomes.json", text);
        var error = Assert.Throws<InvalidDataException>(() => OutcomesDocument.Read(folder["outcomes.json"]));
        Assert.StartsWith(folder["outcomes.json"], error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fail", "Pass", "Fail")]
    [InlineData("Pass", "Skip", "Pass")]
    [InlineData("NotEvaluated", "Pass", "NotEvaluated")]
    [InlineData("NotEvaluated", "Fail", "Fail")]
    [InlineData("Skip", "Skip", "Skip")]
    public void HeaviestStateWins(string one, string other, string merged)
    {
        Assert.Equal(merged, State(ReportTests.Document($"1:{one}"), ReportTests.Document($"1:{other}")));
        Assert.Equal(merged, State(ReportTests.Document($"1:{other}"), ReportTests.Document($"1:{one}")));
    }

    [Fact]
    public void LegThatWasNotEvaluatedLeavesNoPass() =>
        Assert.Equal("NotEvaluated", State(ReportTests.Document("1:Pass"), ReportTests.Document("") with { NotEvaluated = "no analyzer ran" }));

    [Fact]
    public void FrameworksOfAllLegsAreNamed() =>
        Assert.Equal("net10.0;net9.0", OutcomesDocument.Merge([ReportTests.Document("1:Pass"), ReportTests.Document("1:Pass") with { Framework = "net9.0" }]).Framework);

    static string State(params OutcomesDocument[] documents) => Assert.Single(OutcomesDocument.Merge(documents).Outcomes).State.ToString();
}
