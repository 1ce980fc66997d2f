using System.Text.Json;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tool.Doctor;

/// <summary>A project's properties, as MSBuild evaluates them. Nothing is built.</summary>
sealed class EvaluatedProject
{
    static readonly string[] Properties =
    [
        "_ScorecardTargetsImported", "_ScorecardActive", "_ScorecardReportFile", "_ScorecardCatalogFile", "_ScorecardDockerfile", "_ScorecardErrorLogFile", "_ScorecardRoot", "_ScorecardSdkIsSupported",
        "AssemblyName", "MSBuildProjectExtension", "NETCoreSdkVersion", "ProjectAssetsFile", "TargetFramework", "TargetFrameworks",
        "ScorecardApiUrl", "ScorecardConfigFile", "ScorecardConfigurationHash", "ScorecardDefaultBranch", "ScorecardEnabled", "ScorecardEntity", "ScorecardOutputDirectory", "ScorecardProjectKind", "ScorecardPublish", "ScorecardReport",
    ];

    readonly IReadOnlyDictionary<string, string> properties;

    EvaluatedProject(string file, IReadOnlyDictionary<string, string> properties)
    {
        File = file;
        this.properties = properties;
    }

    /// <summary>Absolute.</summary>
    public string File { get; }

    /// <summary>Empty where the project does not have the property.</summary>
    public string this[string property] => properties.GetValueOrDefault(property, "");

    public IReadOnlyList<string> Frameworks =>
        this["TargetFramework"] is { Length: > 0 } only ? [only] : this["TargetFrameworks"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Where the repository's root is not known, the project's folder.</summary>
    public string Root => this["_ScorecardRoot"];

    /// <summary>The project's path as reports name it.</summary>
    public string RelativeFile => Path.GetRelativePath(Root, File).Replace('\\', '/');

    /// <summary>The project as it stands, or one framework of it as a report build has it right before the compiler runs.</summary>
    /// <exception cref="ToolException">MSBuild cannot evaluate the project.</exception>
    public static async Task<EvaluatedProject> ReadAsync(ToolContext context, string file, string? configuration, string? framework, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var exitCode = await DotNet.RunAsync(context, Path.GetDirectoryName(file)!, Arguments(), Keep, cancellationToken);
        var text = string.Join('\n', lines);
        if (exitCode != 0 || text.IndexOf('{', StringComparison.Ordinal) is not (>= 0 and var start))
            throw new ToolException($"{file} cannot be evaluated: {lines.Find(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? text}");
        using var json = JsonDocument.Parse(text[start..]);
        return new EvaluatedProject(file, json.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString() ?? "", StringComparer.Ordinal));

        IEnumerable<string> Arguments() =>
        [
            "msbuild", file, "-nologo", $"-getProperty:{string.Join(',', Properties)}",
            .. configuration is null ? (string[])[] : [$"-p:Configuration={configuration}"],
            .. framework is null ? (string[])[] : [$"-p:TargetFramework={framework}", "-p:ScorecardReport=true", "-t:_ScorecardDetect;_ScorecardErrorLog"],
        ];

        void Keep(string line)
        {
            lock (lines)
                lines.Add(line);
        }
    }

    /// <summary>The configuration that a build of the project goes by.</summary>
    public ScorecardConfiguration Configuration(ICollection<BuildMessage> messages)
    {
        return ScorecardConfiguration.Load(this["ScorecardConfigFile"], messages, Root, PackageFolder);

        string? PackageFolder(string id)
        {
            using var assets = AssetsFile.Read(this["ProjectAssetsFile"]);
            return assets?.PackageFolder(id);
        }
    }

    public Entity Entity(ScorecardConfiguration configuration, ICollection<BuildMessage> messages) => EntityResolver.Resolve(
        new EntitySources(this["ScorecardEntity"], configuration, Path.GetDirectoryName(File)!, File, Root, this["_ScorecardCatalogFile"] is { Length: > 0 } catalog ? catalog : null, this["AssemblyName"]) { Dockerfile = this["_ScorecardDockerfile"] is { Length: > 0 } dockerfile ? dockerfile : null }, messages);
}
