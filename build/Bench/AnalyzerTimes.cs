using System.Globalization;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>The times that the compiler's <c>/reportanalyzer</c> prints, of analyzers and generators.</summary>
/// <param name="Entries">The assembly and the analyzer with its ids, in milliseconds.</param>
/// <param name="Totals">The assembly and its own line, in which what no single analyzer's line tells is counted too.</param>
sealed record AnalyzerTimes(IReadOnlyList<(string Assembly, string Name, double Milliseconds)> Entries, IReadOnlyList<(string Assembly, double Milliseconds)> Totals)
{
    /// <summary>What is printed as less than a millisecond.</summary>
    const double Least = 0.5;

    public static AnalyzerTimes Parse(string output)
    {
        var (entries, totals) = (new List<(string, string, double)>(), new List<(string, double)>());
        var assembly = "";
        foreach (Match line in Regex.Matches(output, @"^ *(?<time><?\d+[.,]\d+) +<?\d+ {2,}(?<indent> *)(?<name>\S.*?)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant))
        {
            var name = line.Groups["name"].Value;
            if (name.Contains(", Version=", StringComparison.Ordinal))
                totals.Add((assembly = name[..name.IndexOf(',', StringComparison.Ordinal)], Milliseconds(line.Groups["time"].Value)));
            else
                entries.Add((assembly, name[(name.LastIndexOf('.', Math.Max(name.IndexOf('(', StringComparison.Ordinal), 0)) + 1)..], Milliseconds(line.Groups["time"].Value)));
        }

        return entries.Count > 0 ? new AnalyzerTimes(entries, totals) : throw new CommandFailedException($"the compiler prints no times of analyzers:\n{output}");
    }

    public double Of(string assembly) => Totals.Where(total => IsOf(total.Assembly, assembly)).Sum(total => total.Milliseconds);

    /// <summary>By analyzer, of the assemblies whose names start so.</summary>
    public Dictionary<string, double> ByNameOf(string assembly) =>
        Entries.Where(entry => IsOf(entry.Assembly, assembly)).GroupBy(entry => entry.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Milliseconds), StringComparer.Ordinal);

    static bool IsOf(string assembly, string start) => assembly.StartsWith(start, StringComparison.Ordinal);

    static double Milliseconds(string seconds) => seconds[0] == '<' ? Least : double.Parse(seconds.Replace(',', '.'), CultureInfo.InvariantCulture) * 1000;
}
