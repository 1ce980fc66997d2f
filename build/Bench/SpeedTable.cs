using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>The README's table of what was measured. The run that it is made of is committed beside it, so that a test can tell whether the two agree.</summary>
static class SpeedTable
{
    public const string Start = "<!-- speed -->";
    public const string End = "<!-- /speed -->";

    public static readonly string Readme = Path.Combine(Repository.Root, "README.md");

    /// <summary>The run that the README speaks of.</summary>
    public static readonly string Committed = Path.Combine(Repository.Root, "docs", "bench.json");

    /// <summary>The README's text with the table of a run.</summary>
    public static string Into(string readme, BenchDocument run)
    {
        var start = readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return $"{readme[..start]}\n{Of(run)}{readme[readme.IndexOf(End, start, StringComparison.Ordinal)..]}";
    }

    static string Of(BenchDocument run)
    {
        var table = new StringBuilder("| what | measured | goal | |\n|---|---|---|---|\n");
        foreach (var row in run.Measurements)
            table.Append(CultureInfo.InvariantCulture, $"| {row.What} | {Value(row)} | {row.Goal} | {(row.Goal.Length == 0 ? "" : row.Met ? "met" : "**missed**")} |\n");
        return table.Append(CultureInfo.InvariantCulture, $"\n{run.Date}, {Minutes(run)}{run.Machine}, SDK {run.Sdk}; {string.Join(", ", run.Versions.Select(version => $"{version.Key} {version.Value}"))}{Sources(run)}.\n").ToString();
    }

    /// <summary>The commits that were measured, of ours and of the real projects'. Where some groups were measured anew, which commit is whose.</summary>
    static string Sources(BenchDocument run)
    {
        var ours = (run.Commits ?? new Dictionary<string, string>()).GroupBy(group => group.Value, group => group.Key).ToArray();
        return string.Concat(
            ours.Select(commit => $"; commit {Short(commit.Key)}{(ours.Length > 1 ? $" ({string.Join(", ", commit)})" : "")}")
                .Concat((run.Projects ?? new Dictionary<string, string>()).Select(project => $"; {project.Key} of {Short(project.Value)}")));
    }

    static string Short(string commit) => Regex.Replace(commit, "(?<=(?:^|@)[0-9a-f]{7})[0-9a-f]+", "", RegexOptions.CultureInvariant);

    /// <summary>Where the time of each group is known.</summary>
    static string Minutes(BenchDocument run) =>
        run.Seconds is { } seconds && run.Measurements.All(row => seconds.ContainsKey(row.Group)) ? string.Create(CultureInfo.InvariantCulture, $"{seconds.Values.Sum() / 60:0} minutes on ") : "";

    static string Value(Measurement row)
    {
        var value = string.Create(CultureInfo.InvariantCulture, $"{Short(row.Value)} {row.Unit}").TrimEnd();
        return row.Pairs is null ? value : $"{value} ({Short(row.Low)} to {Short(row.High)})";
    }

    static string Short(double? value) => value?.ToString(value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture) ?? "";
}
