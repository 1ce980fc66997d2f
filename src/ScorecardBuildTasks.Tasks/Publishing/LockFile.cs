using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Rule ids by (scorecard, name), as <c>scorecard rules apply</c> found or made them: with it a build need not ask the API.</summary>
public sealed record LockFile(int SchemaVersion, IReadOnlyList<LockedRule> Rules)
{
    public const string FileName = "scorecard.lock.json";
    public const int CurrentSchemaVersion = 1;

    /// <summary>Where it was read from; null where it was made here.</summary>
    [JsonIgnore]
    public string? Source { get; init; }

    /// <summary>The lock file beside a <c>scorecard.json</c>, else at the repository's root, else beside what the configuration extends: an organisation's preset brings one along. Null where there is none.</summary>
    /// <param name="configurationFiles">All that the configuration was read from.</param>
    public static string? Find(string? configurationFile, string repositoryRoot, IEnumerable<string> configurationFiles) =>
        ((string?[])[string.IsNullOrEmpty(configurationFile) ? null : Path.GetDirectoryName(configurationFile), repositoryRoot, .. configurationFiles.Select(Path.GetDirectoryName)])
            .OfType<string>().Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    /// <exception cref="InvalidDataException">The file cannot be read; the message names file, line and remedy.</exception>
    public static LockFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), LockFileJson.Default.LockFile);
            return file is { SchemaVersion: CurrentSchemaVersion, Rules: not null }
                ? file with { Source = path }
                : throw new InvalidDataException($"{path}: schemaVersion {file?.SchemaVersion} is not {CurrentSchemaVersion}; write it anew with 'scorecard rules apply'");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): this is no lock file; write it anew with 'scorecard rules apply'", e);
        }
    }

    public void Write(string path) => File.WriteAllBytes(path, [.. JsonSerializer.SerializeToUtf8Bytes(this, LockFileJson.Default.LockFile), (byte)'\n']);

    public string? FindId(string scorecard, string name) => LockedRule.FindId(Rules, scorecard, name);
}

/// <param name="Scorecard">The scorecard's name.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Id">The rule's id in the API.</param>
public sealed record LockedRule(string Scorecard, string Name, string Id)
{
    public static string? FindId(IEnumerable<LockedRule> rules, string scorecard, string name) =>
        rules.FirstOrDefault(rule => rule.Scorecard == scorecard && rule.Name == name)?.Id;
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockFile))]
sealed partial class LockFileJson : JsonSerializerContext;
