using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>All that a run measured, as in <c>artifacts/bench.json</c>, of which the README's table is made.</summary>
/// <param name="Date">The day of the run, as in ISO 8601.</param>
/// <param name="Versions">Ours and the peers', by package.</param>
/// <param name="Rules">Where the time of our rules goes, by input.</param>
/// <param name="Seconds">How long the groups took, by their names.</param>
sealed record BenchDocument(string Machine, string Sdk, string Date, IReadOnlyDictionary<string, string> Versions, IReadOnlyList<Measurement> Measurements, IReadOnlyList<RulesCost> Rules, IReadOnlyDictionary<string, double>? Seconds = null)
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string File => Path.Combine(Repository.Artifacts, "bench.json");

    public static BenchDocument Read(string json) => JsonSerializer.Deserialize<BenchDocument>(json, Json)!;

    /// <summary>This run in place of what it measured of an earlier one, whose other groups stay.</summary>
    /// <param name="groups">In their order.</param>
    public BenchDocument Over(BenchDocument earlier, IEnumerable<string> groups) => this with
    {
        Versions = earlier.Versions.Where(version => !Versions.ContainsKey(version.Key)).Concat(Versions).ToDictionary(version => version.Key, version => version.Value, StringComparer.Ordinal),
        Measurements = [.. groups.SelectMany(group => (Measurements.Any(row => row.Group == group) ? Measurements : earlier.Measurements).Where(row => row.Group == group))],
        Seconds = (earlier.Seconds ?? new Dictionary<string, double>()).Where(group => !Seconds!.ContainsKey(group.Key)).Concat(Seconds!).ToDictionary(group => group.Key, group => group.Value, StringComparer.Ordinal),
        Rules = [.. earlier.Rules.Where(rules => !Rules.Any(mine => mine.Input == rules.Input)), .. Rules],
    };

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Processors, memory and system of this machine.</summary>
    public static string ThisMachine()
    {
        const string processors = "/proc/cpuinfo";
        var model = System.IO.File.Exists(processors) ? Regex.Match(System.IO.File.ReadAllText(processors), @"^model name\s*:\s*(.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant).Groups[1].Value : "";
        return $"{Environment.ProcessorCount} × {(model.Length > 0 ? model : RuntimeInformation.ProcessArchitecture.ToString())}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription}";
    }
}
