using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4003OutgoingHttpIsBoundedTests
{
    const string Cost = " (blocks level 2 of 'Production Readiness')";

    [Fact]
    public Task ClientPerCallFails() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Class("async Task<string> Ask() { using var client = [|new HttpClient()|]; return await client.GetStringAsync(\"a\"); }"),
        "'new HttpClient' in 'Ask' opens connections of its own at every call, until there are no ports left" + Cost);

    [Theory]
    [InlineData("Task<string> Ask() => [|new HttpClient()|].GetStringAsync(\"a\");")]
    [InlineData("async Task<string> Ask() { var client = [|new HttpClient { Timeout = TimeSpan.FromSeconds(1) }|]; return await client.GetStringAsync(\"a\"); }")]
    [InlineData("async Task<string> Ask() { HttpClient client = [|new()|]; return await client.GetStringAsync(\"a\"); }")]
    [InlineData("async Task<string> Ask() { using (var client = [|new HttpClient(new HttpClientHandler())|]) return await client.GetStringAsync(\"a\"); }")]
    public Task ClientPerCallIsFoundHoweverItIsWritten(string member) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Class(member));

    [Fact]
    public Task KeptClientWithoutTimeoutFails() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Class("static readonly HttpClient Shared = [|new()|];"), "'Shared' waits up to 100 seconds, HttpClient's default: nobody chose its timeout" + Cost);

    [Theory]
    [InlineData("readonly HttpClient client; Prices() { client = [|new HttpClient()|]; }")]
    [InlineData("HttpClient? client; HttpClient Get() => client ??= [|new HttpClient(new SocketsHttpHandler())|];")]
    [InlineData("HttpClient Client { get; } = [|new()|];")]
    public Task KeptClientIsFoundHoweverItIsWritten(string member) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Class(member));

    [Theory]
    [InlineData("static readonly HttpClient Shared = new() { Timeout = TimeSpan.FromSeconds(5) };")]
    [InlineData("static readonly HttpClient Shared = new(); static Prices() { Shared.Timeout = TimeSpan.FromSeconds(5); }")]
    [InlineData("HttpClient Create() => new HttpClient();")]
    [InlineData("HttpClient Create() { var client = new HttpClient(); return client; }")]
    [InlineData("object Create() { var client = new HttpClient(); return Tuple.Create(client); }")]
    [InlineData("static readonly SocketsHttpHandler Handler = new(); async Task<string> Ask() { using var client = new HttpClient(Handler, disposeHandler: false); return await client.GetStringAsync(\"a\"); }")]
    [InlineData("class Bound : DelegatingHandler; static readonly HttpClient Shared = new(new Bound());")]
    [InlineData("void Add(IServiceCollection services) => services.AddSingleton(_ => new HttpClient());")]
    [InlineData("class HttpClient { public void Send() { } } void Ask() => new HttpClient().Send();")]
    public Task BoundOrForeignClientPasses(string member) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Class(member));

    [Fact]
    public Task ClientOfTheProgramIsCreatedOnce() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(TestProject.Service("""
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await client.GetStringAsync("https://config.example.org");
        WebApplication.CreateBuilder(args).Build().Run();
        """));

    [Fact]
    public Task ClientOfAHostedServiceIsCreatedOnceButNotInItsLoop() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Class("""
        class Poll : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stopping)
            {
                using var once = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
                while (!stopping.IsCancellationRequested)
                {
                    await once.GetStringAsync("a", stopping);
                    using var each = [|new HttpClient()|];
                    await each.GetStringAsync("a", stopping);
                }
            }
        }
        """));

    [Fact]
    public Task InfiniteTimeoutFails() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Class("static readonly HttpClient Shared = new() { [|Timeout = Timeout.InfiniteTimeSpan|] };"),
        "'Timeout.InfiniteTimeSpan' lets a call wait for ever: a dependency that hangs takes the service with it" + Cost);

    [Fact]
    public Task RegisteredClientWithoutBoundFails() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.[|AddHttpClient<Prices>|]();"),
        "The client of 'AddHttpClient<Prices>' has neither a timeout nor a resilience handler: it waits up to 100 seconds, HttpClient's default" + Cost);

    [Theory]
    [InlineData("builder.Services.[|AddHttpClient|](\"prices\");")]
    [InlineData("builder.Services.[|AddHttpClient|](\"prices\", client => client.BaseAddress = new Uri(\"https://a\"));")]
    [InlineData("builder.Services.[|AddHttpClient<Prices>|]().SetHandlerLifetime(TimeSpan.FromMinutes(5));")]
    [InlineData("var prices = builder.Services.[|AddHttpClient<Prices>|](); prices.SetHandlerLifetime(TimeSpan.FromMinutes(5));")]
    [InlineData("builder.Services.[|AddHttpClient<Prices>|]().Named();")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => http.SetHandlerLifetime(TimeSpan.FromMinutes(5))); builder.Services.[|AddHttpClient<Prices>|]();")]
    [InlineData("[|builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient()|].GetType();")]
    public Task UnboundRegistrationIsFoundHoweverItIsWritten(string statement) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Program(statement));

    [Theory]
    [InlineData("builder.Services.AddHttpClient();")]
    [InlineData("builder.Services.AddHttpClient(\"prices\", client => client.Timeout = TimeSpan.FromSeconds(5));")]
    [InlineData("builder.Services.AddHttpClient<Prices>().ConfigureHttpClient(client => client.Timeout = TimeSpan.FromSeconds(5));")]
    [InlineData("builder.Services.AddHttpClient<Prices>().AddStandardResilienceHandler();")]
    [InlineData("builder.Services.AddHttpClient<Prices>().SetHandlerLifetime(TimeSpan.FromMinutes(5)).AddStandardResilienceHandler();")]
    [InlineData("var prices = builder.Services.AddHttpClient<Prices>(); prices.AddStandardResilienceHandler();")]
    [InlineData("builder.Services.AddHttpClient<Prices>().Patient();")]
    [InlineData("builder.Services.AddHttpClient<Patient>();")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler()); builder.Services.AddHttpClient<Prices>();")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => { http.ConfigureHttpClient(c => c.Timeout = Timeout.InfiniteTimeSpan); http.AddStandardResilienceHandler(); }); builder.Services.AddHttpClient<Prices>();")]
    [InlineData("builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(\"prices\").GetType();")]
    [InlineData("var client = builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(); client.Timeout = TimeSpan.FromSeconds(1);")]
    public Task BoundRegistrationPasses(string statement) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Program(statement));

    const string Defaults = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(this IHostApplicationBuilder builder) => builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        }
        """;

    [Fact]
    public Task DefaultsOfAReferencedProjectBoundEveryClient() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("Acme.Defaults.AddDefaults(builder); builder.Services.AddHttpClient<Prices>();")
            .WithReference(TestProject.Library("Acme", Defaults).WithReference(Resilience).ToReferenceAssembly()));

    [Fact]
    public Task DefaultsThatNobodyCallsBoundNothing() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.[|AddHttpClient<Prices>|]();").WithReference(TestProject.Library("Acme", Defaults).WithReference(Resilience).ToReferenceAssembly()));

    [Fact]
    public Task DefaultsThatCannotBeLookedIntoAreUndecided() => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("Acme.Defaults.AddDefaults(builder); builder.Services.AddHttpClient<Prices>();")
            .WithReference(TestProject.Library("Acme", Defaults).WithReference(Resilience).WithKind("none").ToReferenceAssembly()),
        "undecided", "'Acme.Defaults.AddDefaults' may bound every client");

    [Fact]
    public Task ExtensionOfAPackageIsUndecided() => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("Acme.Clients.Bound(builder.Services.AddHttpClient<Prices>()); builder.Services.AddHttpClient(\"a\").Bound();", "using Acme;")
            .WithReference(TestProject.Library("Acme", "using Microsoft.Extensions.DependencyInjection; namespace Acme; public static class Clients { public static IHttpClientBuilder Bound(this IHttpClientBuilder http) => http; }").WithKind("none").ToMetadata()),
        "undecided", "is handed on");

    [Fact]
    public Task LibraryIsJudgedByWhatItCreatesAndNotByWhatItRegisters() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(TestProject.Library("Acme", """
        using System.Net.Http;
        using Microsoft.Extensions.DependencyInjection;

        public class Prices
        {
            public void Add(IServiceCollection services) => services.AddHttpClient("prices");

            public System.Threading.Tasks.Task<string> Ask() => [|new HttpClient()|].GetStringAsync("a");
        }
        """));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(
        Class("").WithSource("Prices.g.cs", "class Generated { static readonly System.Net.Http.HttpClient Shared = new(); }"));

    static readonly MetadataReference Resilience = TestProject.Library("Microsoft.Extensions.Http.Resilience", """
        namespace Microsoft.Extensions.DependencyInjection;

        public static class ResilienceHttpClientBuilderExtensions
        {
            public static object AddStandardResilienceHandler(this IHttpClientBuilder builder) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    static TestProject Class(string member) => TestProject.Service($$"""
        using System.Net.Http;

        WebApplication.CreateBuilder(args).Build().Run();

        class Prices
        {
            {{member}}
        }
        """);

    static TestProject Program(string statement, string import = "") => TestProject.Service($$"""
        using System.Net.Http;
        {{import}}

        var builder = WebApplication.CreateBuilder(args);
        {{statement}}
        builder.Build().Run();

        class Prices(HttpClient client)
        {
            public Task<string> Ask() => client.GetStringAsync("a");
        }

        class Patient
        {
            public Patient(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);
        }

        static class Extensions
        {
            public static IHttpClientBuilder Patient(this IHttpClientBuilder http) => http.ConfigureHttpClient(c => c.Timeout = TimeSpan.FromSeconds(5));

            public static IHttpClientBuilder Named(this IHttpClientBuilder http) => http;
        }
        """).WithReference(Resilience);
}
