using ScorecardBuildTasks.Rules.Testing;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Testing;

public sealed class SCORE3001ServiceHasTestsTests
{
    const string Program = "[|WebApplication.CreateBuilder(args).Build().Run();|]";
    const string Unmarked = "WebApplication.CreateBuilder(args).Build().Run();";

    [Fact]
    public Task NoTestProjectFails() => RuleTest.FailsAsync<SCORE3001ServiceHasTests>(
        TestProject.Service(Program).WithFacts("format = 1\n"), "'Checkout' has no tests: no test project references it (blocks level 1 of 'Testing')");

    [Fact]
    public Task EmptyTestProjectFailsByName() => RuleTest.FailsAsync<SCORE3001ServiceHasTests>(
        TestProject.Service(Program).WithFacts("format = 1\r\ntest-project-without-test = tests/B/B.csproj\r\n"),
        "'Checkout' has no tests: 'tests/B/B.csproj' references it and has no test (blocks level 1 of 'Testing')");

    [Fact]
    public Task TestProjectPasses() => RuleTest.PassesAsync<SCORE3001ServiceHasTests>(
        TestProject.Service(Unmarked).WithFacts("test-project-without-test = tests/B/B.csproj\ntest-project = tests/A/A.csproj\ntest-projects-undecided = F# projects\n"));

    [Fact]
    public Task UndecidedSearchIsUndecided() => RuleTest.StandsAsideAsync<SCORE3001ServiceHasTests>(
        TestProject.Service(Unmarked).WithFacts("test-project-without-test = tests/B/B.csproj\ntest-projects-undecided = tests/A imports what cannot be evaluated\n"),
        "undecided", "tests/A imports what cannot be evaluated");

    [Fact]
    public async Task PartOfARepositoryShowsNoAbsence()
    {
        var part = TestProject.Service(Unmarked).With("_ScorecardNotVisible", "only a part is here");
        await RuleTest.StandsAsideAsync<SCORE3001ServiceHasTests>(part.WithFacts(""), "notVisible", "only a part is here");
        await RuleTest.PassesAsync<SCORE3001ServiceHasTests>(part.WithFacts("test-project = tests/A/A.csproj"));
    }

    [Fact]
    public Task HiddenRepositoryIsNotJudged() => RuleTest.StandsAsideAsync<SCORE3001ServiceHasTests>(
        TestProject.Service(Unmarked).WithFacts("repository-not-visible = no root"), "notVisible", "no root");

    [Fact]
    public Task MissingFactsAreUndecided() => RuleTest.StandsAsideAsync<SCORE3001ServiceHasTests>(TestProject.Service(Unmarked), "undecided", "not written yet");

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE3001ServiceHasTests>(TestProject.Service(Unmarked).WithKind("library"), "notApplicable", "a library");
}
