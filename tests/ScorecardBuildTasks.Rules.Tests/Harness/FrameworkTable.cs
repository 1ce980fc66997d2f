using System.Globalization;
using System.Xml.Linq;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>The package's table of target frameworks, read as its targets read it; that they do is tested on the package itself.</summary>
static class FrameworkTable
{
    static readonly Lazy<IReadOnlyDictionary<string, string>> LastDays = new(() =>
        XDocument.Load(Path.Combine(Paths.Repository, "nuget", "build", "ScorecardBuildTasks.Frameworks.targets")).Descendants("_ScorecardLastDays").Single().Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ')).ToDictionary(row => row[0], row => row[1]));

    /// <summary>Every last day of the table.</summary>
    public static IEnumerable<string> Days => LastDays.Value.Values;

    /// <summary>What the property ScorecardTargetFrameworkEndOfSupport is for a framework of .NET on a day.</summary>
    public static string EndOfSupport(string framework, DateOnly today) =>
        !LastDays.Value.TryGetValue($".NETCoreApp,Version=v{framework.Replace("netcoreapp", "", StringComparison.Ordinal).Replace("net", "", StringComparison.Ordinal)}", out var lastDay) ? "unknown"
        : today > DateOnly.Parse(lastDay, CultureInfo.InvariantCulture) ? lastDay : "";
}
