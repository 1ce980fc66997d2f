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
    readonly string folder;

    AssetsFile(JsonDocument json, string folder) => (this.json, this.folder) = (json, folder);

    /// <summary>Null where there is none, or none that can be read: restore itself says what is wrong with it.</summary>
    public static AssetsFile? Read(string path)
    {
        return Parse(path) is { } json ? new AssetsFile(json, Path.GetDirectoryName(Path.GetFullPath(path))!) : null;
    }

    static JsonDocument? Parse(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            return null;
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
        var project = Member(json.RootElement, "project");
        var restore = Member(project, "restore");
        var properties = Member(restore, "restoreAuditProperties");
        var logs = Elements(json.RootElement, "logs").Select(log => (Code: Text(log, "code"), Message: Text(log, "message"))).ToArray();
        var failed = logs.FirstOrDefault(log => RestoreAudit.FailureIds.Contains(log.Code));
        string[] off = [.. NoWarnOf(restore)];
        return new RestoreAudit(
            !"true".Equals(Text(properties, "enableAudit"), StringComparison.OrdinalIgnoreCase) ? "restore did not audit the packages (NuGetAudit)"
                : failed.Code is not null ? $"restore could not audit the packages ({failed.Code}: {failed.Message})"
                : RestoreAudit.FailureIds.FirstOrDefault(off.Contains) is { } unheard ? $"{unheard} is switched off (NoWarn), so an audit of the packages that failed would not show"
                : null,
            [.. logs.Where(log => RestoreAudit.Ids.Contains(log.Code)).Select(log => new Finding(log.Code!, log.Message ?? "", null, 0, 0, null)).Distinct()],
            off,
            Narrowed(Text(properties, "auditMode"), Text(properties, "auditLevel")),
            Members(restore, "sources").Any(source => source.Name == PublicSource) || Elements(restore, "configFilePaths").Any(file => NamesAuditSource(file.GetString()!)))
        {
            Level = Text(properties, "auditLevel")?.ToLowerInvariant(),
            OffFor = [.. OffIn(project, null).Concat(OffInReferences(Text(restore, "projectPath"))).Where(one => !off.Contains(one.Id)).Distinct()],
            SuppressedAdvisories = [.. Members(properties, "suppressedAdvisories").Select(advisory => advisory.Name)],
        };
    }

    /// <summary>Of the packages that come with a referenced project restore heeds its NoWarn too, and says so only in the graph that it leaves beside the assets.</summary>
    (string Id, string Of)[] OffInReferences(string? project)
    {
        using var graph = project is null ? null : Parse(Path.Combine(folder, $"{Path.GetFileName(project)}.nuget.dgspec.json"));
        return graph is null ? [] : [.. Members(graph.RootElement, "projects").Where(reference => reference.Name != project).SelectMany(reference => OffIn(reference.Value, Path.GetFileName(reference.Name)))];
    }

    static IEnumerable<(string Id, string Of)> OffIn(JsonElement project, string? reference) =>
        Members(project, "frameworks")
            .SelectMany(framework => Members(framework.Value, "dependencies"))
            .Where(dependency => Text(dependency.Value, "target") != "Project")
            .SelectMany(dependency => NoWarn(dependency.Value).Select(id => (id, reference is null ? dependency.Name : $"{dependency.Name} in {reference}")))
            .Concat(reference is null ? [] : NoWarnOf(Member(project, "restore")).Select(id => (id, $"the packages of {reference}")))
            .Where(one => RestoreAudit.Ids.Contains(one.Item1));

    static IEnumerable<string> NoWarnOf(JsonElement restore) => NoWarn(Member(restore, "warningProperties"));

    static IEnumerable<string> NoWarn(JsonElement element) => Elements(element, "noWarn").Select(id => id.GetString()!);

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

    static string? Narrowed(string? mode, string? level)
    {
        string?[] ways =
        [
            mode == "direct" ? "direct references only (NuGetAuditMode)" : null,
            level is null or "low" ? null : $"severity {level} and above only (NuGetAuditLevel)",
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
