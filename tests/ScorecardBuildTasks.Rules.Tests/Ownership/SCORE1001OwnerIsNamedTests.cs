using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1001OwnerIsNamedTests
{
    const string Program = """
        [|var builder = WebApplication.CreateBuilder(args);|]
        builder.Build().Run();
        """;

    const string Unmarked = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Build().Run();
        """;

    [Fact]
    public Task NoOwnerAnywhereFails() => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service(Program),
        "No owner is named for 'Checkout': neither an assembly attribute, the property ServiceOwner nor a catalog file names a team (blocks level 1 of 'Ownership & Documentation')");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("TODO")]
    [InlineData("todo: ask Maria")]
    [InlineData("tbd")]
    [InlineData("Unknown")]
    [InlineData("<your team>")]
    [InlineData("your team")]
    [InlineData("$(Owner)")]
    [InlineData("n/a")]
    public Task PlaceholderFails(string owner) => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service($"[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", \"{owner}\")]\n{Program}"),
        $"No owner is named for 'Checkout': '{owner.Trim()}' in AssemblyMetadata is no team (blocks level 1 of 'Ownership & Documentation')");

    [Theory]
    [InlineData("payments")]
    [InlineData("team-unknown-pleasures")]
    [InlineData("@acme/checkout")]
    [InlineData("Todoist integrations")]
    public Task TeamInAttributePasses(string owner) => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service($"[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", \"{owner}\")]\n{Unmarked}"));

    [Fact]
    public Task AttributeOfTheCompanyPasses() => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(TestProject.Service($$"""
        [assembly: Acme.ServiceOwner("payments")]
        {{Unmarked}}

        namespace Acme
        {
            [AttributeUsage(AttributeTargets.Assembly)]
            sealed class ServiceOwnerAttribute(string team) : Attribute
            {
                public string Team => team;
            }
        }
        """));

    [Fact]
    public Task MetadataUnderAnotherKeyFails() => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service("[assembly: System.Reflection.AssemblyMetadata(\"CodeOwner\", \"payments\")]\n" + Program));

    [Fact]
    public Task BuildPropertyPasses() => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(TestProject.Service(Unmarked).With("ServiceOwner", "payments"));

    [Theory]
    [InlineData("apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n  owner: payments\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\nteam: payments\n")]
    [InlineData("schema-version: v2.1\ndd-service: checkout\nteam: payments\n")]
    [InlineData("schema-version: v2\ndd-service: checkout\ndd-team: payments\n")]
    [InlineData("schema-version: v1\ninfo:\n  dd-service: checkout\norg:\n  team: payments\n")]
    public Task CatalogFileOfEveryVersionPasses(string yaml) => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(Catalog(Unmarked, yaml));

    [Theory]
    [InlineData("apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n  additionalOwners:\n    - name: payments\n")]
    [InlineData("owner: payments\nname: checkout\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\nteam: unknown\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\nteam:\n")]
    public Task CatalogFileWithoutOwnerFails(string yaml) => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(Catalog(Program, yaml));

    [Fact]
    public Task PlaceholderInCatalogIsNamedWithItsLine() => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(
        Catalog(Program, "schema-version: v2.2\ndd-service: checkout\nteam: TBD\n"),
        "No owner is named for 'Checkout': 'TBD' in entity.datadog.yaml, line 3, is no team (blocks level 1 of 'Ownership & Documentation')");

    const string TwoEntities = """
        apiVersion: v3
        kind: service
        metadata: {name: checkout}
        ---
        apiVersion: v3
        kind: service
        metadata: {name: billing, owner: money}
        """;

    [Fact]
    public Task OwnerOfAnotherEntityDoesNotCount() => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(Catalog(Program, TwoEntities).With("ScorecardEntity", "service:checkout"));

    [Fact]
    public Task OwnerOfTheEntityPasses() => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(Catalog(Unmarked, TwoEntities).With("ScorecardEntity", "service:billing"));

    [Fact]
    public Task OwnerOfTheEntityThatScorecardJsonNamesPasses() => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(Catalog(Unmarked, TwoEntities).WithFacts("entity = service:billing"));

    [Fact]
    public Task InheritedOwnerPasses() => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(Catalog(Unmarked, """
        apiVersion: v3
        kind: service
        metadata: {name: checkout, inheritFrom: "system:default/shop"}
        ---
        apiVersion: v3
        kind: system
        metadata: {name: shop, owner: payments, inheritFrom: "service:checkout"}
        """));

    [Fact]
    public Task OwnerInheritedFromElsewhereIsUndecided() => RuleTest.StandsAsideAsync<SCORE1001OwnerIsNamed>(
        Catalog(Unmarked, "apiVersion: v3\nkind: service\nmetadata: {name: checkout, inheritFrom: \"system:shop\"}\n"), "undecided", "'system:shop', which is not in entity.datadog.yaml");

    [Fact]
    public Task UnreadableCatalogIsUndecided() => RuleTest.StandsAsideAsync<SCORE1001OwnerIsNamed>(
        Catalog(Unmarked, "apiVersion: v3\nmetadata:\n\tname: checkout\n"), "undecided", "entity.datadog.yaml cannot be read, line 3: A tab indents this line");

    [Fact]
    public Task HiddenRepositoryIsNotJudged() => RuleTest.StandsAsideAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service(Unmarked).WithFacts("repository-not-visible = no .git folder above the project"), "notVisible", "no .git folder above the project");

    [Fact]
    public Task HiddenRepositoryDoesNotMatterToAnOwnerInSource() => RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service(Unmarked).With("ServiceOwner", "payments").WithFacts("repository-not-visible = no .git folder above the project"));

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1001OwnerIsNamed>(TestProject.Service(Unmarked).WithKind("library"), "notApplicable", "a library");

    [Fact]
    public Task ServiceWithoutEntryPointIsUndecided() => RuleTest.StandsAsideAsync<SCORE1001OwnerIsNamed>(
        TestProject.Service("class Function;") with { Output = OutputKind.DynamicallyLinkedLibrary }, "undecided", "no entry point");

    [Fact]
    public Task MainMethodIsPointedAt() => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(TestProject.Service("""
        static class Program
        {
            static async Task [|Main|](string[] args) => await Task.Yield();
        }
        """));

    [Fact]
    public Task OnlyTheFirstLineOfAStatementIsPointedAt() => RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(TestProject.Service("""
        [|try|]
        {
            WebApplication.CreateBuilder(args).Build().Run();
        }
        finally
        {
        }
        """));

    [Theory]
    [InlineData("* @everyone\n/src/Checkout/ @acme/checkout-team\n", "checkout-team")]
    [InlineData("/src/ maria@acme.example @maria @acme/checkout-team\n", "checkout-team")]
    [InlineData("/src/ @maria\n", "maria")]
    [InlineData("/src/Checkout/ @acme/checkout-team\n*.cs @acme/dotnet\n", "checkout-team")]
    [InlineData("/src/ @acme/shop\n/src/Checkout/\n", null)]
    [InlineData("/docs/ @acme/writers\n", null)]
    public async Task OwnerInCodeOwnersIsSuggested(string codeOwners, string? owner)
    {
        var finding = Assert.Single(await RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(TestProject.Service(Program).WithFile("/repo/.github/CODEOWNERS", "codeowners", codeOwners)));
        Assert.Equal(owner, finding.Properties.GetValueOrDefault("owner"));
    }

    static TestProject Catalog(string program, string yaml) => TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
}
