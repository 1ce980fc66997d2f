using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1003OwnerIsKnownTeamTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";
    const string Teams = "team = team-payments\nteam = shop\n";

    [Fact]
    public Task UnknownTeamFails() => RuleTest.FailsAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Start).With("ServiceOwner", "search").WithFacts(Teams),
        "'search' in the property ServiceOwner is no team that scorecard.json lists (blocks level 2 of 'Ownership & Documentation')");

    [Fact]
    public Task TeamUnderAnotherNameFailsAndIsNamed() => RuleTest.FailsAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service("[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", \"payments\")]\n" + Start).WithFacts(Teams),
        "'payments' in AssemblyMetadata is no team that scorecard.json lists; 'team-payments' is (blocks level 2 of 'Ownership & Documentation')");

    [Fact]
    public Task UnknownTeamInTheCatalogFails() => RuleTest.FailsAsync<SCORE1003OwnerIsKnownTeam>(
        Catalog(Start, "schema-version: v2.2\ndd-service: checkout\nteam: search\n").WithFacts(Teams),
        "'search' in entity.datadog.yaml, line 3 is no team that scorecard.json lists (blocks level 2 of 'Ownership & Documentation')");

    [Fact]
    public Task OneUnknownTeamAmongSeveralSourcesFails() => RuleTest.FailsAsync<SCORE1003OwnerIsKnownTeam>(
        Catalog(Start, "schema-version: v2.2\ndd-service: checkout\nteam: search\n").With("ServiceOwner", "shop").WithFacts(Teams));

    [Theory]
    [InlineData("shop")]
    [InlineData("Shop")]
    [InlineData("@shop")]
    [InlineData("team-payments")]
    public Task ListedTeamPasses(string owner) => RuleTest.PassesAsync<SCORE1003OwnerIsKnownTeam>(TestProject.Service(Unmarked).With("ServiceOwner", owner).WithFacts(Teams));

    [Fact]
    public Task ListedTeamInTheCatalogPasses() => RuleTest.PassesAsync<SCORE1003OwnerIsKnownTeam>(
        Catalog(Unmarked, "apiVersion: v3\nkind: service\nmetadata: {name: checkout, owner: shop}\n").WithFacts(Teams));

    [Fact]
    public Task NoTeamsDoNotApply() => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Unmarked).With("ServiceOwner", "search").WithFacts("format = 1\n"), "notApplicable", "scorecard.json lists no teams");

    /// <summary>The one at the repository's root may list them.</summary>
    [Fact]
    public async Task TeamsThatAreNotHereAreNotVisible()
    {
        var part = TestProject.Service(Unmarked).With("ServiceOwner", "shop").With("_ScorecardNotVisible", "only a part is here");
        await RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(part.WithFacts("format = 1\n"), "notVisible", "only a part is here");
        await RuleTest.PassesAsync<SCORE1003OwnerIsKnownTeam>(part.WithFacts(Teams));
    }

    [Theory]
    [InlineData("TODO")]
    [InlineData("")]
    public Task NoOwnerDoesNotApply(string owner) => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Unmarked).With("ServiceOwner", owner).WithFacts(Teams), "notApplicable", "nothing names a team");

    [Fact]
    public Task OwnerInCodeOwnersAloneDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Unmarked).WithFile("/repo/CODEOWNERS", "codeowners", "* @acme/search\n").WithFacts(Teams), "notApplicable", "nothing names a team");

    [Fact]
    public Task UnbuiltServiceIsUndecided() => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Unmarked).With("ServiceOwner", "search"), "undecided", "the build has not written yet");

    [Fact]
    public Task UnreadableConfigurationIsUndecided() => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Unmarked).With("ServiceOwner", "search").WithFacts("configuration-unreadable = scorecard.json cannot be read: no object\n"), "undecided", "scorecard.json cannot be read");

    [Fact]
    public Task UnreadableCatalogIsUndecided() => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        Catalog(Unmarked, "a: [\n").WithFacts(Teams), "undecided", "entity.datadog.yaml cannot be read, line 1");

    [Fact]
    public Task OwnersOfSeveralServicesAreUndecided() => RuleTest.StandsAsideAsync<SCORE1003OwnerIsKnownTeam>(
        Catalog(Unmarked, "schema-version: v2.2\ndd-service: a\nteam: shop\n---\nschema-version: v2.2\ndd-service: b\nteam: search\n").WithFacts(Teams), "undecided", "set ScorecardEntity");

    static TestProject Catalog(string program, string yaml) => TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
}
