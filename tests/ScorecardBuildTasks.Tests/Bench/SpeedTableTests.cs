using System.Globalization;
using System.Text.RegularExpressions;
using Build;
using Build.Bench;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class SpeedTableTests
{
    [Fact]
    public void TableInTheReadmeIsOfTheCommittedRun()
    {
        var readme = File.ReadAllText(SpeedTable.Readme);
        Assert.True(
            readme == SpeedTable.Into(readme, BenchDocument.Read(File.ReadAllText(SpeedTable.Committed))),
            "README.md's table of speed is not of docs/bench.json: run dotnet run --project build bench, then dotnet run --project build bench --readme, and commit what it rewrites.");
    }

    [Fact]
    public void CommittedRunHasRowsOfEveryGroup() =>
        Assert.Equal(BenchCommand.Groups.Select(group => group.Name), BenchDocument.Read(File.ReadAllText(SpeedTable.Committed)).Measurements.Select(row => row.Group).Distinct());

    [Fact]
    public void CommittedRunHasTheRealServiceAndEnoughPairsForEveryInterval()
    {
        var rows = BenchDocument.Read(File.ReadAllText(SpeedTable.Committed)).Measurements;
        Assert.Contains(rows, row => row.Group == "rules" && !row.What.StartsWith("generated", StringComparison.Ordinal) && !row.What.StartsWith("growth", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Pairs < Paired.Least);
    }

    /// <summary>What is asked for besides a number stands in the row's name.</summary>
    [Fact]
    public void CommittedRunMeetsWhatItsFiguresSay()
    {
        foreach (var row in BenchDocument.Read(File.ReadAllText(SpeedTable.Committed)).Measurements.Where(row => row.Goal.Length > 0))
        {
            var goal = Regex.Match(row.Goal, "^(?:(?<sign>[≤≥]) )?(?<number>[0-9.]+)(?:, (?<besides>.+))?$", RegexOptions.CultureInvariant);
            Assert.True(goal.Success, row.Goal);
            var number = double.Parse(goal.Groups["number"].Value, CultureInfo.InvariantCulture);
            var meets = goal.Groups["sign"].Value switch { "≤" => (row.High ?? row.Value) <= number, "≥" => (row.Low ?? row.Value) >= number, _ => row.Value == number };
            Assert.True(row.Met == (meets && (!goal.Groups["besides"].Success || row.What.Contains($"({goal.Groups["besides"].Value},", StringComparison.Ordinal))), $"{row.What}: {row.Value} ({row.Low} to {row.High}), {row.Goal}, {(row.Met ? "met" : "missed")}");
        }
    }

    [Fact]
    public void FootTellsWhichCommitsWereMeasured()
    {
        var run = new BenchDocument(
            "m", "10.0.100", "2026-11-22", new Dictionary<string, string> { ["Peer"] = "1.0" }, [], [],
            Commits: new Dictionary<string, string> { ["rules"] = "0123456789abcdef0123456789abcdef01234567", ["start"] = "0123456789abcdef0123456789abcdef01234567" },
            Projects: new Dictionary<string, string> { ["Shop"] = "acme/shop@89abcdef0123456789abcdef0123456789abcdef+", ["Depot"] = "89abcdef0123456789abcdef0123456789abcdef" });
        Assert.Contains("SDK 10.0.100; Peer 1.0; commit 0123456; Shop of acme/shop@89abcde+; Depot of 89abcde.\n", Into(run), StringComparison.Ordinal);

        var again = run with { Commits = new Dictionary<string, string>(run.Commits!) { ["start"] = "89abcdef0123456789abcdef0123456789abcdef+" }, Projects = null };
        Assert.Contains("Peer 1.0; commit 0123456 (rules); commit 89abcde+ (start).\n", Into(again), StringComparison.Ordinal);

        static string Into(BenchDocument run) => SpeedTable.Into($"{SpeedTable.Start}{SpeedTable.End}", run);
    }

    [Fact]
    public void RowTellsValueIntervalGoalAndVerdict()
    {
        var run = new BenchDocument(
            "2 × a processor", "10.0.100", "2026-11-22", new Dictionary<string, string> { ["Peer"] = "1.0" },
            [new Measurement("time", 3.14159, "ms", "≤ 3", false), new Measurement("rate", 123456.7, "/s", "≥ 20000", true), new Measurement("ratio", 0.4, "", "≤ 0.5", true, 0.35, 0.451, 10), new Measurement("beside", 7, "ms", "", true)],
            [], new Dictionary<string, double> { [""] = 1390 });
        Assert.Equal(
            """
            text
            <!-- speed -->
            | what | measured | goal | |
            |---|---|---|---|
            | time | 3.14 ms | ≤ 3 | **missed** |
            | rate | 123,457 /s | ≥ 20000 | met |
            | ratio | 0.4 (0.35 to 0.45) | ≤ 0.5 | met |
            | beside | 7 ms |  |  |

            2026-11-22, 23 minutes on 2 × a processor, SDK 10.0.100; Peer 1.0.
            <!-- /speed -->
            more
            """.ReplaceLineEndings("\n"),
            SpeedTable.Into("text\n<!-- speed -->\nold\n<!-- /speed -->\nmore", run));
    }
}
