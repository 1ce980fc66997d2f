using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1010CatalogFileIsValidTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";

    [Fact]
    public async Task PlacesInTheFileAreNamed()
    {
        var finding = Assert.Single(await RuleTest.FailsAsync<SCORE1010CatalogFileIsValid>(Catalog(Start, """
            apiVersion: v3
            kind: service
            metadata:
              name: checkout
              ownr: payments
            spec:
              tier: 1
              typo: a
              another: b
            """)));
        Assert.Equal(
            "'entity.datadog.yaml:5' is not valid: 'metadata.ownr' is no key of this version; line 7: 'spec.tier' is 1, which is no text without quotes; "
                + "line 8: 'spec.typo' is no key of this version; and 1 more (blocks level 1 of 'Ownership & Documentation')",
            finding.GetMessage());
        Assert.Equal(
            ["/repo/src/entity.datadog.yaml: (4,2)-(4,2)", "/repo/src/entity.datadog.yaml: (6,8)-(6,8)", "/repo/src/entity.datadog.yaml: (7,2)-(7,2)", "/repo/src/entity.datadog.yaml: (8,2)-(8,2)"],
            finding.AdditionalLocations.Select(l => l.GetLineSpan().ToString()));
    }

    [Fact]
    public Task MistakeInYamlFails() => RuleTest.FailsAsync<SCORE1010CatalogFileIsValid>(Catalog(Start, "apiVersion: v3\nmetadata:\n\tname: checkout\n"),
        "'entity.datadog.yaml:3' is not valid: A tab indents this line; YAML wants spaces (blocks level 1 of 'Ownership & Documentation')");

    [Fact]
    public Task MistakeInAnyDocumentFails() => RuleTest.FailsAsync<SCORE1010CatalogFileIsValid>(
        Catalog(Start, "schema-version: v2.2\ndd-service: a\n---\nschema-version: v2.2\nname: b\n---\n? c\n: d\n"),
        "'entity.datadog.yaml:4' is not valid: 'dd-service' is missing; line 5: 'name' is no key of this version (blocks level 1 of 'Ownership & Documentation')");

    [Theory]
    [InlineData("")]
    [InlineData("# to do\n---\n")]
    [InlineData("owner: payments\nname: checkout\n")]
    [InlineData("- apiVersion: v3\n")]
    [InlineData("{")]
    [InlineData("a: *b\n")]
    [InlineData("<<<<<<< HEAD\nschema-version: v2.2\n=======\nschema-version: v3\n>>>>>>> theirs\n")]
    [InlineData("{\"apiVersion\": \"v3\", \"kind\": \"service\"}")]
    public Task FileThatIsNoCatalogFails(string yaml) => RuleTest.FailsAsync<SCORE1010CatalogFileIsValid>(Catalog(Start, yaml));

    [Theory]
    [InlineData("schema-version: v2.2\ndd-service: a\nteam: b\n")]
    [InlineData("schema-version: v2\r\ndd-service: a\r\n---\r\napiVersion: v3\r\nkind: queue\r\nmetadata: {name: orders}\r\n...\r\n")]
    [InlineData("\uFEFF# ours\n--- # first\nschema-version: \"v2.1\"\ndd-service: &name a\ndescription: >-\n  Takes\n  orders\ntags: [*name]\n")]
    [InlineData("{\"apiVersion\": \"v3\", \"kind\": \"service\", \"metadata\": {\"name\": \"a\"}}")]
    public Task ValidFilePasses(string yaml) => RuleTest.PassesAsync<SCORE1010CatalogFileIsValid>(Catalog(Unmarked, yaml));

    [Theory]
    [InlineData("? apiVersion\n: v3\n", "line 1, cannot be judged: Complex keys")]
    [InlineData("apiVersion: v5\nkind: anything\n", "line 1, is of the version 'v5', which is not known")]
    [InlineData("schema-version: v2.2\ndd-service: a\n---\napiVersion: backstage.io/v1alpha1\n", "line 4, is of the version 'backstage.io/v1alpha1'")]
    public Task FileBeyondTheReaderIsUndecided(string yaml, string reason) => RuleTest.StandsAsideAsync<SCORE1010CatalogFileIsValid>(Catalog(Unmarked, yaml), "undecided", reason);

    [Fact]
    public Task NoFileDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1010CatalogFileIsValid>(TestProject.Service(Unmarked), "notApplicable", "there is no catalog file");

    [Fact]
    public Task YamlOfAnotherKindDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1010CatalogFileIsValid>(
        TestProject.Service(Unmarked).WithFile("/repo/src/docker-compose.yaml", "other", "a: ["), "notApplicable", "there is no catalog file");

    [Fact]
    public Task HiddenRepositoryIsNotJudged() => RuleTest.StandsAsideAsync<SCORE1010CatalogFileIsValid>(
        TestProject.Service(Unmarked).WithFacts("repository-not-visible = sparse checkout"), "notVisible", "sparse checkout");

    [Fact]
    public Task MainMethodIsPointedAt() => RuleTest.FailsAsync<SCORE1010CatalogFileIsValid>(
        Catalog("static class Program\n{\n    static void [|Main|]() { }\n}\n", "a: ["));

    static TestProject Catalog(string program, string yaml) => TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
}
