using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4009NoBlockingOnAsyncTests
{
    [Fact]
    public Task ResultInAnAsyncMethodFails() => RuleTest.FailsAsync<SCORE4009NoBlockingOnAsync>(
        Class("async Task<int> Get() { await Task.Yield(); return One().[|Result|]; }"),
        "'.Result' blocks a thread until the task is done; under load the pool has none left (blocks level 3 of 'Production Readiness')");

    [Theory]
    [InlineData("async Task Get() { One().[|Wait|](); await Task.Yield(); }")]
    [InlineData("async Task Get() { One().GetAwaiter().[|GetResult|](); await Task.Yield(); }")]
    [InlineData("async Task<int> Get(Task<Task<int>> nested) => (await nested).[|Result|];")]
    [InlineData("async Task<int> Get() { return (await WhenAny()).[|Result|]; static Task<Task<int>> WhenAny() => Task.FromResult(One()); }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { if (b is { IsCompletedSuccessfully: true }) return a.[|Result|]; return await a; }")]
    [InlineData("async Task<int> Get(Task<int> a) { if (a is { Id: 1 }) return a.[|Result|]; return await a; }")]
    [InlineData("async Task Get() { One().ConfigureAwait(false).GetAwaiter().[|GetResult|](); await Task.Yield(); }")]
    [InlineData("async Task Get(Task a) { Task.[|WaitAll|](a); await Task.Yield(); }")]
    [InlineData("Task<int> Get() => Task.FromResult(One().[|Result|]);")]
    [InlineData("async Task<int> Get(ValueTask<int> one) { await Task.Yield(); return one.[|Result|]; }")]
    [InlineData("async Task<int> Get(int[] all) { await Task.Yield(); return all.Select(i => One().[|Result|]).Sum(); }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { await a; return b.[|Result|]; }")]
    [InlineData("async Task<int> Get(Task<int> a) { var one = a.[|Result|]; await a; return one; }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { var all = Task.WhenAll(a); await all; return b.[|Result|]; }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { var all = Task.WhenAll(a, b); var one = a.[|Result|]; await all; return one; }")]
    [InlineData("async Task<int> Get(List<Task<int>> all) { await Task.Yield(); return all.First().[|Result|]; }")]
    [InlineData("async Task<int> Get(List<Task<int>> all) { await Task.WhenAll(all); return all.Select(t => One()).First().[|Result|]; }")]
    [InlineData("async Task<int> Get(Dictionary<string, Task<int>> d) { await Task.Yield(); foreach (var (url, t) in d) { if (t.[|Result|] > 0) return 1; } return 0; }")]
    [InlineData("class Job : IHostedService { public Task StartAsync(CancellationToken c) => One(); public Task StopAsync(CancellationToken c) => One(); void Step() => One().[|Wait|](); }")]
    [InlineData("class Site : Microsoft.AspNetCore.Mvc.ControllerBase, IDisposable { [Microsoft.AspNetCore.Mvc.NonAction] public void Dispose() => One().[|Wait|](); }")]
    [InlineData("void Map(WebApplication app) => app.MapGet(\"/\", () => One().[|Result|]);")]
    [InlineData("void Map(WebApplication app) => app.Use((context, next) => { One().[|Wait|](); return next(context); });")]
    [InlineData("class Site : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => One().[|Result|]; }")]
    [InlineData("class Site : Microsoft.AspNetCore.SignalR.Hub { public int Get() => One().[|Result|]; }")]
    [InlineData("class Site : Microsoft.AspNetCore.Mvc.Filters.IActionFilter { public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext c) => One().[|Wait|](); public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext c) { } }")]
    [InlineData("class Middle(RequestDelegate next) { public object Invoke(HttpContext context) { One().[|Wait|](); return next(context); } }")]
    [InlineData("class Service : ServiceBase { int Get() => One().[|Result|]; } [Grpc.Core.BindServiceMethod] class ServiceBase;")]
    [InlineData("class Query : MediatR.IRequestHandler<int> { int Get() => One().[|Result|]; }")]
    public Task BlockingIsFoundHoweverItIsWritten(string member) => RuleTest.FailsAsync<SCORE4009NoBlockingOnAsync>(Class(member));

    [Theory]
    [InlineData("async Task<int> Get() => await One();")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { await Task.WhenAll(a, b); return a.Result + b.Result; }")]
    [InlineData("async Task<int> Get(Task<int>[] all) { await Task.WhenAll(all); return all.Select(t => t.Result).Sum() + all[0].Result; }")]
    [InlineData("async Task<int> Get(Task<int>[] all) { await Task.WhenAll(all); foreach (var t in all) { if (t.Result > 0) return 1; } return 0; }")]
    [InlineData("async Task<int> Get(Task<int>[] all) { await Task.WhenAll(all); return (from t in all select t.Result).Sum(); }")]
    [InlineData("async Task<int> Get(Task<int> a) { await a.ConfigureAwait(false); return a.Result; }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { var done = await Task.WhenAny(a, b); return done.Result; }")]
    [InlineData("async Task<Dictionary<string, int>> Get(Dictionary<string, Task<int>> d) { await Task.WhenAll(d.Values); return d.ToDictionary(k => k.Key, k => k.Value.Result); }")]
    [InlineData("async Task<int> Get(Dictionary<string, Task<int>> d) { await Task.WhenAll(d.Values); foreach (var (url, t) in d) { if (t.Result > 0) return 1; } return 0; }")]
    [InlineData("async Task<int> Get(Dictionary<string, Task<int>> d) { await Task.WhenAll(d.Values); foreach (var pair in d) { if (pair.Value.Result > 0) return 1; } return 0; }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { var all = Task.WhenAll(a, b); await all; return a.Result; }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { var all = Task.WhenAll(a, b); await all.ConfigureAwait(false); return a.Result; }")]
    [InlineData("async Task<int> Get(List<Task<int>> all) { var done = Task.WhenAll(all); await done; return all.Sum(t => t.Result); }")]
    [InlineData("async Task<int> Get(List<Task<int>> all) { await Task.WhenAll(all); return all.First().Result + all.Where(t => t.Id > 1).Last().Result; }")]
    [InlineData("async Task<int> Get(Queue<Task<int>> all) { await Task.WhenAll(all); return all.Dequeue().Result; }")]
    [InlineData("async Task<int> Get(Task<int>[] all) { await foreach (var t in Task.WhenEach(all)) { if (t.Result > 0) return 1; } return 0; }")]
    [InlineData("async Task<int> Get(Task<int> t) { var w = t.WaitAsync(TimeSpan.FromSeconds(1)); await w; return t.Result; }")]
    [InlineData("class Job : IHostedService, IDisposable { public Task StartAsync(CancellationToken c) => One(); public Task StopAsync(CancellationToken c) => One(); public void Dispose() => One().Wait(); }")]
    [InlineData("Task<int> Get() => One().ContinueWith(t => t.Result + 1);")]
    [InlineData("async Task<int> Get(Task<int> a) { if (a.IsCompletedSuccessfully) return a.Result; return await a; }")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) => (await Task.WhenAny(a, b)).Result;")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) => (await Task.WhenAny(a, b).ConfigureAwait(false)).GetAwaiter().GetResult();")]
    [InlineData("async Task<int> Get(Task<int> a, Task<int> b) { var any = Task.WhenAny(a, b); return (await any).Result; }")]
    [InlineData("async Task<int> Get(Task<int> a) { if (a is { IsCompletedSuccessfully: true }) return a.Result; return await a; }")]
    [InlineData("async Task<int> Get(Task<int> a) => a is { IsCompleted: true } done ? done.Result : await a;")]
    [InlineData("async Task<int> Get(Task<int> a) { switch (a) { case { IsCompletedSuccessfully: true }: return a.Result; default: return await a; } }")]
    [InlineData("async Task<int> Get(Task<int> a) => a switch { { Status: TaskStatus.RanToCompletion } => a.Result, _ => await a };")]
    [InlineData("async Task<string> Get() { await Task.Yield(); return nameof(Task<int>.Result); }")]
    [InlineData("async Task<int> Get(Answer answer) { await Task.Yield(); answer.Wait(); return answer.Result; }")]
    [InlineData("async Task Get(SemaphoreSlim gate) { await Task.Yield(); gate.Wait(); }")]
    [InlineData("int Get() => One().Result;")]
    [InlineData("void Add(IServiceCollection services) => services.AddSingleton(_ => new Answer(One().Result));")]
    public Task AwaitedAndForeignResultsPass(string member) => RuleTest.PassesAsync<SCORE4009NoBlockingOnAsync>(Class(member));

    [Fact]
    public Task ProgramMayBlockBeforeItServes() => RuleTest.FailsAsync<SCORE4009NoBlockingOnAsync>(TestProject.Service("""
        var text = File.ReadAllTextAsync("a").Result;
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(_ => File.ReadAllTextAsync("b").Result);
        var app = builder.Build();
        app.MapGet("/", () => File.ReadAllTextAsync(text).[|Result|]);
        await app.RunAsync();
        """));

    [Fact]
    public Task AsyncMainMayBlockBeforeItServes() => RuleTest.PassesAsync<SCORE4009NoBlockingOnAsync>(TestProject.Service("""
        static class Program
        {
            static async Task Main(string[] args)
            {
                var text = File.ReadAllTextAsync("a").Result;
                await WebApplication.CreateBuilder(args).Build().RunAsync();
            }
        }
        """));

    [Theory]
    [InlineData("AddTransient<IStore, Store>()", "class Site(IStore store) : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("AddScoped<IStore>(_ => new Store())", "class Site : Microsoft.AspNetCore.SignalR.Hub { public Site(IStore store) { } }")]
    [InlineData("AddScoped(typeof(IStore), typeof(Store))", "class Site : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get([Microsoft.AspNetCore.Mvc.FromServices] IStore store) => 1; }")]
    [InlineData("AddTransient<Store>()", "static class Site { static void Map(WebApplication app) => app.MapGet(\"/\", (Store store) => 1); }")]
    [InlineData("AddTransient<IStore, Store>().AddScoped<Prices>()", "class Prices(IStore store); class Site(Prices prices) : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    public Task ConstructorOfWhatIsMadePerRequestFails(string registration, string user) => RuleTest.FailsAsync<SCORE4009NoBlockingOnAsync>(Made(registration, user, "[|Wait|]"));

    [Theory]
    [InlineData("AddSingleton<IStore, Store>()", "class Site(IStore store) : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("AddTransient<IStore, Store>()", "class Site(IStore store) : BackgroundService { protected override Task ExecuteAsync(CancellationToken c) => Task.CompletedTask; }")]
    [InlineData("AddTransient<IStore, Store>()", "class Site(IStore store);")]
    [InlineData("AddTransient<IStore, Store>().AddSingleton<Prices>()", "class Prices(IStore store); class Site(Prices prices) : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("AddTransient<IStore, Other>()", "class Other : IStore; class Site(IStore store) : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("AddTransient<Store>()", "static class Site { static void Map(WebApplication app) => Console.WriteLine((Store store) => 1); }")]
    public Task ConstructorOfWhatIsMadeOncePasses(string registration, string user) => RuleTest.PassesAsync<SCORE4009NoBlockingOnAsync>(Made(registration, user, "Wait"));

    static TestProject Made(string registration, string user, string wait) => TestProject.Service($$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.{{registration}};
        builder.Build().Run();

        interface IStore;

        class Store : IStore
        {
            public Store() => Task.Delay(1).{{wait}}();

            static Store() => Task.Delay(1).Wait();
        }

        {{user}}
        """);

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE4009NoBlockingOnAsync>(TestProject.Library("Acme", "public class Prices { public async Task<int> Get(Task<int> a) { await Task.Yield(); return a.[|Result|]; } }"));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE4009NoBlockingOnAsync>(
        Class("").WithSource("Prices.g.cs", "class Generated { async Task<int> Get(Task<int> a) { await Task.Yield(); return a.Result; } }"));

    static TestProject Class(string member) => TestProject.Service($$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Prices
        {
            static async Task<int> One() { await Task.Yield(); return 1; }

            {{member}}
        }

        record Answer(int Result)
        {
            public void Wait() { }
        }

        namespace Grpc.Core
        {
            class BindServiceMethodAttribute : Attribute;
        }

        namespace MediatR
        {
            interface IRequestHandler<T>;
        }
        """);
}
