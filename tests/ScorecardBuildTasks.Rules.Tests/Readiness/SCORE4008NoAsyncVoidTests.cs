using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4008NoAsyncVoidTests
{
    [Fact]
    public Task AsyncVoidFails() => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(
        Service("async void [|Send|]() => await Task.Yield();"),
        "'Send' is async void: nobody can await it, and an exception in it ends the process (blocks level 2 of 'Production Readiness')");

    [Fact]
    public Task LambdaForAnActionFails() => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(
        Service("void Send(List<string> all) => all.ForEach([|async|] one => await Task.Yield());"),
        "The lambda for 'Action<string>' is async void: nobody can await it, and an exception in it ends the process (blocks level 2 of 'Production Readiness')");

    [Theory]
    [InlineData("static async void [|Send|](int a, string b) { await Task.Yield(); }")]
    [InlineData("void Outer() { Send(); async void [|Send|]() => await Task.Yield(); }")]
    [InlineData("readonly Timer timer = new([|async|] _ => await Task.Yield());")]
    [InlineData("readonly Timer timer = new([|async|] delegate { await Task.Yield(); });")]
    [InlineData("void Send(int[] all) => Parallel.ForEach(all, [|async|] one => await Task.Yield());")]
    [InlineData("void Send(IHostApplicationLifetime life) => life.ApplicationStarted.Register([|async|] () => await Task.Yield());")]
    [InlineData("event EventHandler? E; async void [|Send|](string a, string b) => await Task.Yield();")]
    public Task AsyncVoidIsFoundHoweverItIsWritten(string member) => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(Service(member));

    [Theory]
    [InlineData("async Task Send() => await Task.Yield();")]
    [InlineData("async ValueTask<int> Send() { await Task.Yield(); return 1; }")]
    [InlineData("void Send() { }")]
    [InlineData("Task Send(int[] all) => Task.WhenAll(all.Select(async one => await Task.Yield()));")]
    [InlineData("Task Send() => Task.Run(async () => await Task.Yield());")]
    [InlineData("void Map(WebApplication app) => app.MapGet(\"/\", async (HttpContext context) => await Task.Yield());")]
    [InlineData("string async = \"async void Send()\"; // async void Send()")]
    public Task TaskPasses(string member) => RuleTest.PassesAsync<SCORE4008NoAsyncVoid>(Service(member));

    [Theory]
    [InlineData("async void OnExit(object? sender, EventArgs e) => await Task.Yield();")]
    [InlineData("async void OnCancel(object sender, ConsoleCancelEventArgs e) => await Task.Yield();")]
    [InlineData("async void OnMine(Orders sender, UnhandledExceptionEventArgs e) => await Task.Yield();")]
    [InlineData("void Hook() => AppDomain.CurrentDomain.ProcessExit += async (_, _) => await Task.Yield();")]
    [InlineData("event Action? Changed; void Hook() => Changed += async () => await Task.Yield();")]
    [InlineData("event Action? Changed; void Hook() => Changed += OnChanged; async void OnChanged() => await Task.Yield();")]
    [InlineData("event Action? Changed; void Hook() => Changed += this.OnChanged; async void OnChanged() => await Task.Yield();")]
    public Task EventHandlerPasses(string member) => RuleTest.PassesAsync<SCORE4008NoAsyncVoid>(Service(member));

    [Theory]
    [InlineData("Action? changed; void Hook() => changed += OnChanged; async void [|OnChanged|]() => await Task.Yield();")]
    [InlineData("Action? changed; void Hook() => changed += [|async|] () => await Task.Yield();")]
    public Task FieldIsNoEvent(string member) => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(Service(member));

    [Theory]
    [InlineData("readonly Timer timer = new(async _ => { try { await Task.Yield(); } catch (Exception e) { Console.WriteLine(e); } });")]
    [InlineData("interface IJob { void Run(); } class Job : IJob { public async void Run() { try { await Task.Yield(); } catch (Exception e) { Console.WriteLine(e); } } }")]
    [InlineData("Timer Start() => new(Tick, null, 0, 9); async void Tick(object? _) { try { await Task.Yield(); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("Timer Start() => new(new TimerCallback(this.Tick)); async void Tick(object? _) { try { await Task.Yield(); } catch { Console.WriteLine(1); } }")]
    [InlineData("Timer Start() { return new(Tick); static async void Tick(object? _) { try { await Task.Yield(); } catch { Console.WriteLine(1); } } }")]
    [InlineData("void Start(CancellationToken token) => token.Register(Tick); async void Tick() { try { await Task.Yield(); } catch { Console.WriteLine(1); } }")]
    [InlineData("int busy; Timer Start() => new(Tick); async void Tick(object? _) { if (Interlocked.Exchange(ref busy, 1) == 1) return; try { await Task.Yield(); } catch { Console.WriteLine(1); } finally { busy = 0; } }")]
    [InlineData("ILogger log = null!; Timer Start() => new(Tick); async void Tick(object? _) { log.LogDebug(\"a\"); var count = 1; try { await Task.Delay(count); } catch { Console.WriteLine(1); } }")]
    public Task CallbackThatLetsNothingOutPasses(string member) => RuleTest.PassesAsync<SCORE4008NoAsyncVoid>(Service(member));

    [Theory]
    [InlineData("readonly Timer timer = new([|async|] _ => { try { await Task.Yield(); } catch (InvalidOperationException e) { Console.WriteLine(e); } });")]
    [InlineData("readonly Timer timer = new([|async|] _ => { try { await Task.Yield(); } catch (Exception) { throw; } });")]
    [InlineData("interface IJob { void Run(); } class Job : IJob { public async void [|Run|]() => await Task.Yield(); }")]
    [InlineData("async void [|Run|]() { try { await Task.Yield(); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("Timer Start() => new(Tick); async void [|Tick|](object? _) { await Task.Yield(); }")]
    [InlineData("Timer Start() => new(Tick); async void [|Tick|](object? _) { var text = File.ReadAllText(\"a\"); try { await Task.Yield(); } catch { Console.WriteLine(text); } }")]
    [InlineData("Timer Start() => new(Tick); async void [|Tick|](object? _) { await Task.Yield(); try { await Task.Yield(); } catch { Console.WriteLine(1); } }")]
    [InlineData("Timer Start() => new(Tick); async void [|Tick|](object? _) { try { await Task.Yield(); } catch (InvalidOperationException) { } }")]
    [InlineData("string Name() => nameof(Run); void Start() => this.Run(); async void [|Run|]() { try { await Task.Yield(); } catch { Console.WriteLine(1); } }")]
    [InlineData("Timer Start() => new(Other.Tick); class Other { public static void Tick(object? _) { } } async void [|Tick|](object? _) { try { await Task.Yield(); } catch { Console.WriteLine(1); } }")]
    public Task GuardWithAHoleFails(string member) => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(Service(member));

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(TestProject.Library("Acme", "public class Sender { public async void [|Send|]() => await Task.Yield(); }"));

    [Fact]
    public Task LocalFunctionOfTheProgramFails() => RuleTest.FailsAsync<SCORE4008NoAsyncVoid>(TestProject.Service("Send(); async void [|Send|]() => await Task.Yield();"));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE4008NoAsyncVoid>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithSource("Proxy.g.cs", "class Proxy { public async void Send() => await Task.Yield(); }"));

    static TestProject Service(string member) => TestProject.Service($$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            {{member}}
        }
        """);
}
