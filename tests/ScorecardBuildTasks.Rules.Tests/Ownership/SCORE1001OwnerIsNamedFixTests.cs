using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1001OwnerIsNamedFixTests
{
    [Fact]
    public async Task OwnerInCodeOwnersIsWrittenAndPasses()
    {
        var project = Owned("""
            using Acme;

            var builder = WebApplication.CreateBuilder(args);

            namespace Acme
            {
            }
            """);
        Assert.Equal("Name 'checkout-team' as the owner", await FixTest.TitleAsync<SCORE1001OwnerIsNamed>(project));

        var isFixed = (await FixTest.FixAsync<SCORE1001OwnerIsNamed>(project))!;

        Assert.Equal("""
            using System.Reflection;
            using Acme;

            [assembly: AssemblyMetadata("ServiceOwner", "checkout-team")]

            var builder = WebApplication.CreateBuilder(args);

            namespace Acme
            {
            }
            """, isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(isFixed);
    }

    [Fact]
    public async Task PlaceholderIsWrittenWhereNobodyIsKnownAndStillFails()
    {
        var project = TestProject.Service("var builder = WebApplication.CreateBuilder(args);\n");
        Assert.Equal("Add a ServiceOwner to fill in", await FixTest.TitleAsync<SCORE1001OwnerIsNamed>(project));

        var isFixed = (await FixTest.FixAsync<SCORE1001OwnerIsNamed>(project))!;

        Assert.Equal("""
            using System.Reflection;

            [assembly: AssemblyMetadata("ServiceOwner", "TODO")]

            var builder = WebApplication.CreateBuilder(args);

            """, isFixed.Sources[0].Code);
        await RuleTest.FailsAsync<SCORE1001OwnerIsNamed>(isFixed with { Sources = [(isFixed.Sources[0].Path, isFixed.Sources[0].Code.Replace("var builder = WebApplication.CreateBuilder(args);", "[|var builder = WebApplication.CreateBuilder(args);|]")), .. isFixed.Sources.Skip(1)] });
    }

    [Fact]
    public async Task PlaceholderInSourceIsReplacedWhereItStands()
    {
        var isFixed = (await FixTest.FixAsync<SCORE1001OwnerIsNamed>(Owned("var builder = WebApplication.CreateBuilder(args);").WithSource("Assembly.cs", """
            using System.Reflection;

            [assembly: AssemblyMetadata("ServiceOwner", /* ask */ "TODO")]
            """)))!;

        Assert.Equal("var builder = WebApplication.CreateBuilder(args);", isFixed.Sources[0].Code);
        Assert.EndsWith("[assembly: AssemblyMetadata(\"ServiceOwner\", /* ask */ \"checkout-team\")]", isFixed.Sources[2].Code, StringComparison.Ordinal);
        await RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(isFixed);
    }

    [Fact]
    public async Task UsingThatIsThereIsUsedAndAHeaderStaysOnTop()
    {
        var isFixed = (await FixTest.FixAsync<SCORE1001OwnerIsNamed>(Owned("""
            // Copyright Acme

            using System.Reflection;
            using Microsoft.Extensions.Options;

            // Starts here
            var builder = WebApplication.CreateBuilder(args);
            """)))!;

        Assert.Equal("""
            // Copyright Acme

            using System.Reflection;
            using Microsoft.Extensions.Options;

            [assembly: AssemblyMetadata("ServiceOwner", "checkout-team")]

            // Starts here
            var builder = WebApplication.CreateBuilder(args);
            """, isFixed.Sources[0].Code);
    }

    [Fact]
    public async Task MainMethodInANamespaceIsLeftInPlace()
    {
        var isFixed = (await FixTest.FixAsync<SCORE1001OwnerIsNamed>(Owned("""
            namespace Checkout;

            static class Program
            {
                static void Main()
                {
                }
            }
            """)))!;

        Assert.Equal("""
            using System.Reflection;

            [assembly: AssemblyMetadata("ServiceOwner", "checkout-team")]

            namespace Checkout;

            static class Program
            {
                static void Main()
                {
                }
            }
            """, isFixed.Sources[0].Code);
    }

    [Fact]
    public async Task AllFindingsAreFixedAtOnce() =>
        await RuleTest.PassesAsync<SCORE1001OwnerIsNamed>(await FixTest.FixAllAsync<SCORE1001OwnerIsNamed>(Owned("var builder = WebApplication.CreateBuilder(args);")));

    static TestProject Owned(string program) => TestProject.Service(program).WithFile("/repo/CODEOWNERS", "codeowners", "/src/Checkout/ @acme/checkout-team\n");
}
