using Build.Bench;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class BenchDocumentTests
{
    [Fact]
    public void GroupThatIsMeasuredAnewHasItsOwnCommitAndTheOthersKeepTheirs()
    {
        var earlier = Run("a", [Row("rules", "Shop: a ratio"), Row("start", "help")], new() { ["Shop"] = "acme/shop@1" });
        var again = Run("b", [Row("start", "help")], []).Over(earlier, ["rules", "start"]);
        Assert.Equal([("rules", "a"), ("start", "b")], again.Commits!.Select(group => (group.Key, group.Value)).Order());
        Assert.Equal("acme/shop@1", again.Projects!["Shop"]);
    }

    [Fact]
    public void ProjectThatIsNoLongerMeasuredIsForgotten()
    {
        var earlier = Run("a", [Row("rules", "Shop: a ratio"), Row("start", "help")], new() { ["Shop"] = "acme/shop@1" });
        Assert.Empty(Run("b", [Row("rules", "Depot: a ratio")], []).Over(earlier, ["rules", "start"]).Projects!);
    }

    [Fact]
    public void RunFromBeforeCommitsWereWrittenDownIsRead()
    {
        var earlier = Run("a", [Row("rules", "a ratio")], []) with { Commits = null, Projects = null };
        Assert.Equal("b", Assert.Single(Run("b", [Row("start", "help")], []).Over(BenchDocument.Read(earlier.Write()), ["rules", "start"]).Commits!).Value);
    }

    static Measurement Row(string group, string what) => new(what, 1, "", "", true) { Group = group };

    static BenchDocument Run(string commit, IReadOnlyList<Measurement> rows, Dictionary<string, string> projects) =>
        new("m", "10.0.100", "2026-11-22", new Dictionary<string, string>(), rows, [], new Dictionary<string, double>(), rows.Select(row => row.Group).Distinct().ToDictionary(group => group, _ => commit), projects);
}
