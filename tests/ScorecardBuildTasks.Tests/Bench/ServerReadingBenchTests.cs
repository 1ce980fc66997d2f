using Build.Bench;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class ServerReadingBenchTests
{
    [Fact]
    public void EveryFilterLeavesAFullPageOfTheFew()
    {
        var rules = Enumerable.Range(0, BenchServer.RuleCount).Select(number => $"rule-{number}").ToList();
        var few = OutcomeBatches.Of(rules, 0, ServerReadingBench.Few).ToList();
        var counts = few.CountBy(outcome => outcome.Entity).Concat(few.CountBy(outcome => outcome.Rule)).Concat(few.CountBy(outcome => outcome.State));
        Assert.DoesNotContain(counts, count => count.Value < ServerReadingBench.PageSize);
    }

    [Fact]
    public void SixRoundsReadInAllSixOrders()
    {
        var orders = Enumerable.Range(0, 6).Select(round => string.Join(' ', Paired.OrderOf(round, 3))).Order(StringComparer.Ordinal);
        Assert.Equal(["0 1 2", "0 2 1", "1 0 2", "1 2 0", "2 0 1", "2 1 0"], orders);
    }
}
