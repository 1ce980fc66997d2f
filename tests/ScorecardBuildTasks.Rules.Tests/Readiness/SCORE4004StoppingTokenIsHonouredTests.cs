using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4004StoppingTokenIsHonouredTests
{
    [Fact]
    public Task EndlessLoopFails() => RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(
        Service("[|while|] (true) { await Step(); }"),
        "The loop in 'ExecuteAsync' has no end and looks at no token: a shutdown waits for it, and kills the process where that takes too long (blocks level 2 of 'Production Readiness')");

    [Fact]
    public Task DelayWithoutTokenFails() => RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(
        Service("while (!stopping.IsCancellationRequested) { await [|Task.Delay(5000)|]; }"),
        "'Task.Delay' waits without the stopping token: a shutdown waits for it, and kills the process where that takes too long (blocks level 2 of 'Production Readiness')");

    [Theory]
    [InlineData("[|for|] (;;) { await Step(); }")]
    [InlineData("[|do|] { await Step(); } while (true);")]
    [InlineData("[|while|] (true) { await Step(); foreach (var i in new[] { 1 }) { break; } }")]
    [InlineData("[|while|] (true) { try { await Step(); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("[|while|] (true) { await Step(CancellationToken.None); }")]
    [InlineData("await Task.Run(async () => { [|while|] (true) { await Step(); } }, stopping);")]
    [InlineData("await Loop(); } async Task Loop() { [|while|] (true) { await Step(); }")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await [|timer.WaitForNextTickAsync()|]) { await Step(); }")]
    [InlineData("await foreach (var i in [|channel.Reader.ReadAllAsync()|]) { }")]
    [InlineData("while (await [|channel.Reader.WaitToReadAsync()|]) { }")]
    [InlineData("await Loop(stopping); } async Task Loop(CancellationToken token) { while (!token.IsCancellationRequested) { await [|Task.Delay(5000)|]; }")]
    [InlineData("for (var i = 0; i < 3; i++) { await [|Task.Delay(1001)|]; }")]
    [InlineData("var other = new TaskCompletionSource(); await Task.WhenAny([|Task.Delay(5000)|], other.Task);")]
    [InlineData("var stopped = new TaskCompletionSource(); stopping.Register(() => stopped.TrySetResult()); await Task.WhenAll([|Task.Delay(5000)|], stopped.Task);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(9)); using var other = new PeriodicTimer(TimeSpan.FromSeconds(9)); stopping.Register(other.Dispose); while (await [|timer.WaitForNextTickAsync()|]) { await Step(); }")]
    [InlineData("while (await [|timer.WaitForNextTickAsync()|]) { } } readonly PeriodicTimer timer = new(TimeSpan.FromSeconds(9)); public override async Task StopAsync(CancellationToken c) { await base.StopAsync(c); timer.Dispose();")]
    [InlineData("await [|Task.Delay(Timeout.Infinite)|];")]
    [InlineData("await [|Task.Delay(TimeSpan.FromSeconds(30))|];")]
    [InlineData("await [|Task.Delay(TimeSpan.FromMinutes(1))|];")]
    [InlineData("await [|Task.Delay(Pause)|]; } static readonly TimeSpan Pause = TimeSpan.FromHours(1); void Nothing() {")]
    [InlineData("var pause = 10; await [|Task.Delay(pause)|];")]
    public Task DeafWorkFails(string body) => RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(Service(body));

    [Theory]
    [InlineData("while (!stopping.IsCancellationRequested) { await Task.Delay(5000, stopping); }")]
    [InlineData("while (true) { await Step(stopping); }")]
    [InlineData("while (true) { stopping.ThrowIfCancellationRequested(); await Step(); }")]
    [InlineData("while (true) { if (await Step() > 3) break; }")]
    [InlineData("while (true) { if (await Step() > 3) return; }")]
    [InlineData("while (running) { await Step(); }")]
    [InlineData("stopping.Register(() => running = false); while (true) { await Step(); }")]
    [InlineData("using var linked = CancellationTokenSource.CreateLinkedTokenSource(stopping); while (true) { await Step(linked.Token); }")]
    [InlineData("token = stopping; while (true) { await Wait(); } } CancellationToken token; async Task Wait() { await Step(token);")]
    [InlineData("await Task.Delay(5000, CancellationToken.None);")]
    [InlineData("for (var i = 0; i < 3; i++) { await Task.Delay(10); }")]
    [InlineData("while (!stopping.IsCancellationRequested) { await Task.Delay(1000); }")]
    [InlineData("await Task.Delay(TimeSpan.FromMilliseconds(200));")]
    [InlineData("await Task.Delay(delay: TimeSpan.FromSeconds(1));")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(0.5));")]
    [InlineData("await Task.Delay(TimeSpan.Zero);")]
    [InlineData("const int Pause = 10; await Task.Delay(Pause * 2);")]
    [InlineData("await Task.Delay(Pause); } static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50); void Nothing() {")]
    [InlineData("await Task.Delay(5000).WaitAsync(stopping);")]
    [InlineData("await foreach (var i in channel.Reader.ReadAllAsync(stopping)) { }")]
    [InlineData("await foreach (var i in channel.Reader.ReadAllAsync().WithCancellation(stopping)) { }")]
    [InlineData("while (await channel.Reader.WaitToReadAsync()) { } } public override Task StopAsync(CancellationToken c) { channel.Writer.TryComplete(); return base.StopAsync(c);")]
    [InlineData("await Retry(); } async Task Retry() { await Task.Delay(5000);")]
    [InlineData("await Step();")]
    [InlineData("var stopped = new TaskCompletionSource(); using var _ = stopping.Register(() => stopped.TrySetResult()); await Task.WhenAny(Task.Delay(5000), stopped.Task);")]
    [InlineData("var stopped = new TaskCompletionSource(); stopping.Register(stopped.SetResult); var gone = stopped.Task; var pause = Task.Delay(5000); await Task.WhenAny(gone, pause);")]
    [InlineData("await Task.WhenAny(Task.Delay(5000), Task.Delay(Timeout.Infinite, stopping));")]
    [InlineData("var stop = Task.Delay(-1, stopping); await Task.WhenAny(Task.Delay(5000), stop);")]
    [InlineData("await Task.WhenAny(Task.Delay(5000), gone.Task); } readonly TaskCompletionSource gone = new(); public override Task StopAsync(CancellationToken c) { gone.TrySetResult(); return base.StopAsync(c);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(9)); using var _ = stopping.Register(timer.Dispose); while (await timer.WaitForNextTickAsync()) { await Step(); }")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { } } readonly PeriodicTimer timer = new(TimeSpan.FromSeconds(9)); public override Task StopAsync(CancellationToken c) { this.timer.Dispose(); return base.StopAsync(c);")]
    public Task WorkThatEndsPasses(string body) => RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(Service(body));

    [Theory]
    [InlineData("class Intake(Channel<int> channel) : IDisposable { public void Dispose() => channel.Writer.Complete(); }", "")]
    [InlineData("class Intake(Order order) { public void Close() => order.Complete(); } class Order { public void Complete() { } }", "channel.Reader.ReadAsync()")]
    public Task ChannelThatAnotherFileCompletesEnds(string other, string found)
    {
        var service = Service(found.Length == 0 ? "await channel.Reader.ReadAsync();" : $"await [|{found}|];").WithSource("Intake.cs", $"using System.Threading.Channels; {other}");
        return found.Length == 0 ? RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(service) : RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(service);
    }

    [Fact]
    public Task MethodOfTheSameNameIsNone() => RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(TestProject.Service("""
        WebApplication.CreateBuilder(args).Build().Run();

        abstract class Job
        {
            protected abstract Task ExecuteAsync(CancellationToken stopping);
        }

        class Worker : Job
        {
            protected override async Task ExecuteAsync(CancellationToken stopping) { while (true) { await Task.Delay(1); } }
        }
        """));

    [Fact]
    public Task ServiceWithABaseOfItsOwnFails() => RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(TestProject.Service("""
        WebApplication.CreateBuilder(args).Build().Run();

        abstract class Job : BackgroundService;

        class Worker : Job
        {
            protected override async Task ExecuteAsync(CancellationToken _) { [|while|] (true) { await Task.Yield(); } }
        }
        """));

    [Theory]
    [InlineData("[|while|] (true) { Thread.Sleep(1); }")]
    [InlineData("[|while|] (true) { await Task.Delay(1); }")]
    public Task LoopOfAHostedServiceFails(string loop) => RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(HostedService(loop));

    [Theory]
    [InlineData("while (!stop.IsCancellationRequested) { await Task.Delay(1); }")]
    [InlineData("while (true) { stop.Token.ThrowIfCancellationRequested(); await Task.Delay(1); }")]
    [InlineData("while (running) { await Task.Delay(1); }")]
    [InlineData("await Task.Delay(1);")]
    public Task HostedServiceThatEndsPasses(string loop) => RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(HostedService(loop));

    [Fact]
    public Task StartAsyncOfAnotherTypePasses() => RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(TestProject.Service("""
        WebApplication.CreateBuilder(args).Build().Run();

        class Worker
        {
            public async Task StartAsync(CancellationToken cancellationToken) { while (true) { await Task.Yield(); } }
        }
        """));

    static TestProject HostedService(string loop) => TestProject.Service($$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Worker : IHostedService
        {
            readonly CancellationTokenSource stop = new();
            bool running = true;

            public Task StartAsync(CancellationToken cancellationToken) { Task.Run(() => Work()); return Task.CompletedTask; }

            public Task StopAsync(CancellationToken cancellationToken) { running = false; stop.Cancel(); return Task.CompletedTask; }

            async Task Work() { await Task.Delay(1); {{loop}} }
        }
        """);

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE4004StoppingTokenIsHonoured>(TestProject.Library("Acme", """
        public class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) { [|while|] (true) { Thread.Sleep(1); } }
        }
        """));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE4004StoppingTokenIsHonoured>(TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();")
        .WithSource("Worker.g.cs", "class Worker : BackgroundService { protected override async Task ExecuteAsync(CancellationToken stopping) { while (true) { await Task.Delay(1); } } }"));

    static TestProject Service(string body) => TestProject.Service($$"""
        using System.Threading.Channels;

        WebApplication.CreateBuilder(args).Build().Run();

        class Worker : BackgroundService
        {
            bool running = true;
            readonly Channel<int> channel = Channel.CreateUnbounded<int>();

            protected override async Task ExecuteAsync(CancellationToken stopping)
            {
                await Task.Yield();
                {{body}}
            }

            async Task<int> Step(CancellationToken cancellation = default) { await Task.Yield(); return running ? 1 : 2; }
        }
        """);
}
