using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>Finds the file and line that switched a diagnostic off in a project: the compiler knows only of which kind the file is.</summary>
/// <param name="nameOf">What an absolute path is called in a report.</param>
/// <param name="folders">The project's, and those of the sources that are linked into it, absolute.</param>
/// <param name="candidates">The files that may have given a diagnostic its severity, absolute.</param>
sealed partial class SeverityPlaces(Func<string, IReadOnlyList<string>?> read, Func<string, string> nameOf, IReadOnlyList<string> folders, IReadOnlyList<string> candidates)
{
    const int NamedPlaces = 3;
    const string NoWarn = "NoWarn or -nowarn";
    const string GlobalConfig = "global analyzer config";
    const string EditorConfig = ".editorconfig";

    readonly Lazy<string[]> reaching = new(() => Reaching(read, folders, candidates));

    string[] Files => reaching.Value;

    /// <param name="who">Who switched it off, as the stamp says it.</param>
    /// <returns>The same with the place in it; as it is where no file that can be read says so.</returns>
    public string Named(string who, string id, string? category)
    {
        if (who == NoWarn)
            return Places(Files.Where(IsRuleset), line => IsOffInRuleset(line, id), _ => true) ?? who;
        if (Said().Match(who) is not { Success: true } said)
            return who;
        // None where the stamp does not name all.
        string[] names = said.Groups["more"].Success || !said.Groups["files"].Success ? [] : said.Groups["files"].Value.Split(", ");
        var (by, inFiles) = (said.Groups["by"].Value, who[said.Groups["by"].Length..]);
        return by switch
        {
            EditorConfig => Places(Files.Where(IsEditorConfig), id, category, section => MayMean(section, names)) is { } places ? places + inFiles : who,
            GlobalConfig => Places(Files.Where(file => !IsRuleset(file) && !IsEditorConfig(file)), id, category, _ => true) is { } places ? $"{by} {places}{inFiles}" : who,
            _ => Places(Files.Where(file => !IsRuleset(file)), line => IsOff(line, by), section => MayMean(section, names)) is { } places ? $"{by} in {places}{inFiles}" : who,
        };
    }

    /// <summary>Where an id, or its category, is switched off for a file of the project; null where no file that can be read says so.</summary>
    public string? OfSeverity(string id, string? category) => PlacesOfItsOwn(Files.Where(file => !IsRuleset(file)), id, category, section => MayMean(section, []));

    /// <summary>Where all analyzers are switched off for a file of the project; null where no file that can be read says so.</summary>
    public string? OfAll() => PlacesOfAll(Files.Where(file => !IsRuleset(file)), section => MayMean(section, []));

    bool MayMean(EditorConfigSection section, IReadOnlyList<string> names) => folders.Any(folder => section.MayMean(folder, names));

    /// <summary>An <c>.editorconfig</c> means no file below another that begins with <c>root = true</c>.</summary>
    static string[] Reaching(Func<string, IReadOnlyList<string>?> read, IReadOnlyList<string> folders, IReadOnlyList<string> candidates)
    {
        string[] roots = [.. candidates.Where(file => IsEditorConfig(file) && IsRoot(read(file) ?? [])).Select(FolderOf)];
        return [.. candidates.Where(file => !IsEditorConfig(file) || Reaches(FolderOf(file)))];

        bool Reaches(string above) =>
            folders.Where(folder => EditorConfigSection.IsBelow(folder, above)).ToArray() is not { Length: > 0 } below
            || below.Any(folder => !roots.Any(root => root != above && EditorConfigSection.IsBelow(root, above) && EditorConfigSection.IsBelow(folder, root)));
    }

    static bool IsRoot(IReadOnlyList<string> lines) => lines.TakeWhile(line => !HeaderOf().IsMatch(line)).Any(line => Root().IsMatch(line));

    static string FolderOf(string file) => Path.GetDirectoryName(file) ?? "";

    /// <summary>An id's own severity outweighs that of its category, and that the one of all.</summary>
    string? Places(IEnumerable<string> among, string id, string? category, Func<EditorConfigSection, bool> means) =>
        PlacesOfItsOwn(among, id, category, means) ?? PlacesOfAll(among, means);

    string? PlacesOfItsOwn(IEnumerable<string> among, string id, string? category, Func<EditorConfigSection, bool> means) =>
        Places(among, line => IsOff(line, $"dotnet_diagnostic.{id}.severity"), means)
        ?? (category is null ? null : Places(among, line => IsOff(line, $"dotnet_analyzer_diagnostic.category-{category}.severity"), means));

    string? PlacesOfAll(IEnumerable<string> among, Func<EditorConfigSection, bool> means) => Places(among, line => IsOff(line, "dotnet_analyzer_diagnostic.severity"), means);

    /// <summary>The nearest first: it outweighs those above.</summary>
    string? Places(IEnumerable<string> among, Func<string, bool> says, Func<EditorConfigSection, bool> means)
    {
        string[] places = [.. among.OrderByDescending(file => FolderOf(file).Length).SelectMany(file => PlacesIn(file, says, means)).Take(NamedPlaces)];
        return places.Length == 0 ? null : string.Join(", ", places);
    }

    IEnumerable<string> PlacesIn(string file, Func<string, bool> says, Func<EditorConfigSection, bool> means)
    {
        var section = new EditorConfigSection(FolderOf(file), Header: null);
        var number = 0;
        foreach (var line in read(file) ?? [])
        {
            number++;
            if (HeaderOf().Match(line) is { Success: true } header)
                section = section with { Header = header.Groups[1].Value };
            else if (says(line) && (!IsEditorConfig(file) || means(section)))
                yield return $"{nameOf(file)}({number})";
        }
    }

    static bool IsOff(string line, string key)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith(key, StringComparison.OrdinalIgnoreCase) && Off().IsMatch(text[key.Length..]);
    }

    static bool IsOffInRuleset(string line, string id) => line.Contains($"\"{id}\"", StringComparison.OrdinalIgnoreCase) && OffInRuleset().IsMatch(line);

    static bool IsRuleset(string file) => file.EndsWith(".ruleset", StringComparison.OrdinalIgnoreCase);

    static bool IsEditorConfig(string file) => Path.GetFileName(file.AsSpan()).Equals(EditorConfig, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of an option of code style, the severity stands behind its value.</summary>
    [GeneratedRegex(@"^\s*[=:]([^#;]*:)?\s*(none|silent|hidden|refactoring)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Off();

    [GeneratedRegex(@"\bAction\s*=\s*[""'](None|Hidden)[""']", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OffInRuleset();

    [GeneratedRegex(@"^\s*root\s*[=:]\s*true\s*([#;].*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Root();

    [GeneratedRegex(@"^\s*\[(.*)\]\s*([#;].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderOf();

    /// <summary>A kind of file, or an option, and behind it the sources that it reaches.</summary>
    [GeneratedRegex(@"^(?<by>\.editorconfig|global analyzer config|(csharp|dotnet)_\S+)( \((?<files>.*?)(?<more> and \d+ more)?\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Said();
}
