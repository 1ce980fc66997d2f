using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Facts;

/// <summary>A referenced project is metadata to the compiler and a compilation to the editor and to <c>dotnet format</c>: every rule says the same of it.</summary>
public sealed class ReferencedProjectTests
{
    public static TheoryData<string> Ids => [.. AllRules.Descriptors.Select(d => d.Id)];

    [Theory, MemberData(nameof(Ids))]
    public Task ServiceIsJudgedAlike(string id) => AreAlikeAsync(id, Service, Shared);

    [Theory, MemberData(nameof(Ids))]
    public Task LibraryIsJudgedAlike(string id) => AreAlikeAsync(id, Service with { AssemblyName = "Checkout.Core", Properties = TestProject.Library("Checkout.Core", "").Properties }, Shared);

    [Theory, MemberData(nameof(Ids))]
    public Task TestsAreJudgedAlike(string id) => AreAlikeAsync(id, Tests, SharedTests);

    [Theory]
    [InlineData("SCORE2009", "SCORE2009")]
    [InlineData("SCORE4003", "SCORE0002")]
    public async Task ReferencedProjectIsAskedForWhatTheServiceUses(string id, string said) =>
        Assert.Contains(said, await SaidAsync(id, Service.WithReference(Shared.ToProject())), StringComparison.Ordinal);

    [Fact]
    public async Task HelperOfAReferencedProjectAssertsNothingInTheEditorEither() =>
        Assert.Contains("'OrderTests.Helped' asserts nothing", await SaidAsync("SCORE3002", Tests.WithReference(SharedTests.ToProject())), StringComparison.Ordinal);

    static async Task AreAlikeAsync(string id, TestProject project, TestProject referenced) =>
        Assert.Equal((await SaidAsync(id, project.WithReference(referenced.ToMetadata()))).Split("\n"), (await SaidAsync(id, project.WithReference(referenced.ToProject()))).Split("\n"));

    static async Task<string> SaidAsync(string id, TestProject project) =>
        string.Join("\n", (await RuleTest.AnalyzeAsync(project, AllRules.Analyzers.Single(r => r.Descriptor.Id == id)))
            .Select(d => $"{d} {d.Properties.GetValueOrDefault("reason")}").Order(StringComparer.Ordinal));

    static readonly TestProject Shared = TestProject.Library("Shared", """
        using System.Diagnostics;
        using System.Diagnostics.Metrics;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        namespace Shared;

        public static class Alerts
        {
            public static void Notify() => Console.Error.WriteLine("failed");

            public static void Raise() => throw new InvalidOperationException();

            public static Task WaitAsync() => Task.Delay(TimeSpan.FromMinutes(5));
        }

        public class ApiClientBase(HttpClient http)
        {
            protected HttpClient Http => http;

            public Task<string> AskAsync() => http.GetStringAsync("a");
        }

        public sealed class PriceClient
        {
            readonly HttpClient http;

            public PriceClient(HttpClient http)
            {
                http.Timeout = TimeSpan.FromSeconds(5);
                this.http = http;
            }

            public Task<string> AskAsync() => http.GetStringAsync("a");
        }

        public class TimeoutHandler : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
            {
                using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3));
                return await base.SendAsync(request, source.Token);
            }
        }

        public static class Clients
        {
            public static readonly Action<HttpClient> Kept = client => client.Timeout = TimeSpan.FromSeconds(5);

            public static Action<HttpClient> Offered { get; } = client => client.Timeout = TimeSpan.FromSeconds(5);

            public static void Configure(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);

            public static IHttpClientBuilder Bound(this IHttpClientBuilder http) => http.ConfigureHttpClient(Configure);

            public static CancellationTokenSource After(CancellationToken cancellation)
            {
                var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                source.CancelAfter(TimeSpan.FromSeconds(3));
                return source;
            }
        }

        public static class Sources
        {
            public static readonly ActivitySource Orders = new("Orders");

            public static readonly Meter Counts = new("Counts");

            public static readonly string[] Names = ["Orders", "Counts"];

            public static string Name { get; } = "Orders";
        }

        public static class Endpoints
        {
            public static RouteGroupBuilder MapOrders(this IEndpointRouteBuilder app)
            {
                var orders = app.MapGroup("/orders");
                orders.MapGet("/", Handlers.All);
                return orders;
            }

            public static RouteGroupBuilder Secured(this RouteGroupBuilder group) => group.RequireAuthorization();
        }

        public static class Handlers
        {
            public static string All() => "";
        }

        public abstract class OrdersBase : ControllerBase
        {
            [HttpGet("all")]
            public string All() => "";
        }

        public abstract class Work : BackgroundService
        {
            protected static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

            protected override async Task ExecuteAsync(CancellationToken stopping)
            {
                while (true)
                    await StepAsync();
            }

            protected virtual Task StepAsync() => Task.Delay(Pause);
        }

        public static class Defaults
        {
            public static IHostApplicationBuilder AddDefaults(this IHostApplicationBuilder builder)
            {
                builder.Services.AddHealthChecks();
                builder.Logging.AddJsonConsole();
                return builder;
            }

            public static void Say(this ILogger logger, string text) => logger.LogInformation(text);
        }
        """);

    static readonly TestProject Service = TestProject.Service("""
        using Microsoft.AspNetCore.Mvc;
        using Shared;

        var builder = WebApplication.CreateBuilder(args);
        builder.AddDefaults();
        builder.Services.AddOpenTelemetry().WithTracing(t => t.AddSource(Sources.Names).AddSource(Sources.Name, Sources.Orders.Name)).WithMetrics(m => m.AddMeter(Sources.Counts.Name));
        builder.Services.AddHttpClient<PriceClient>();
        builder.Services.AddHttpClient<Rates>();
        builder.Services.AddHttpClient<Patient>();
        builder.Services.AddHttpClient("a").AddHttpMessageHandler<TimeoutHandler>();
        builder.Services.AddHttpClient("b").AddHttpMessageHandler<SlowHandler>();
        builder.Services.AddHttpClient("c", Clients.Kept);
        builder.Services.AddHttpClient("d", Clients.Offered);
        builder.Services.AddHttpClient("e", Clients.Configure);
        builder.Services.AddHttpClient("f").Bound();
        builder.Services.AddControllers();
        builder.Services.AddHostedService<Poll>();
        var app = builder.Build();
        app.MapOrders().Secured();
        app.MapGroup("/more").Secured().MapGet("/", Handlers.All);
        app.MapControllers();
        try
        {
            app.Run();
        }
        catch (Exception)
        {
            Alerts.Notify();
        }

        class Rates(HttpClient client) : ApiClientBase(client);

        class Patient(HttpClient client)
        {
            public async Task<string> AskAsync(CancellationToken cancellation)
            {
                using var source = Clients.After(cancellation);
                return await client.GetStringAsync("a", source.Token);
            }
        }

        class SlowHandler : TimeoutHandler;

        class OrdersController(ILogger<OrdersController> logger) : OrdersBase
        {
            [HttpGet("one")]
            public string One()
            {
                try
                {
                    logger.Say("one");
                    Alerts.WaitAsync().Wait();
                }
                catch (Exception)
                {
                    Alerts.Raise();
                }
                return "";
            }
        }

        class Poll : Work
        {
            protected override async Task StepAsync() => await Task.Delay(Pause);
        }
        """);

    static readonly TestProject SharedTests = TestProject.Library("Shared", """
        namespace Shared;

        public abstract class OrderTestsBase : IDisposable
        {
            public virtual void Dispose() => throw new InvalidOperationException("left open");

            protected static void Check(int order)
            {
                if (order == 0)
                    throw new InvalidOperationException();
            }

            protected virtual void Scenario() => Check(1);
        }
        """);

    static readonly TestProject Tests = TestProject.Tests("""
        using Shared;

        public class OrderTests : OrderTestsBase
        {
            [Fact] public void Helped() => Check(1);

            [Fact] public void Played() => Scenario();

            [Fact] public void Handed() => new[] { 1 }.ToList().ForEach(Check);
        }
        """);
}
