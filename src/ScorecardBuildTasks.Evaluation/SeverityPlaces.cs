using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>Finds the file and line that switched a diagnostic off: the compiler knows only of which kind the file is.</summary>
/// <param name="nameOf">What an absolute path is called in a report.</param>
sealed partial class SeverityPlaces(Func<string, IReadOnlyList<string>?> read, Func<string, string> nameOf)
{
    const int NamedPlaces = 3;
    const string NoWarn = "NoWarn or -nowarn";
    const string GlobalConfig = "global analyzer config";
    const string EditorConfig = ".editorconfig";

    /// <param name="who">Who switched it off, as the stamp says it.</param>
    /// <returns>The same with the place in it; as it is where no file that can be read says so.</returns>
    public string Named(string who, string id, string? category, IReadOnlyList<string> files) =>
        who == NoWarn ? Places(files.Where(IsRuleset), line => IsOffInRuleset(line, id)) ?? who
        : who == GlobalConfig ? Places(files.Where(file => !IsRuleset(file) && !IsEditorConfig(file)), id, category) is { } global ? $"{who} {global}" : who
        : who.StartsWith($"{EditorConfig} (", StringComparison.Ordinal) && Places(files.Where(IsEditorConfig), id, category) is { } places ? places + who[EditorConfig.Length..]
        : who;

    /// <summary>Where an id, or its category, is switched off; null where no file that can be read says so.</summary>
    public string? OfSeverity(string id, string? category, IReadOnlyList<string> files) => PlacesOfItsOwn(files.Where(file => !IsRuleset(file)), id, category);

    /// <summary>Where all analyzers are switched off; null where no file that can be read says so.</summary>
    public string? OfAll(IReadOnlyList<string> files) => PlacesOfAll(files.Where(file => !IsRuleset(file)));

    /// <summary>An id's own severity outweighs that of its category, and that the one of all.</summary>
    string? Places(IEnumerable<string> files, string id, string? category) =>
        PlacesOfItsOwn(files, id, category) ?? PlacesOfAll(files);

    string? PlacesOfItsOwn(IEnumerable<string> files, string id, string? category) =>
        Places(files, line => IsOff(line, $"dotnet_diagnostic.{id}.severity"))
        ?? (category is null ? null : Places(files, line => IsOff(line, $"dotnet_analyzer_diagnostic.category-{category}.severity")));

    string? PlacesOfAll(IEnumerable<string> files) => Places(files, line => IsOff(line, "dotnet_analyzer_diagnostic.severity"));

    string? Places(IEnumerable<string> files, Func<string, bool> says)
    {
        string[] places = [.. files.SelectMany(file => (read(file) ?? []).Select((line, index) => (Text: line, Number: index + 1)).Where(line => says(line.Text)).Select(line => $"{nameOf(file)}({line.Number})")).Take(NamedPlaces)];
        return places.Length == 0 ? null : string.Join(", ", places);
    }

    static bool IsOff(string line, string key)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith(key, StringComparison.OrdinalIgnoreCase) && Off().IsMatch(text[key.Length..]);
    }

    static bool IsOffInRuleset(string line, string id) => line.Contains($"\"{id}\"", StringComparison.OrdinalIgnoreCase) && OffInRuleset().IsMatch(line);

    static bool IsRuleset(string file) => file.EndsWith(".ruleset", StringComparison.OrdinalIgnoreCase);

    static bool IsEditorConfig(string file) => Path.GetFileName(file.AsSpan()).Equals(EditorConfig, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*[=:]\s*(none|silent|hidden|refactoring)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Off();

    [GeneratedRegex(@"\bAction\s*=\s*[""'](None|Hidden)[""']", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OffInRuleset();
}
