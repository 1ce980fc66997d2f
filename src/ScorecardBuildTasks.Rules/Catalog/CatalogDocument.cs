using System.Globalization;

namespace ScorecardBuildTasks.Catalog;

/// <summary>One entity of a catalog file, with the differences between the versions of the schema resolved.</summary>
sealed class CatalogDocument
{
    internal CatalogDocument(YamlDocument document)
    {
        (Root, Line) = (document.Root, document.Line);
        var declared = (Root["apiVersion"] ?? Root["schema-version"])?.Text;
        DeclaredVersion = declared;
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
        OtherOwners = (Root["metadata"]?["additionalOwners"]?.Items ?? []).Select(o => o["name"]?.Text).OfType<string>().ToList();
        InheritsFrom = Root["metadata"]?["inheritFrom"]?.Text;
        CodeLocationPaths = (Root["datadog"]?["codeLocations"]?.Items ?? []).SelectMany(l => l["paths"]?.Items ?? []).Select(p => p.Text).OfType<string>().ToList();
        Contacts = new[] { Root["contacts"], Root["metadata"]?["contacts"] }.SelectMany(list => list?.Items ?? []).Select(c => c["contact"])
            .Concat((Root["contact"]?.Entries ?? []).Select(e => e.Value)).Select(c => c?.Text).OfType<string>().ToList();
        OnCallIntegrations = (Root["integrations"]?.Entries ?? [])
            .Where(e => e.Key is "pagerduty" or "opsgenie" or "jiraServiceManagementOps" && (e.Value.Text ?? e.Value.Entries.Select(v => v.Value.Text).FirstOrDefault(t => t is not null)) is not null)
            .Select(e => e.Key).ToList();
        Links = AllLinks().Where(l => l.Url is not null).ToList();
        RepositoryLinks = Links.Where(l => l.IsRepository).Select(l => l.Url!).Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary><c>v1</c>, <c>v2</c>, <c>v2.1</c>, <c>v2.2</c> or <c>v3</c>; null when the document is of none of them.</summary>
    public string? SchemaVersion { get; }

    /// <summary>The version as the document writes it, whether it is known or not.</summary>
    public string? DeclaredVersion { get; }

    /// <summary>Of a version that came after those known here, or of another catalog's format (<c>backstage.io/v1alpha1</c>): nothing can be said about it.</summary>
    public bool IsForeign => SchemaVersion is null && DeclaredVersion is { } version
        && (version.Contains("/") || (version[0] == 'v' && decimal.TryParse(version.Substring(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 3));

    /// <summary>The entity's kind (<c>service</c>, <c>queue</c>, <c>datastore</c> …); every document before v3 is a service.</summary>
    public string? Kind { get; }

    public string? Name { get; }

    /// <summary>The owning team as written: <c>metadata.owner</c> (v3), <c>team</c>, else <c>dd-team</c> (v2.x), <c>org.team</c> (v1).</summary>
    public string? Owner { get; }

    /// <summary><c>metadata.additionalOwners</c> (v3).</summary>
    public IReadOnlyList<string> OtherOwners { get; }

    /// <summary>The entity whose metadata this one takes over where it has none itself (v3), as <c>kind:namespace/name</c>.</summary>
    public string? InheritsFrom { get; }

    /// <summary>The line of the owner's value; the document's first line when there is no such key.</summary>
    public int OwnerLine { get; }

    /// <summary>The globs of <c>datadog.codeLocations[].paths</c> (v3).</summary>
    public IReadOnlyList<string> CodeLocationPaths { get; }

    /// <summary>The addresses and channels of the contacts.</summary>
    public IReadOnlyList<string> Contacts { get; }

    /// <summary>The keys of integrations that page somebody and say whom.</summary>
    public IReadOnlyList<string> OnCallIntegrations { get; }

    /// <summary>Everything that the document links, whatever the key is called in its version.</summary>
    public IReadOnlyList<CatalogLink> Links { get; }

    /// <summary>Addresses of the repositories that the entity's code is said to live in.</summary>
    public IReadOnlyList<string> RepositoryLinks { get; }

    public YamlNode Root { get; }

    public int Line { get; }

    IEnumerable<CatalogLink> AllLinks()
    {
        foreach (var location in Root["datadog"]?["codeLocations"]?.Items ?? [])
            yield return new CatalogLink(null, "repo", location["repositoryURL"]?.Text);
        foreach (var repository in Root["repos"]?.Items ?? [])
            yield return new CatalogLink(repository["name"]?.Text, "repo", repository["url"]?.Text);
        foreach (var doc in Root["docs"]?.Items ?? [])
            yield return new CatalogLink(doc["name"]?.Text, "doc", doc["url"]?.Text);
        foreach (var link in new[] { Root["links"], Root["metadata"]?["links"], Root["external-resources"] }.SelectMany(links => links?.Items ?? []))
            yield return new CatalogLink(link["name"]?.Text, link["type"]?.Text, link["url"]?.Text);
        yield return new CatalogLink(null, "repo", Root["integrations"]?["github"]?.Text);
    }
}

/// <summary>A link of a catalog document.</summary>
/// <param name="Type">As written; free text since v2.2.</param>
sealed record CatalogLink(string? Name, string? Type, string? Url)
{
    public bool IsRepository => Is("repo", "repository", "code");

    public bool IsDocumentation => Is("doc", "docs", "documentation", "wiki") && !IsRunbook;

    /// <summary>By its type, or by its name where the version has no such type.</summary>
    public bool IsRunbook => Is("runbook", "oncall", "on-call", "playbook") || Says("runbook") || Says("run book") || Says("playbook");

    bool Is(params string[] types) => Array.Exists(types, t => string.Equals(t, Type, StringComparison.OrdinalIgnoreCase));

    bool Says(string word) => Name?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
