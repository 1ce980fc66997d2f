using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1007ReadmeIsPresentTests
{
    const string Program = "[|WebApplication.CreateBuilder(args).Build().Run();|]";
    const string Unmarked = "WebApplication.CreateBuilder(args).Build().Run();";
    const string Beside = TestProject.Folder + "/README.md";
    const string AtRoot = "/repo/README.md";

    [Fact]
    public Task NoReadmeFails() => RuleTest.FailsAsync<SCORE1007ReadmeIsPresent>(
        TestProject.Service(Program), "'Checkout' has no README, neither beside it nor at the repository's root (blocks level 1 of 'Ownership & Documentation')");

    [Fact]
    public Task ReadmeBesideTheProjectPasses() => RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(Readme(Unmarked, Beside, "# Hi\n\nTakes orders.\n"));

    [Theory]
    [InlineData("")]
    [InlineData("# Checkout\n\n## Setup\n\n---\n")]
    public Task ReadmeOfHeadingsFails(string text) => RuleTest.FailsAsync<SCORE1007ReadmeIsPresent>(
        Readme(Program, Beside, text), "'Checkout' has no README that speaks of it: 'README.md' says nothing beyond headings (blocks level 1 of 'Ownership & Documentation')");

    [Fact]
    public Task RootReadmeThatMentionsTheServicePasses() => RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(Readme(Unmarked, AtRoot, "# Shop\n\n* `src/checkout`: takes orders\n"));

    [Fact]
    public Task RootReadmeThatDoesNotFails() => RuleTest.FailsAsync<SCORE1007ReadmeIsPresent>(
        Readme(Program, AtRoot, "# Shop\n\nA sample.\n"),
        "'Checkout' has no README that speaks of it: 'README.md' above it does not mention 'Checkout' (blocks level 1 of 'Ownership & Documentation')");

    [Fact]
    public Task RootReadmeThatMentionsTheEntityPasses() => RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(
        Readme(Unmarked, AtRoot, "The order intake is run by shop.\n").With("ScorecardEntity", "service:order intake"));

    [Theory]
    [InlineData("Acme.Payment.Api", "The payment service.", true)]
    [InlineData("Acme.Payment.Api", "The Api.", false)]
    [InlineData("Acme.Payment.Api", "A sample by Acme.", false)]
    public async Task OwnPartOfTheProjectNameCounts(string name, string readme, bool passes)
    {
        var project = Readme(passes ? Unmarked : Program, AtRoot, readme).With("MSBuildProjectName", name).With("MSBuildProjectDirectory", "/repo/src/Api") with { AssemblyName = name };
        if (passes)
            await RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(project);
        else
            await RuleTest.FailsAsync<SCORE1007ReadmeIsPresent>(project);
    }

    [Theory]
    [InlineData("Carts take orders.", true)]
    [InlineData("The cart-api takes orders.", true)]
    [InlineData("The carter moves crates.", false)]
    [InlineData("A go-kart and a minicart.", false)]
    public async Task NameIsAWordOfItsOwn(string readme, bool passes)
    {
        var project = Readme(passes ? Unmarked : Program, AtRoot, readme).With("MSBuildProjectName", "cart").With("MSBuildProjectDirectory", "/repo/src/cart") with { AssemblyName = "cart" };
        if (passes)
            await RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(project);
        else
            await RuleTest.FailsAsync<SCORE1007ReadmeIsPresent>(project);
    }

    [Theory]
    [InlineData("Api")]
    [InlineData("Endpoint.In")]
    public async Task ProjectOfAnOrdinaryNameIsFoundByItsFolder(string name)
    {
        TestProject Project(string readme) => Readme(Unmarked, AtRoot, readme).With("MSBuildProjectName", name).With("MSBuildProjectDirectory", $"/repo/services/basket/src/{name}") with { AssemblyName = name };
        await RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(Project("The basket keeps orders."));
        await RuleTest.StandsAsideAsync<SCORE1007ReadmeIsPresent>(Project($"Each service has an {name}."), "undecided", $"what the README calls a project named '{name}'");
    }

    [Fact]
    public Task ReadmeOfTheFolderAboveThatMentionsTheServicePasses() => RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(
        Readme(Unmarked, "/repo/src/cart/README.md", "The cart keeps orders.").With("MSBuildProjectName", "cart").With("MSBuildProjectDirectory", "/repo/src/cart/src") with { AssemblyName = "cart" });

    [Fact]
    public Task ReadmeOfASingleProjectAtTheRootPasses() => RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(
        Readme(Unmarked, AtRoot, "Takes orders.\n").With("MSBuildProjectDirectory", "/repo"));

    [Fact]
    public Task FileOfAnotherKindIsNoReadme() => RuleTest.FailsAsync<SCORE1007ReadmeIsPresent>(TestProject.Service(Program).WithFile(Beside, "other", "Takes orders."));

    [Fact]
    public Task HiddenRepositoryIsNotJudged() => RuleTest.StandsAsideAsync<SCORE1007ReadmeIsPresent>(
        TestProject.Service(Unmarked).WithFacts("repository-not-visible = sparse checkout"), "notVisible", "sparse checkout");

    /// <summary>What lies in it counts all the same.</summary>
    [Fact]
    public async Task PartOfARepositoryShowsNoAbsence()
    {
        await RuleTest.StandsAsideAsync<SCORE1007ReadmeIsPresent>(TestProject.Service(Unmarked).WithFacts("test-project = tests/A/A.csproj").With("_ScorecardNotVisible", "only a part is here"), "notVisible", "only a part is here");
        await RuleTest.PassesAsync<SCORE1007ReadmeIsPresent>(Readme(Unmarked, Beside, "Takes orders.\n").With("_ScorecardNotVisible", "only a part is here"));
    }

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1007ReadmeIsPresent>(TestProject.Service(Unmarked).WithKind("library"), "notApplicable", "a library");

    static TestProject Readme(string program, string path, string text) => TestProject.Service(program).WithFile(path, "readme", text);
}
