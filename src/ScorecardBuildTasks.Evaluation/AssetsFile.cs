using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What restore left of a project in its <c>project.assets.json</c>.</summary>
public sealed class AssetsFile : IDisposable
{
    /// <summary>Which has the data that the audit asks for.</summary>
    const string PublicSource = "https://api.nuget.org/v3/index.json";

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
            if (library.Name.Split('/') is [var name, _] && name.Equals(id, StringComparison.OrdinalIgnoreCase) && Text(library.Value, "path") is { } path)
                return Members(json.RootElement, "packageFolders").Select(folder => Path.Combine(folder.Name, path)).FirstOrDefault(Directory.Exists);
        }

        return null;
    }

    /// <summary>What the audit of the packages came to, in the restore that the build goes by.</summary>
    public RestoreAudit Audit()
    {
        var restore = Member(Member(json.RootElement, "project"), "restore");
        var properties = Member(restore, "restoreAuditProperties");
        var logs = Elements(json.RootElement, "logs").Select(log => (Code: Text(log, "code"), Message: Text(log, "message"))).ToArray();
        var failed = logs.FirstOrDefault(log => log.Code is "NU1900" or "NU1905");
        return new RestoreAudit(
            !"true".Equals(Text(properties, "enableAudit"), StringComparison.OrdinalIgnoreCase) ? "restore did not audit the packages (NuGetAudit)"
                : failed.Code is not null ? $"restore could not audit the packages ({failed.Code}: {failed.Message})"
                : null,
            [.. logs.Where(log => RestoreAudit.Ids.Contains(log.Code)).Select(log => new Finding(log.Code!, log.Message ?? "", null, 0, 0, null)).Distinct()],
            [.. Elements(Member(restore, "warningProperties"), "noWarn").Select(id => id.GetString()!)],
            Narrowed(Text(properties, "auditMode"), Text(properties, "auditLevel"), Members(properties, "suppressedAdvisories").Count()),
            Members(restore, "sources").Any(source => source.Name == PublicSource) || Elements(restore, "configFilePaths").Any(file => NamesAuditSource(file.GetString()!)));
    }

    /// <summary>Restore warns of a source without vulnerability data (NU1905) only where it is named to be asked for it.</summary>
    static bool NamesAuditSource(string file)
    {
        try
        {
            return File.Exists(file) && XDocument.Load(file).Root?.Elements("auditSources").Elements("add").Any() == true;
        }
        catch (XmlException)
        {
            // Restore could not have read it either: it was changed since.
            return false;
        }
    }

    static string? Narrowed(string? mode, string? level, int suppressed)
    {
        string?[] ways =
        [
            mode == "direct" ? "direct references only (NuGetAuditMode)" : null,
            level is null or "low" ? null : $"severity {level} and above only (NuGetAuditLevel)",
            suppressed == 0 ? null : $"without {suppressed} suppressed {(suppressed == 1 ? "advisory" : "advisories")} (NuGetAuditSuppress)",
        ];
        return ways.Any(way => way is not null) ? $"audited {string.Join(", ", ways.Where(way => way is not null))}" : null;
    }

    public void Dispose() => json.Dispose();

    static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    static IEnumerable<JsonProperty> Members(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Object } member ? member.EnumerateObject() : [];

    static IEnumerable<JsonElement> Elements(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];

    static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;
}
