using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4004StoppingTokenIsHonouredFixTests
{
    [Theory]
    [InlineData("while (true) { await Task.Yield(); }", "while (!stopping.IsCancellationRequested) { await Task.Yield(); }")]
    [InlineData("do { await Task.Yield(); } while (true);", "do { await Task.Yield(); } while (!stopping.IsCancellationRequested);")]
    [InlineData("for (var i = 0;; i++) { await Task.Yield(); }", "for (var i = 0; !stopping.IsCancellationRequested; i++) { await Task.Yield(); }")]
    [InlineData("await Task.Delay(5000);", "await Task.Delay(5000, stopping);")]
    [InlineData("await Task.Delay(millisecondsDelay: 5000);", "await Task.Delay(millisecondsDelay: 5000, cancellationToken: stopping);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.Zero); while (await timer.WaitForNextTickAsync()) { }", "using var timer = new PeriodicTimer(TimeSpan.Zero); while (await timer.WaitForNextTickAsync(stopping)) { }")]
    [InlineData("await Wait(stopping); } async Task Wait(CancellationToken @event) { await Task.Delay(5000);", "await Wait(stopping); } async Task Wait(CancellationToken @event) { await Task.Delay(5000, @event);")]
    [InlineData("await Wait(new()); } async Task Wait(CancellationTokenSource cts) { await Task.Delay(5000);", "await Wait(new()); } async Task Wait(CancellationTokenSource cts) { await Task.Delay(5000, cts.Token);")]
    [InlineData("await Loop(new()); } async Task Loop(CancellationTokenSource cts) { while (true) { await Task.Yield(); }", "await Loop(new()); } async Task Loop(CancellationTokenSource cts) { while (!cts.Token.IsCancellationRequested) { await Task.Yield(); }")]
    [InlineData("await Task.Run(async () => { while (true) { await Task.Yield(); } }, stopping);", "await Task.Run(async () => { while (!stopping.IsCancellationRequested) { await Task.Yield(); } }, stopping);")]
    [InlineData("await Loop(stopping); static async Task Loop(CancellationToken stopping) { await Task.Delay(5000); }", "await Loop(stopping); static async Task Loop(CancellationToken stopping) { await Task.Delay(5000, stopping); }")]
    [InlineData("Loop(stopping); } void Loop(CancellationToken token) { while (true) { Thread.Sleep(1); }", "Loop(stopping); } void Loop(CancellationToken token) { while (!token.IsCancellationRequested) { Thread.Sleep(1); }")]
    public async Task TokenIsHandedOnAndPasses(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE4004StoppingTokenIsHonoured>(Service(before)))!;

        Assert.Equal(Program(after), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(isFixed);
    }

    [Fact]
    public async Task NothingIsOfferedWhereNoTokenIsAtHand() =>
        Assert.Null(await FixTest.FixAsync<SCORE4004StoppingTokenIsHonoured>(Service("await Loop(); } async Task Loop() { while (true) { await Task.Yield(); }")));

    [Theory]
    [InlineData("await Loop(); static async Task Loop() { while (true) { await Task.Yield(); } }")]
    [InlineData("await Loop(); static async Task Loop() { await Task.Delay(5000); }")]
    [InlineData("await Task.Run(static () => Task.Delay(5000));")]
    [InlineData("await Loop(1); async Task Loop(int stopping) { await Task.Delay(5000 + stopping); }")]
    [InlineData("await Get(stopping); } async Task<int> Get(CancellationToken token) { while (true) { await Task.Yield(); }")]
    [InlineData("await Get(stopping); } async ValueTask<int> Get(CancellationToken token) { while (true) { await Task.Yield(); }")]
    [InlineData("await Get(stopping); } Task Get(CancellationToken token) { while (true) { Thread.Sleep(1); }")]
    public async Task NothingIsOfferedThatWouldNotCompile(string body) => Assert.Null(await FixTest.FixAsync<SCORE4004StoppingTokenIsHonoured>(Service(body)));

    [Fact]
    public async Task AllAreFixedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE4004StoppingTokenIsHonoured>(Service("while (true) { await Task.Delay(2001); await Task.Delay(2002); }"));

        Assert.Equal(Program("while (!stopping.IsCancellationRequested) { await Task.Delay(2001, stopping); await Task.Delay(2002, stopping); }"), isFixed.Sources[0].Code);
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
