using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>All that a run measured, as in <c>artifacts/bench.json</c>, of which the README's table is made.</summary>
/// <param name="Date">The day of the run, as in ISO 8601.</param>
/// <param name="Versions">Ours and the peers', by package.</param>
/// <param name="Rules">Where the time of our rules goes, by input.</param>
/// <param name="Seconds">How long the groups took, by their names.</param>
/// <param name="Commits">Which commit of ours was measured, by group, as <see cref="GitRepository.HeadAsync"/> says it.</param>
/// <param name="Projects">Where the real projects are from, by the names that their rows begin with, as <see cref="GitRepository.OriginAndHeadAsync"/> says it.</param>
sealed record BenchDocument(
    string Machine,
    string Sdk,
    string Date,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<RulesCost> Rules,
    IReadOnlyDictionary<string, double>? Seconds = null,
    IReadOnlyDictionary<string, string>? Commits = null,
    IReadOnlyDictionary<string, string>? Projects = null)
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string File => Path.Combine(Repository.Artifacts, "bench.json");

    public static BenchDocument Read(string json) => JsonSerializer.Deserialize<BenchDocument>(json, Json)!;

    /// <summary>This run in place of what it measured of an earlier one, whose other groups stay.</summary>
    /// <param name="groups">In their order.</param>
    public BenchDocument Over(BenchDocument earlier, IEnumerable<string> groups)
    {
        Measurement[] rows = [.. groups.SelectMany(group => (Measurements.Any(row => row.Group == group) ? Measurements : earlier.Measurements).Where(row => row.Group == group))];
        return this with
        {
            Versions = Over(earlier.Versions, Versions),
            Measurements = rows,
            Seconds = Over(earlier.Seconds, Seconds),
            Rules = [.. earlier.Rules.Where(rules => !Rules.Any(mine => mine.Input == rules.Input)), .. Rules],
            Commits = Over(earlier.Commits, Commits),
            Projects = Over(earlier.Projects, Projects).Where(project => rows.Any(row => row.What.StartsWith($"{project.Key}: ", StringComparison.Ordinal))).ToDictionary(StringComparer.Ordinal),
        };
    }

    public string Write() => JsonSerializer.Serialize(this, Json);

    static Dictionary<string, T> Over<T>(IReadOnlyDictionary<string, T>? earlier, IReadOnlyDictionary<string, T>? mine) =>
        (earlier ?? new Dictionary<string, T>()).Where(one => mine?.ContainsKey(one.Key) != true).Concat(mine ?? new Dictionary<string, T>()).ToDictionary(StringComparer.Ordinal);

    /// <summary>Processors, memory and system of this machine.</summary>
    public static string ThisMachine()
    {
        const string processors = "/proc/cpuinfo";
        var model = System.IO.File.Exists(processors) ? Regex.Match(System.IO.File.ReadAllText(processors), @"^model name\s*:\s*(.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant).Groups[1].Value : "";
        return $"{Environment.ProcessorCount} × {(model.Length > 0 ? model : RuntimeInformation.ProcessArchitecture.ToString())}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription}";
    }
}
