using System.Text;
using Build.Bench;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class EvaluationBenchTests
{
    [Fact]
    public void OneInFiveFindingsOfTheMixedLogFeedsARuleAtAPlaceOfItsOwn()
    {
        using var folder = new TemporaryFolder().With("scorecard.json", EvaluationBench.Configuration);
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(folder["scorecard.json"], messages);
        Assert.Empty(messages);

        var results = string.Concat(Enumerable.Range(0, 500).Select(number => EvaluationBench.MixedFinding("/repo", number))).TrimEnd().TrimEnd(',');
        var log = ErrorLog.Read(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "version": "2.1.0", "runs": [ { "results": [{{results}}] } ] }""")), configuration.Maps);
        var kept = log.FindingsOf(_ => true).ToList();
        Assert.Equal(500 / EvaluationBench.FeedingOneIn, kept.Count);
        Assert.Equal(kept.Count, kept.DistinctBy(finding => (finding.File, finding.Line)).Count());
        Assert.Equal(2, kept.Select(finding => finding.Id.StartsWith("SCORE", StringComparison.Ordinal)).Distinct().Count());
    }
}
