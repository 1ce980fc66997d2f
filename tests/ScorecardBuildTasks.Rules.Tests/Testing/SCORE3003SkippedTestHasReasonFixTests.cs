using ScorecardBuildTasks.Rules.Testing;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Testing;

public sealed class SCORE3003SkippedTestHasReasonFixTests
{
    [Theory]
    [InlineData("[Fact(Skip = \"TODO\")] // the bank is closed", "[Fact(Skip = \"the bank is closed\")]")]
    [InlineData("[Fact(DisplayName = \"adds\", Skip = \"\")]  // says \"no\"", "[Fact(DisplayName = \"adds\", Skip = \"says \\\"no\\\"\")]")]
    public async Task CommentBecomesTheReason(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests(Test(before))))!;
        Assert.Equal(Test(after), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE3003SkippedTestHasReason>(isFixed);
    }

    [Theory]
    [InlineData("[Ignore] // the bank is closed", "[Ignore(\"the bank is closed\")]")]
    [InlineData("[Ignore(\"later\")] // the bank is closed", "[Ignore(\"the bank is closed\")]")]
    public async Task CommentBecomesTheArgument(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE3003SkippedTestHasReason>(MSTest(before)))!;
        Assert.Equal(MSTest(after).Sources[0].Code, isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE3003SkippedTestHasReason>(isFixed);

        static TestProject MSTest(string attribute) => TestProject.TestsIn(TestingStub.MSTest, "using Microsoft.VisualStudio.TestTools.UnitTesting;\n" + Test("[TestMethod]\n    " + attribute));
    }

    [Theory]
    [InlineData("[Fact(Skip = \"TODO\")]")]
    [InlineData("[Fact(Skip = \"TODO\")] // later")]
    public async Task NothingIsOfferedWhereNobodySaysWhy(string attribute) => Assert.Null(await FixTest.FixAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests(Test(attribute))));

    [Fact]
    public async Task AllOfThemAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests("""
            public class OrderTests
            {
                [Fact(Skip = "")] // the bank is closed
                public void Pays() { }

                [Fact(Skip = "TODO")] // needs the new printer
                public void Prints() { }
            }
            """));
        await RuleTest.PassesAsync<SCORE3003SkippedTestHasReason>(isFixed);
        Assert.DoesNotContain("//", isFixed.Sources[0].Code, StringComparison.Ordinal);
    }

    static string Test(string attribute) => $"public class OrderTests\n{{\n    {attribute}\n    public void Adds() {{ }}\n}}\n";
}
