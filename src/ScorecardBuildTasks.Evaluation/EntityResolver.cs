using System.Text.Json;
using ScorecardBuildTasks.Catalog;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>Where an entity's name may come from, in the order in which the sources are asked.</summary>
/// <param name="Property">The MSBuild property <c>ScorecardEntity</c>.</param>
/// <param name="ProjectDirectory">Absolute.</param>
/// <param name="CatalogFile">The nearest <c>entity.datadog.yaml</c> or <c>service.datadog.yaml</c> upwards, or null.</param>
public sealed record EntitySources(
    string? Property,
    ScorecardConfiguration Configuration,
    string ProjectDirectory,
    string ProjectFile,
    string RepositoryRoot,
    string? CatalogFile,
    string AssemblyName)
{
    /// <summary>What the service runs in, as the targets found it for the rules.</summary>
    public string? Dockerfile { get; init; }
}

/// <summary>Decides which entity of the catalog a project is.</summary>
public static class EntityResolver
{
    /// <summary>Property, then <c>scorecard.json</c>, then the catalog file, then what its Dockerfile or launch settings tell the tracer, then the assembly's name as a guess.</summary>
    public static Entity Resolve(EntitySources sources, ICollection<BuildMessage> messages) =>
        FromProperty(sources) ?? FromConfiguration(sources) ?? FromCatalog(sources, messages) ?? FromDockerfile(sources) ?? FromLaunchSettings(sources)
        ?? new Entity(Reference(sources.AssemblyName.ToLowerInvariant()), "the assembly's name", Guessed: true);

    static Entity? FromProperty(EntitySources sources) =>
        string.IsNullOrWhiteSpace(sources.Property) ? null : new Entity(Reference(sources.Property.Trim()), "the property ScorecardEntity");

    static Entity? FromConfiguration(EntitySources sources) =>
        sources.Configuration.EntityOf(Relative(sources, sources.ProjectFile)) is { } entity ? new Entity(Reference(entity), ScorecardConfiguration.FileName) : null;

    static Entity? FromCatalog(EntitySources sources, ICollection<BuildMessage> messages)
    {
        if (sources.CatalogFile is not { } path)
            return null;
        CatalogFile catalog;
        try
        {
            catalog = CatalogFile.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            messages.Add(new BuildMessage(BuildMessage.CatalogFileIsUnreadable, $"the catalog file cannot be read: {e.Message}", path));
            return null;
        }

        foreach (var error in catalog.Errors.Take(1))
            messages.Add(new BuildMessage(BuildMessage.CatalogFileIsUnreadable, $"the catalog file cannot be read: {error.Message}. Correct this line; until then the file names no entity", path, error.Line, error.Column));
        if (catalog.Errors.Count > 0)
            return null;

        var named = catalog.Documents.Where(document => !string.IsNullOrWhiteSpace(document.Name)).ToArray();
        var project = Relative(sources, sources.ProjectFile);
        return Choose(named, project, sources.AssemblyName) is { } document ? new Entity($"{document.Kind ?? "service"}:{document.Name}", Relative(sources, path)) : null;
    }

    /// <summary>
    /// The document whose code location is the nearest to the project. One that says to live elsewhere is not meant, and of several services that live in the same place, or do not say where, only the one of
    /// the project's own name: two projects must not become one service because their documents share a file.
    /// </summary>
    static CatalogDocument? Choose(CatalogDocument[] named, string project, string assembly)
    {
        CatalogDocument[] meant = CodeLocation.NearestTo(project, named) is { Count: > 0 } located ? [.. located] : [.. named.Where(candidate => candidate.CodeLocationPaths.Count == 0)];
        CatalogDocument[] services = [.. meant.Where(candidate => candidate.Kind is null or "service")];
        return services switch
        {
            [] => meant is [var only] ? only : null,
            [var service] => service,
            _ => services.FirstOrDefault(service => SameName(service.Name!, assembly) || SameName(service.Name!, Path.GetFileNameWithoutExtension(project))),
        };
    }

    static bool SameName(string one, string other) => Letters(one).Equals(Letters(other), StringComparison.OrdinalIgnoreCase);

    static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    static Entity? FromDockerfile(EntitySources sources)
    {
        if (sources.Dockerfile is not { } path || !File.Exists(path))
            return null;
        var environment = Dockerfile.Parse(File.ReadAllText(path));
        return ServiceName(key => environment[key]) is { } name ? new Entity(Reference(name.Value), $"{name.Key} in {Relative(sources, path)}") : null;
    }

    static Entity? FromLaunchSettings(EntitySources sources)
    {
        var path = Path.Combine(sources.ProjectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return null;
        try
        {
            // As text, which leaves out the mark that Visual Studio begins a file with.
            using var settings = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (!settings.RootElement.TryGetProperty("profiles", out var profiles))
                return null;
            foreach (var profile in profiles.EnumerateObject())
            {
                if (!profile.Value.TryGetProperty("environmentVariables", out var variables))
                    continue;
                // Of a variable that is given twice the last one counts, as for those who start the service from this file.
                if (ServiceName(key => variables.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null) is { } name)
                    return new Entity(Reference(name.Value), $"{name.Key} in {Relative(sources, path)}");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Launch settings belong to the IDE, which reports what is wrong with them; they are only one source of several here.
            return null;
        }

        return null;
    }

    static KeyValuePair<string, string>? ServiceName(Func<string, string?> valueOf)
    {
        foreach (var key in (string[])["DD_SERVICE", "OTEL_SERVICE_NAME"])
        {
            if (valueOf(key) is { Length: > 0 } value && !value.Contains('$', StringComparison.Ordinal))
                return KeyValuePair.Create(key, value);
        }

        return null;
    }

    /// <summary><c>service</c> is the kind where none is given.</summary>
    internal static string Reference(string name) => name.Contains(':', StringComparison.Ordinal) ? name : $"service:{name}";

    static string Relative(EntitySources sources, string path) => Path.GetRelativePath(sources.RepositoryRoot, path).Replace('\\', '/');
}
