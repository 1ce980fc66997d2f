using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4004StoppingTokenIsHonouredFixTests
{
    [Theory]
    [InlineData("while (true) { await Task.Yield(); }", "while (!stopping.IsCancellationRequested) { await Task.Yield(); }")]
    [InlineData("do { await Task.Yield(); } while (true);", "do { await Task.Yield(); } while (!stopping.IsCancellationRequested);")]
    [InlineData("for (var i = 0;; i++) { await Task.Yield(); }", "for (var i = 0; !stopping.IsCancellationRequested; i++) { await Task.Yield(); }")]
    [InlineData("await Task.Delay(1000);", "await Task.Delay(1000, stopping);")]
    [InlineData("await Task.Delay(millisecondsDelay: 1000);", "await Task.Delay(millisecondsDelay: 1000, cancellationToken: stopping);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.Zero); while (await timer.WaitForNextTickAsync()) { }", "using var timer = new PeriodicTimer(TimeSpan.Zero); while (await timer.WaitForNextTickAsync(stopping)) { }")]
    public async Task TokenIsHandedOnAndPasses(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE4004StoppingTokenIsHonoured>(Service(before)))!;

        Assert.Equal(Program(after), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(isFixed);
    }

    [Fact]
    public async Task NothingIsOfferedWhereNoTokenIsAtHand() =>
        Assert.Null(await FixTest.FixAsync<SCORE4004StoppingTokenIsHonoured>(Service("await Loop(); } async Task Loop() { while (true) { await Task.Yield(); }")));

    [Fact]
    public async Task AllAreFixedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE4004StoppingTokenIsHonoured>(Service("while (true) { await Task.Delay(1); await Task.Delay(2); }"));

        Assert.Equal(Program("while (!stopping.IsCancellationRequested) { await Task.Delay(1, stopping); await Task.Delay(2, stopping); }"), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(isFixed);
    }

    static TestProject Service(string body) => TestProject.Service(Program(body));

    static string Program(string body) => $$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stopping)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;
}
