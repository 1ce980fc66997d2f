using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>What a catalog file says of one entity: its own document, and those in the file that it inherits from.</summary>
sealed class CatalogEntry
{
    readonly List<CatalogDocument> documents;

    CatalogEntry(CatalogDocument document, CatalogFile file)
    {
        documents = [document];
        while (documents[documents.Count - 1].InheritsFrom is { } reference)
        {
            var (kind, name) = Parse(reference);
            var parent = file.Documents.FirstOrDefault(d => IsNamed(d, kind, name));
            if (parent is null)
                InheritsFromElsewhere = reference;
            if (parent is null || documents.Contains(parent))
                return;
            documents.Add(parent);
        }
    }

    public CatalogDocument Document => documents[0];

    /// <summary>The entity's own document first.</summary>
    public IReadOnlyList<CatalogDocument> Documents => documents;

    /// <summary>An entity outside the file whose metadata this one takes over.</summary>
    public string? InheritsFromElsewhere { get; }

    /// <summary>
    /// The entry of the project, or those of which one must be its: by the entity that it is said to be, by the code's place, by the only service in the file, by its name.
    /// Empty when the file names no entity.
    /// </summary>
    public static IReadOnlyList<CatalogEntry> Of(RuleContext rule)
    {
        if (rule.Catalog is not { } catalog)
            return [];
        var known = catalog.File.Documents.Where(d => d.SchemaVersion is not null).ToList();
        var (kind, name) = Parse(rule.Entity);
        var found = name.Length == 0 ? [] : known.FindAll(d => IsNamed(d, kind, name));
        if (found.Count == 0 && rule.Build.ProjectFolderInRepository is { } folder)
            found = CodeLocation.NearestTo($"{folder}{rule.Build.ProjectName}.csproj", known);
        if (found.Count == 0)
            found = known.FindAll(d => d.Kind is null or "service");
        if (found.Count > 1)
            found = found.FindAll(d => IsCalled(rule, d.Name)) is { Count: > 0 } called ? called : found;
        return (found.Count > 0 ? found : known).ConvertAll(d => new CatalogEntry(d, catalog.File));
    }

    /// <summary>Kind and name of <c>kind:namespace/name</c>; the kind is empty where none is given.</summary>
    static (string Kind, string Name) Parse(string reference)
    {
        var colon = reference.IndexOf(':');
        return (reference.Substring(0, Math.Max(colon, 0)), reference.Substring(Math.Max(colon, reference.LastIndexOf('/')) + 1));
    }

    static bool IsNamed(CatalogDocument document, string kind, string name) =>
        string.Equals(document.Name, name, StringComparison.OrdinalIgnoreCase) && (kind.Length == 0 || string.Equals(document.Kind, kind, StringComparison.OrdinalIgnoreCase));

    static bool IsCalled(RuleContext rule, string? name)
    {
        var (project, assembly) = (rule.Build.ProjectName, rule.Compilation.AssemblyName ?? "");
        var folder = Path.GetFileName(rule.Build.ProjectDirectory.Replace('\\', '/').TrimEnd('/'));
        return new[] { project, assembly, folder, project.Substring(project.LastIndexOf('.') + 1) }.Any(n => n.Length > 0 && Letters(n) == Letters(name ?? ""));
    }

    static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
