using Build.Bench;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class ClientBenchTests
{
    /// <summary>Equal texts would be one object, of which any number takes no memory.</summary>
    [Fact]
    public void RemarksArePublishedOncePerOutcomeAndLookLikeABuilds()
    {
        var remarks = Enumerable.Range(0, 1000).Select(ClientBench.RemarksOf).ToList();
        Assert.Equal(remarks.Count, remarks.Distinct(StringComparer.Ordinal).Count());

        var revision = new Revision("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero), "main", "https://github.com/acme/shop");
        var outcome = new Outcome("SCORE2008", "Nothing is logged to the console by hand", "Observability Best Practices", 2, OutcomeState.Fail, "1 finding",
            [new Evidence("src/Shop0/Orders/OrderService.cs", 8, 1, "m", $"{revision.Url}/blob/{revision.Sha}/src/Shop0/Orders/OrderService.cs#L8")]);
        Assert.Equal(Report.Remarks(outcome, revision), remarks[7]);
    }
}
