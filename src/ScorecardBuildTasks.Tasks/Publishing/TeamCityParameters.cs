using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Tasks;

/// <summary>A TeamCity build's parameters. The branch is one of those that are in no environment variable but in a file, which the file of the system properties names.</summary>
/// <param name="variable">Reads an environment variable.</param>
sealed partial class TeamCityParameters(Func<string, string?> variable)
{
    public const string Branch = "teamcity.build.branch";

    /// <summary>What the branch is called where no branch specification gives the default branch a name.</summary>
    const string Unnamed = "<default>";

    readonly Lazy<IReadOnlyDictionary<string, string>> parameters = new(() =>
        Read(Read(variable("TEAMCITY_BUILD_PROPERTIES_FILE")).GetValueOrDefault("teamcity.configuration.properties.file")));

    /// <summary>Null where TeamCity does not tell; a project may hand a parameter on as a variable, as <c>TEAMCITY_BUILD_BRANCH</c>.</summary>
    public string? this[string name] =>
        parameters.Value.GetValueOrDefault(name) is { } value ? name == Branch && value == Unnamed ? parameters.Value.GetValueOrDefault("vcsroot.branch", value) : value
        : variable(name.Replace('.', '_').ToUpperInvariant());

    /// <summary>A file of Java properties, one a line.</summary>
    static IReadOnlyDictionary<string, string> Read(string? path)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (path is null || !File.Exists(path))
            return properties;
        foreach (var line in File.ReadLines(path, Encoding.Latin1))
        {
            if (Property().Match(line) is { Success: true } property)
                properties[Unescaped(property.Groups["name"].Value)] = Unescaped(property.Groups["value"].Value);
        }

        return properties;
    }

    static string Unescaped(string text) => Escape().Replace(text, escape =>
        escape.Groups["code"] is { Success: true } code ? ((char)int.Parse(code.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString() : escape.Value[1..]);

    [GeneratedRegex(@"^\s*(?![#!])(?<name>(?:\\.|[^\\=:\s])+)\s*[=:]\s*(?<value>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@"\\(?:u(?<code>[0-9a-fA-F]{4})|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
