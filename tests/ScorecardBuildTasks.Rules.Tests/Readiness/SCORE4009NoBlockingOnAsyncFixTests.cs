using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4009NoBlockingOnAsyncFixTests
{
    [Theory]
    [InlineData("return One().Result;", "return await One();")]
    [InlineData("return One().Result.CompareTo(1);", "return (await One()).CompareTo(1);")]
    [InlineData("return 1 + One().Result * 2;", "return 1 + await One() * 2;")]
    [InlineData("One().Wait(); return 1;", "await One(); return 1;")]
    [InlineData("return One().GetAwaiter().GetResult();", "return await One();")]
    [InlineData("return One().ConfigureAwait(false).GetAwaiter().GetResult();", "return await One().ConfigureAwait(false);")]
    [InlineData("return $\"{One().Result:D2}\".Length;", "return $\"{await One():D2}\".Length;")]
    public async Task TaskIsAwaitedAndPasses(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE4009NoBlockingOnAsync>(Service(before)))!;

        Assert.Equal(Program(after), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4009NoBlockingOnAsync>(isFixed);
    }

    [Theory]
    [InlineData("return new[] { 1 }.Sum(i => One().Result);")]
    [InlineData("lock (this) { return One().Result; }")]
    [InlineData("One().Wait(100); return 1;")]
    [InlineData("Prices? p = this; return p?.Two().Result ?? 1;")]
    public async Task NothingIsOfferedWhereNobodyCanAwait(string body) => Assert.Null(await FixTest.FixAsync<SCORE4009NoBlockingOnAsync>(Service(body)));

    [Fact]
    public async Task AllAreFixedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE4009NoBlockingOnAsync>(Service("Two().Wait(); return One().Result + Two().Result.CompareTo(1);"));

        Assert.Equal(Program("await Two(); return await One() + (await Two()).CompareTo(1);"), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4009NoBlockingOnAsync>(isFixed);
    }

    static TestProject Service(string body) => TestProject.Service(Program(body));

    static string Program(string body) => $$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Prices
        {
            static async Task<int> One() { await Task.Yield(); return 1; }

            public Task<int> Two() => One();

            async Task<int> Get()
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;
}
