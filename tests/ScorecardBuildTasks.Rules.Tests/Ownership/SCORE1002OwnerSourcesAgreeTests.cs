using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1002OwnerSourcesAgreeTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";
    const string Catalog = "apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n  owner: payments\n";

    [Fact]
    public async Task AttributeAndCatalogThatDisagreeFail()
    {
        var finding = Assert.Single(await RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(
            TestProject.Service(Owned("shop", Start)).WithFile("/repo/src/entity.datadog.yaml", "catalog", Catalog)));
        Assert.Equal("'Checkout' has two owners: 'shop' in AssemblyMetadata and 'payments' in entity.datadog.yaml, line 5 (blocks level 2 of 'Ownership & Documentation')", finding.GetMessage());
        var place = Assert.Single(finding.AdditionalLocations).GetLineSpan();
        Assert.Equal(("/repo/src/entity.datadog.yaml", 4), (place.Path, place.StartLinePosition.Line));
    }

    [Fact]
    public Task PropertyAndAttributeThatDisagreeFail() => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Start)).With("ServiceOwner", "payments"),
        "'Checkout' has two owners: 'shop' in AssemblyMetadata and 'payments' in the property ServiceOwner (blocks level 2 of 'Ownership & Documentation')");

    [Fact]
    public Task TwoAttributesThatDisagreeFail() => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(TestProject.Service(Owned("shop", Owned("payments", Start))));

    /// <summary>The build writes its property into an attribute.</summary>
    [Fact]
    public Task PropertyAndItsAttributeAreOneSource() => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(TestProject.Service(Owned("shop", Unmarked)).With("ServiceOwner", "shop"));

    [Theory]
    [InlineData("* @acme/shop\n")]
    [InlineData("* @acme/payments\n/src/ @acme/shop @acme/web\n")]
    [InlineData("/src/Checkout/ @acme/payments\n/src/ @acme/shop\n")]
    [InlineData("/src/Checkout @acme/payment\n")]
    [InlineData("* @group/payments/shop\n")]
    [InlineData("[Code]\n/src/ @acme/shop\n[Docs] @acme/writers\n*.md\n")]
    public Task CodeOwnersThatNameAnotherTeamFail(string codeOwners) => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(CodeOwners(Start, codeOwners));

    [Fact]
    public Task LineOfCodeOwnersIsNamed() => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(
        CodeOwners(Start, "# who owns what\n* @acme/payments\n/src/ @maria @acme/shop\n"),
        "'Checkout' has two owners: 'payments' in entity.datadog.yaml, line 5, and '@acme/shop' in CODEOWNERS, line 3 (blocks level 2 of 'Ownership & Documentation')");

    [Theory]
    [InlineData("* @acme/payments\n")]
    [InlineData("* @acme/team-payments\n")]
    [InlineData("* @acme/payments-maintainers\n")]
    [InlineData("* @acme/Payments_Team\n")]
    [InlineData("* @acme/backend/payments\n")]
    [InlineData("* @acme/shop @acme/payments\n")]
    [InlineData("* @acme/shop\n/src/Checkout/ @payments\n")]
    [InlineData("* @acme/shop\n/src/\n")]
    [InlineData("/docs/ @acme/shop\n")]
    [InlineData("*.cs @acme/shop\n")]
    [InlineData("* @maria\n")]
    [InlineData("* maria@acme.example\n")]
    [InlineData("* @@maintainer\n")]
    [InlineData("!/src/ @acme/shop\n")]
    [InlineData("* @acme/payments\n/src/ acme/shop @acme/shop\n")]
    [InlineData("[Code]\n/src/ @acme/payments\n[Security] @acme/security\n/src/\n")]
    [InlineData("# nothing\n")]
    public Task CodeOwnersThatDoNotContradictPass(string codeOwners) => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(CodeOwners(Unmarked, codeOwners));

    [Theory]
    [InlineData("Payments")]
    [InlineData("Payments Team")]
    [InlineData("PaymentsTeam")]
    [InlineData("@acme/payments")]
    [InlineData("team:payments")]
    [InlineData("group:default/payments")]
    [InlineData("payments@acme.example")]
    public Task OneTeamMayBeWrittenInSeveralWays(string owner) => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned(owner, Unmarked)).WithFile("/repo/src/entity.datadog.yaml", "catalog", Catalog));

    [Theory]
    [InlineData("paymentservice")]
    [InlineData("pay")]
    [InlineData("payments-eu")]
    [InlineData("team")]
    [InlineData("payments2")]
    public Task AlikeNamesAreNotOneTeam(string owner) => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned(owner == "team" ? "the-team" : owner, Start)).WithFile("/repo/src/entity.datadog.yaml", "catalog", Catalog));

    [Fact]
    public Task SecondOwnerOfTheCatalogAgrees() => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Unmarked)).WithFile("/repo/src/entity.datadog.yaml", "catalog", Catalog + "  additionalOwners:\n    - name: shop\n"));

    [Theory]
    [InlineData("TODO")]
    [InlineData("")]
    public Task PlaceholderContradictsNobody(string owner) => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned(owner, Unmarked)).WithFile("/repo/src/entity.datadog.yaml", "catalog", Catalog));

    [Fact]
    public Task OneSourceAlonePasses() => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(TestProject.Service(Owned("shop", Unmarked)));

    [Fact]
    public Task NoSourceDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1002OwnerSourcesAgree>(TestProject.Service(Unmarked), "notApplicable", "nothing names a team");

    [Fact]
    public Task CodeOwnersOfAnUnknownRootSayNothing() => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(CodeOwners(Unmarked, "* @acme/shop\n").With("ScorecardRepositoryRoot", ""));

    [Fact]
    public Task InventoryFileThatIsNoCatalogNamesNobody() => RuleTest.PassesAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Unmarked)).WithFile("/repo/src/entity.datadog.yaml", "catalog", "owner: payments\nname: checkout\n"));

    const string TwoServices = """
        apiVersion: v3
        kind: service
        metadata: {name: orders, owner: shop}
        ---
        apiVersion: v3
        kind: service
        metadata: {name: billing, owner: money}
        """;

    [Fact]
    public Task OwnersOfSeveralServicesAreUndecided() => RuleTest.StandsAsideAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Unmarked)).WithFile("/repo/entity.datadog.yaml", "catalog", TwoServices), "undecided", "set ScorecardEntity");

    [Fact]
    public Task ServiceOfTheFileIsFoundByItsCode() => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(TestProject.Service(Owned("shop", Start)).WithFile("/repo/entity.datadog.yaml", "catalog",
        TwoServices + "\ndatadog:\n  codeLocations:\n    - paths: [src/Checkout/**]\n"));

    [Fact]
    public Task ServiceOfTheFileIsFoundByItsName() => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Start)).WithFile("/repo/entity.datadog.yaml", "catalog", TwoServices).With("MSBuildProjectName", "Acme.Billing"));

    [Fact]
    public Task UnreadableCatalogIsUndecided() => RuleTest.StandsAsideAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Unmarked)).WithFile("/repo/src/entity.datadog.yaml", "catalog", "a: [\n"), "undecided", "entity.datadog.yaml cannot be read, line 1");

    [Fact]
    public Task UnreadableCatalogDoesNotHideADisagreement() => RuleTest.FailsAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Start)).With("ServiceOwner", "payments").WithFile("/repo/src/entity.datadog.yaml", "catalog", "a: [\n"));

    [Fact]
    public Task HiddenRepositoryIsNotJudged() => RuleTest.StandsAsideAsync<SCORE1002OwnerSourcesAgree>(
        TestProject.Service(Owned("shop", Unmarked)).WithFacts("repository-not-visible = sparse checkout"), "notVisible", "sparse checkout");

    static string Owned(string owner, string program) => $"[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", \"{owner}\")]\n{program}";

    static TestProject CodeOwners(string program, string codeOwners) =>
        TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", Catalog).WithFile("/repo/.github/CODEOWNERS", "codeowners", codeOwners);
}
