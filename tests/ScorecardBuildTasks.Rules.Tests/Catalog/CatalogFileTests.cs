using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Tests.Catalog;

public sealed class CatalogFileTests
{
    [Theory]
    [InlineData("apiVersion: v3\nkind: queue\nmetadata:\n  name: orders\n  owner: payments", "v3", "queue", 5)]
    [InlineData("schema-version: v2.2\ndd-service: orders\nteam: payments", "v2.2", "service", 3)]
    [InlineData("schema-version: v2.1\ndd-service: orders\nteam: payments", "v2.1", "service", 3)]
    [InlineData("schema-version: v2\ndd-service: orders\nteam: payments\ndd-team: other", "v2", "service", 3)]
    [InlineData("schema-version: v2\ndd-service: orders\nteam:\ndd-team: payments", "v2", "service", 4)]
    [InlineData("schema-version: v1\ninfo: {dd-service: orders}\norg: {team: payments}", "v1", "service", 3)]
    [InlineData("info: {dd-service: orders}\norg: {team: payments}", "v1", "service", 2)]
    public void EveryVersionNamesItsOwner(string yaml, string version, string kind, int ownerLine)
    {
        var document = Assert.Single(CatalogFile.Parse(yaml).Documents);
        Assert.Equal((version, kind, "orders", "payments", ownerLine), (document.SchemaVersion, document.Kind, document.Name, document.Owner, document.OwnerLine));
    }

    [Theory]
    [InlineData("owner: payments\nname: orders")]
    [InlineData("apiVersion: v4\nmetadata: {name: orders, owner: payments}")]
    [InlineData("apiVersion: backstage.io/v1alpha1\nmetadata: {name: orders}\nspec: {owner: payments}")]
    [InlineData("- owner: payments")]
    [InlineData("payments")]
    public void OtherInventoriesNameNobody(string yaml)
    {
        var document = Assert.Single(CatalogFile.Parse(yaml).Documents);
        Assert.Equal((null, null, null), (document.SchemaVersion, document.Name, document.Owner));
    }

    [Fact]
    public void CodeIsLocated()
    {
        var document = Assert.Single(CatalogFile.Parse("""
            apiVersion: v3
            kind: service
            metadata:
              name: orders
              links:
                - {name: code, type: repo, url: https://example.com/acme/orders}
                - {name: help, type: doc, url: https://example.com/help}
            datadog:
              codeLocations:
                - repositoryURL: https://example.com/acme/orders.git
                  paths: [src/orders/**, "src/shared/*"]
            """).Documents);
        Assert.Equal(["src/orders/**", "src/shared/*"], document.CodeLocationPaths);
        Assert.Equal(["https://example.com/acme/orders.git", "https://example.com/acme/orders"], document.RepositoryLinks);
    }

    [Theory]
    [InlineData("schema-version: v2\ndd-service: a\nrepos: [{name: r, url: https://example.com/r}]")]
    [InlineData("schema-version: v2.2\ndd-service: a\nlinks: [{name: r, type: repo, url: https://example.com/r}]")]
    [InlineData("schema-version: v1\ninfo: {dd-service: a}\nintegrations: {github: https://example.com/r}")]
    public void RepositoryOfOlderVersionsIsFound(string yaml) => Assert.Equal(["https://example.com/r"], CatalogFile.Parse(yaml).Documents[0].RepositoryLinks);

    [Fact]
    public void DocumentsAreReadOneByOne()
    {
        var file = CatalogFile.Parse("schema-version: v2.2\ndd-service: a\n---\na: [\n---\nschema-version: v2.2\ndd-service: b\n");
        Assert.Equal(["a", "b"], file.Documents.Select(d => d.Name));
        Assert.Equal([1, 6], file.Documents.Select(d => d.Line));
        Assert.Equal(4, Assert.Single(file.Errors).Line);
    }
}
