namespace ScorecardBuildTasks.Catalog;

/// <summary>A Software Catalog file (<c>entity.datadog.yaml</c>, <c>service.datadog.yaml</c>) of any version, as its documents.</summary>
sealed class CatalogFile
{
    CatalogFile(IReadOnlyList<CatalogDocument> documents, IReadOnlyList<TextError> errors) => (Documents, Errors) = (documents, errors);

    public IReadOnlyList<CatalogDocument> Documents { get; }

    /// <summary>What makes a document unreadable; such a document is not among <see cref="Documents"/>.</summary>
    public IReadOnlyList<TextError> Errors { get; }

    public static CatalogFile Parse(string text)
    {
        var (documents, errors) = YamlReader.Read(text);
        return new CatalogFile(documents.Select(d => new CatalogDocument(d)).ToList(), errors);
    }
}
