using System.Text.RegularExpressions;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks.Facts;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Which entities the projects of a repository may be, without building any.</summary>
public static partial class RepositoryEntities
{
    const string ProjectName = "$(MSBuildProjectName)";

    /// <summary>Rather one too many: every source that may name a project's entity counts, whichever of them a build takes.</summary>
    /// <returns>Null where it cannot be known: a project is not there, or a name is put together by the build.</returns>
    public static IReadOnlyCollection<Entity>? Of(string root, ScorecardConfiguration configuration)
    {
        try
        {
            var repository = new RepositoryProjects(root);
            if (repository.Files.Count == 0 || repository.MissingProject is not null)
                return null;
            var given = repository.FilesRead.ToDictionary(file => file, file => Name().Matches(File.ReadAllText(file)).ToArray());
            if (given.Values.SelectMany(names => names).Any(name => name.Groups["value"].Value.Replace(ProjectName, "", StringComparison.Ordinal).Contains("$(", StringComparison.Ordinal)))
                return null;
            var common = given.Where(file => Path.GetExtension(file.Key) is ".props" or ".targets").SelectMany(file => file.Value).ToArray();
            return [.. repository.Files.SelectMany(project => Of(project, [.. common, .. given[project]], root, configuration)).Distinct()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read may be what names the entity.
            return null;
        }
    }

    static IEnumerable<Entity> Of(string project, IReadOnlyList<Match> names, string root, ScorecardConfiguration configuration)
    {
        var folder = Path.GetDirectoryName(project)!;
        var name = Path.GetFileNameWithoutExtension(project);
        foreach (var entity in Values("ScorecardEntity"))
            yield return Resolve(entity, null, name);
        foreach (var catalog in CatalogFilesAbove(folder, root).DefaultIfEmpty(null))
        {
            foreach (var assembly in Values("AssemblyName").Append(name))
                yield return Resolve(null, catalog, assembly);
        }

        IEnumerable<string> Values(string property) =>
            names.Where(match => match.Groups["property"].Value == property).Select(match => match.Groups["value"].Value.Replace(ProjectName, name, StringComparison.Ordinal));

        Entity Resolve(string? property, string? catalog, string assembly) =>
            EntityResolver.Resolve(new EntitySources(property, configuration, folder, project, root, catalog, assembly) { Dockerfile = Path.Combine(folder, "Dockerfile") }, []);
    }

    static IEnumerable<string?> CatalogFilesAbove(string folder, string root)
    {
        for (var above = folder; above is not null && above.Length >= root.Length; above = Path.GetDirectoryName(above))
        {
            foreach (var file in (string[])["entity.datadog.yaml", "service.datadog.yaml"])
            {
                if (Path.Combine(above, file) is var path && File.Exists(path))
                    yield return path;
            }
        }
    }

    [GeneratedRegex(@"<(?<property>ScorecardEntity|AssemblyName)(\s[^>]*)?>\s*(?<value>[^<]+?)\s*</", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
