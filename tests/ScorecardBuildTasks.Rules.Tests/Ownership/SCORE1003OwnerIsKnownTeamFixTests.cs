using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1003OwnerIsKnownTeamFixTests
{
    const string Program = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";

    static readonly TestProject Service = TestProject.Service("[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", /* who */ \"payments\")]\n" + Program).WithFacts("team = team-payments\n");

    [Fact]
    public async Task ListedTeamIsWritten()
    {
        var changed = await FixTest.FixAsync<SCORE1003OwnerIsKnownTeam>(Service);
        Assert.Equal("[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", /* who */ \"team-payments\")]\n" + Program, changed!.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE1003OwnerIsKnownTeam>(changed);
    }

    [Fact]
    public async Task AllAreFixed() => await RuleTest.PassesAsync<SCORE1003OwnerIsKnownTeam>(await FixTest.FixAllAsync<SCORE1003OwnerIsKnownTeam>(Service));

    [Fact]
    public async Task FixIsNamedAfterTheTeam() => Assert.Equal("Name 'team-payments' as the owner", await FixTest.TitleAsync<SCORE1003OwnerIsKnownTeam>(Service));

    [Fact]
    public async Task NothingIsOfferedForATeamThatIsNotListed() => Assert.Null(await FixTest.FixAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service("[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", \"search\")]\n" + Program).WithFacts("team = team-payments\n")));

    [Fact]
    public async Task NothingIsOfferedForAnOwnerInABuildFile() => Assert.Null(await FixTest.FixAsync<SCORE1003OwnerIsKnownTeam>(
        TestProject.Service(Program).With("ServiceOwner", "payments").WithFacts("team = team-payments\n")));
}
