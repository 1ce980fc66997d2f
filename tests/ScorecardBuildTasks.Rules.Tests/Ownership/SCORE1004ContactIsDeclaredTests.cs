using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1004ContactIsDeclaredTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";
    const string V3 = "apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n";

    [Theory]
    [InlineData("schema-version: v1\ninfo: {dd-service: checkout}\ncontact: {slack: https://acme.slack.com/archives/c}\n")]
    [InlineData("schema-version: v2\ndd-service: checkout\ncontacts: [{type: email, contact: a@acme.example}]\n")]
    [InlineData("schema-version: v2.1\ndd-service: checkout\ncontacts: [{type: email, contact: a@acme.example}]\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\ncontacts:\n- type: email\n  contact: a@acme.example\n")]
    [InlineData(V3 + "  contacts:\n  - {type: email, contact: TODO}\n  - {type: email, contact: a@acme.example}\n")]
    [InlineData("apiVersion: v3\nkind: system\nmetadata: {name: shop}\n---\n" + V3 + "  contacts: [{type: email, contact: a@acme.example}]\n")]
    public Task ContactOfEveryVersionPasses(string yaml) => RuleTest.PassesAsync<SCORE1004ContactIsDeclared>(Catalog(Unmarked, yaml));

    [Theory]
    [InlineData("schema-version: v1\ninfo: {dd-service: checkout}\ncontact: {}\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\ncontacts: []\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\ncontacts:\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\ncontacts: [{type: email}]\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\ncontacts: {type: email, contact: a@acme.example}\n")]
    [InlineData(V3 + "contacts: [{type: email}]\n")]
    [InlineData(V3 + "  contacts: [{type: email, contact: TBD}]\n")]
    [InlineData(V3 + "  contacts: [a@acme.example]\n")]
    [InlineData("owner: payments\ncontact: a@acme.example\n")]
    [InlineData("apiVersion: v2\nmetadata: {name: checkout}\n")]
    [InlineData("")]
    public Task EntryWithoutContactFails(string yaml) => RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(Catalog(Start, yaml));

    [Fact]
    public async Task EntryIsNamedWithItsPlace()
    {
        var finding = Assert.Single(await RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(Catalog(Start, "# ours\n" + V3)));
        Assert.Equal("'checkout' declares no contact in entity.datadog.yaml, line 2 (blocks level 2 of 'Ownership & Documentation')", finding.GetMessage());
        Assert.Equal(1, Assert.Single(finding.AdditionalLocations).GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public Task NoCatalogFileFails() => RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(TestProject.Service(Start),
        "'Checkout' declares no contact: there is no catalog file, neither beside it nor in a folder above it (blocks level 2 of 'Ownership & Documentation')");

    [Fact]
    public Task FileWithoutServiceFails() => RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(Catalog(Start, "owner: payments\n"),
        "'Checkout' declares no contact: entity.datadog.yaml describes no service (blocks level 2 of 'Ownership & Documentation')");

    const string TwoServices = """
        apiVersion: v3
        kind: service
        metadata:
          name: orders
          contacts: [{type: email, contact: a@acme.example}]
        ---
        apiVersion: v3
        kind: service
        metadata: {name: billing}
        datadog:
          codeLocations:
            - paths: [lib/billing]
        """;

    [Fact]
    public Task OneOfSeveralServicesIsUndecided() => RuleTest.StandsAsideAsync<SCORE1004ContactIsDeclared>(
        Catalog(Unmarked, TwoServices), "undecided", "'billing' declares no contact, others in entity.datadog.yaml do not");

    [Theory]
    [InlineData("ScorecardEntity", "service:orders", true)]
    [InlineData("ScorecardEntity", "billing", false)]
    [InlineData("MSBuildProjectName", "Acme.Orders", true)]
    [InlineData("MSBuildProjectDirectory", "/repo/src/billing", false)]
    [InlineData("MSBuildProjectDirectory", "/repo/lib/billing/api", false)]
    public async Task EntryOfTheServiceIsFound(string property, string value, bool passes)
    {
        if (passes)
            await RuleTest.PassesAsync<SCORE1004ContactIsDeclared>(Catalog(Unmarked, TwoServices).With(property, value));
        else
            await RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(Catalog(Start, TwoServices).With(property, value));
    }

    /// <summary>Both locations cover the service; the one that has no contact is the other's.</summary>
    [Theory]
    [InlineData("src/**", "src/Checkout/**", true)]
    [InlineData("src/Checkout/**", "src/**", false)]
    public async Task EntryOfTheNearestLocationIsMeant(string billing, string orders, bool passes)
    {
        var yaml = TwoServices.Replace("[lib/billing]", $"[{billing}]", StringComparison.Ordinal)
            .Replace("  contacts: [{type: email, contact: a@acme.example}]", $"  contacts: [{{type: email, contact: a@acme.example}}]\ndatadog: {{codeLocations: [{{paths: [{orders}]}}]}}", StringComparison.Ordinal);
        if (passes)
            await RuleTest.PassesAsync<SCORE1004ContactIsDeclared>(Catalog(Unmarked, yaml));
        else
            await RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(Catalog(Start, yaml));
    }

    [Fact]
    public Task EntityOfAnotherKindIsNotMeant() => RuleTest.FailsAsync<SCORE1004ContactIsDeclared>(Catalog(Start,
        "apiVersion: v3\nkind: queue\nmetadata: {name: checkout, contacts: [{type: email, contact: a@acme.example}]}\n---\n" + V3).With("ScorecardEntity", "service:checkout"));

    [Fact]
    public Task InheritedContactPasses() => RuleTest.PassesAsync<SCORE1004ContactIsDeclared>(Catalog(Unmarked,
        V3 + "  inheritFrom: system:shop\n---\napiVersion: v3\nkind: system\nmetadata: {name: shop, contacts: [{type: email, contact: a@acme.example}]}\n"));

    [Fact]
    public Task ContactInheritedFromElsewhereIsUndecided() => RuleTest.StandsAsideAsync<SCORE1004ContactIsDeclared>(
        Catalog(Unmarked, V3 + "  inheritFrom: system:default/shop\n"), "undecided", "'checkout' inherits from 'system:default/shop'");

    [Theory]
    [InlineData("apiVersion: v4\nkind: service\nmetadata: {name: checkout}\n", "line 1, is of the version 'v4'")]
    [InlineData("apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: checkout}\n", "'backstage.io/v1alpha1', which is not known")]
    [InlineData("apiVersion: v3\nmetadata:\n\tname: checkout\n", "entity.datadog.yaml cannot be read, line 3: A tab")]
    [InlineData("? a\n: b\n", "cannot be read, line 1")]
    public Task FileThatCannotBeJudgedIsUndecided(string yaml, string reason) => RuleTest.StandsAsideAsync<SCORE1004ContactIsDeclared>(Catalog(Unmarked, yaml), "undecided", reason);

    [Fact]
    public Task HiddenRepositoryIsNotJudged() => RuleTest.StandsAsideAsync<SCORE1004ContactIsDeclared>(
        TestProject.Service(Unmarked).WithFacts("repository-not-visible = sparse checkout"), "notVisible", "sparse checkout");

    static TestProject Catalog(string program, string yaml) => TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
}
