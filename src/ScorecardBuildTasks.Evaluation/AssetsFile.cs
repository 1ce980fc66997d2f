using System.Text.Json;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What restore left of a project in its <c>project.assets.json</c>.</summary>
public sealed class AssetsFile : IDisposable
{
    readonly JsonDocument json;

    AssetsFile(JsonDocument json) => this.json = json;

    /// <summary>Null where there is none, or none that can be read: restore itself says what is wrong with it.</summary>
    public static AssetsFile? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object ? new AssetsFile(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The folder of a package that the project references, directly or through others.</summary>
    public string? PackageFolder(string id)
    {
        foreach (var library in Members(json.RootElement, "libraries"))
        {
            if (library.Name.Split('/') is [var name, _] && name.Equals(id, StringComparison.OrdinalIgnoreCase) && library.Value.TryGetProperty("path", out var path))
                return Members(json.RootElement, "packageFolders").Select(folder => Path.Combine(folder.Name, path.GetString()!)).FirstOrDefault(Directory.Exists);
        }

        return null;
    }

    public void Dispose() => json.Dispose();

    static IEnumerable<JsonProperty> Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member.EnumerateObject() : [];
}
