using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Facts;

/// <summary>Code that leads back to itself, and a rule that follows it: a walk without an end takes the compiler or the editor with it, so that a fault ends the whole run of tests.</summary>
public sealed class CircularCodeTests
{
    /// <summary>Valid code: functions that call each other, types that take each other.</summary>
    [Theory]
    [InlineData("void Visit(int n) { Console.WriteLine(n); Descend(n); } void Descend(int n) { if (n > 0) Visit(n - 1); } Visit(3);")]
    [InlineData("void Visit(int n) { app.MapHealthChecks(\"/h\"); Descend(n); } void Descend(int n) { Visit(n - 1); } Visit(3);")]
    [InlineData("void Log(int n) { app.Logger.LogInformation($\"{n}\"); Again(n); } void Again(int n) => Log(n - 1); Log(3);")]
    [InlineData("RouteGroupBuilder One(RouteGroupBuilder g) => Two(g.WithTags(\"a\")); RouteGroupBuilder Two(RouteGroupBuilder g) => One(g.WithTags(\"b\")); One(app.MapGroup(\"/a\")).MapGet(\"/\", () => \"\");")]
    [InlineData("void One(IEndpointRouteBuilder b) { b.MapGet(\"/a\", () => \"\"); Two(b); } void Two(IEndpointRouteBuilder b) { b.MapGet(\"/b\", () => \"\"); One(b.MapGroup(\"/c\")); } One(app);")]
    [InlineData("services.AddHttpClient(\"a\", One); static void One(HttpClient c) => Two(c); static void Two(HttpClient c) => One(c);")]
    [InlineData("services.AddHttpClient(\"a\").One();")]
    [InlineData("services.AddHttpClient<Asks>();")]
    [InlineData("services.AddHttpClient<Polls>().AddHttpMessageHandler<Asking>();")]
    [InlineData("services.AddHttpClient(\"a\", c => Chains.Run(Chains.Next));")]
    [InlineData("services.AddOpenTelemetry().WithTracing(t => t.AddSource(Chains.Names).AddSource(Chains.First));")]
    [InlineData("services.AddHostedService<Work>();")]
    [InlineData("try { app.Start(); } catch (Exception) { One(); } void One() => Two(); void Two() => One();")]
    [InlineData("services.AddTransient<Left>(); services.AddTransient<Right>();")]
    public Task ServiceIsJudged(string statements) => IsJudgedAsync(Service(statements));

    [Theory]
    [InlineData("var dev = !dev; if (dev) app.MapHealthChecks(\"/h\"); if (dev) Console.WriteLine(1);")]
    [InlineData("var a = !b; var b = !a; if (a) app.MapHealthChecks(\"/h\");")]
    [InlineData("RouteGroupBuilder Map(RouteGroupBuilder g) { var api = api.WithTags(\"a\"); return api; } Map(app.MapGroup(\"/a\")).MapGet(\"/\", () => \"\");")]
    [InlineData("RouteGroupBuilder Map(RouteGroupBuilder g) { var a = b.WithTags(\"a\"); var b = a.WithTags(\"a\"); return b; } Map(app.MapGroup(\"/a\")).MapGet(\"/\", () => \"\");")]
    [InlineData("var api = api.MapGroup(\"/a\"); api.MapGet(\"/\", () => \"\");")]
    [InlineData("Action<HttpClient> bound = bound; services.AddHttpClient(\"a\", bound);")]
    [InlineData("Action<HttpClient> a = b; Action<HttpClient> b = a; services.AddHttpClient(\"a\", a);")]
    [InlineData("var text = text; app.Logger.LogInformation(text);")]
    [InlineData("var text = text!; app.Logger.LogInformation(text);")]
    [InlineData("string a = b; string b = a; app.Logger.LogInformation(a);")]
    [InlineData("bool a = b; bool b = a; if (a) { Console.WriteLine(1); return; }")]
    [InlineData("var names = names; services.AddOpenTelemetry().WithTracing(t => t.AddSource(names));")]
    [InlineData("services.AddHttpClient<Circle>().AddHttpMessageHandler<CircleHandler>();")]
    [InlineData("services.AddHttpClient(\"a\", c => Bounds.Of(c));")]
    public Task HalfTypedServiceIsJudged(string statements) => IsJudgedAsync(Service(statements).WithSource("Circles.cs", """
        using Microsoft.AspNetCore.Mvc;

        class Circle : Circle;

        class Left2 : Right2;

        class Right2 : Left2;

        class CircleHandler : CircleHandler;

        [Route("circle")]
        class CircleController : CircleController
        {
            [HttpGet] public string Get() { try { throw null!; } catch (Exception) { return Task.FromResult("").Result; } }
        }

        class CircleWork : CircleWork
        {
            protected override async Task ExecuteAsync(CancellationToken stopping) { while (true) await Task.Delay(1); }
        }

        static class Bounds
        {
            public static void Of<T>(T c) where T : T { }

            public static void Of<T, U>(T c, U d) where T : U where U : T { }

            public static void On<T>(T c) where T : Action<T> { }
        }
        """) with { IsHalfTyped = true });

    [Theory]
    [InlineData("[Fact] public void Calls() => One(); void One() => Two(); void Two() => One();", false)]
    [InlineData("[Fact] public void Calls() { One(); void One() => Two(); void Two() => One(); }", false)]
    [InlineData("[Fact] public void Calls() => Calls();", false)]
    [InlineData("class Circle : Circle, IDisposable { [Fact] public void Calls() { } public void Dispose() { } }", true)]
    public Task TestsAreJudged(string members, bool isHalfTyped) => IsJudgedAsync(TestProject.Tests($"public class OrderTests {{ {members} }}") with { IsHalfTyped = isHalfTyped });

    static async Task IsJudgedAsync(TestProject project) =>
        Assert.NotEmpty(await RuleTest.AnalyzeAsync(project, [.. AllRules.Analyzers]));

    static TestProject Service(string statements) => TestProject.Service($$"""
        using System.Net.Http;

        var builder = WebApplication.CreateBuilder(args);
        var services = builder.Services;
        var app = builder.Build();
        {{statements}}
        app.Run();
        """).WithSource("Chains.cs", """
        using System.Net.Http;

        delegate void Chain(Chain next);

        static class Chains
        {
            public static readonly string[] Names = [.. Names, First];

            public static readonly string First = Second;

            public static readonly string Second = First;

            public static void Run(Chain chain) => chain(Run2);

            public static void Next(Chain chain) => Run(chain);

            static void Run2(Chain chain) => Run(Next);

            public static IHttpClientBuilder One(this IHttpClientBuilder http) => http.Two();

            public static IHttpClientBuilder Two(this IHttpClientBuilder http) => http.One();
        }

        class Asks(HttpClient client)
        {
            public Task<string> OneAsync(CancellationToken token) => token.CanBeCanceled ? TwoAsync(token) : client.GetStringAsync("a", token);

            Task<string> TwoAsync(CancellationToken token) => OneAsync(token);
        }

        class Polls(HttpClient client, IServiceProvider services)
        {
            public Task<string> GetAsync() => OneAsync(() => client.GetStringAsync("a"));

            Task<string> OneAsync(Func<Task<string>> ask) => services is null ? ask() : TwoAsync(ask);

            Task<string> TwoAsync(Func<Task<string>> ask) => OneAsync(() => ask());
        }

        class Asking : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token) => TwoAsync(request, token);

            Task<HttpResponseMessage> TwoAsync(HttpRequestMessage request, CancellationToken token) => SendAsync(request, token);
        }

        class Work : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stopping) { while (true) await OneAsync(); }

            async Task OneAsync() => await TwoAsync();

            async Task TwoAsync() { await Task.Delay(5000); await OneAsync(); }
        }

        class Left { public Left(Right right) => Task.FromResult(right).Wait(); }

        class Right { public Right(Left left) => Task.FromResult(left).Wait(); }
        """);
}
