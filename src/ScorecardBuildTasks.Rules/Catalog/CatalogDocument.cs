namespace ScorecardBuildTasks.Catalog;

/// <summary>One entity of a catalog file, with the differences between the versions of the schema resolved.</summary>
sealed class CatalogDocument
{
    internal CatalogDocument(YamlDocument document)
    {
        (Root, Line) = (document.Root, document.Line);
        var declared = (Root["apiVersion"] ?? Root["schema-version"])?.Text;
        // In v1 alone the version may be left out.
        SchemaVersion = declared is "v1" or "v2" or "v2.1" or "v2.2" or "v3" ? declared : declared is null && Root["info"]?["dd-service"] is not null ? "v1" : null;
        var (name, owner) = SchemaVersion switch
        {
            "v1" => (Root["info"]?["dd-service"], Root["org"]?["team"]),
            "v3" => (Root["metadata"]?["name"], Root["metadata"]?["owner"]),
            null => (null, null),
            _ => (Root["dd-service"], Root["team"]?.Text is null ? Root["dd-team"] ?? Root["team"] : Root["team"]),
        };
        Kind = SchemaVersion == "v3" ? Root["kind"]?.Text : SchemaVersion is null ? null : "service";
        Name = name?.Text;
        Owner = owner?.Text;
        OwnerLine = owner?.Line ?? Line;
        CodeLocationPaths = (Root["datadog"]?["codeLocations"]?.Items ?? []).SelectMany(l => l["paths"]?.Items ?? []).Select(p => p.Text).OfType<string>().ToList();
        RepositoryLinks = Repositories().Select(r => r?.Text).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary><c>v1</c>, <c>v2</c>, <c>v2.1</c>, <c>v2.2</c> or <c>v3</c>; null when the document is of none of them.</summary>
    public string? SchemaVersion { get; }

    /// <summary>The entity's kind (<c>service</c>, <c>queue</c>, <c>datastore</c> …); every document before v3 is a service.</summary>
    public string? Kind { get; }

    public string? Name { get; }

    /// <summary>The owning team as written: <c>metadata.owner</c> (v3), <c>team</c>, else <c>dd-team</c> (v2.x), <c>org.team</c> (v1).</summary>
    public string? Owner { get; }

    /// <summary>The line of the owner's value; the document's first line when there is no such key.</summary>
    public int OwnerLine { get; }

    /// <summary>The globs of <c>datadog.codeLocations[].paths</c> (v3).</summary>
    public IReadOnlyList<string> CodeLocationPaths { get; }

    /// <summary>Addresses of the repositories that the entity's code is said to live in.</summary>
    public IReadOnlyList<string> RepositoryLinks { get; }

    public YamlNode Root { get; }

    public int Line { get; }

    IEnumerable<YamlNode?> Repositories()
    {
        foreach (var location in Root["datadog"]?["codeLocations"]?.Items ?? [])
            yield return location["repositoryURL"];
        foreach (var repository in Root["repos"]?.Items ?? [])
            yield return repository["url"];
        foreach (var link in new[] { Root["links"], Root["metadata"]?["links"], Root["external-resources"] }.SelectMany(links => links?.Items ?? []))
        {
            if (link["type"]?.Text is "repo")
                yield return link["url"];
        }
        yield return Root["integrations"]?["github"];
    }
}
