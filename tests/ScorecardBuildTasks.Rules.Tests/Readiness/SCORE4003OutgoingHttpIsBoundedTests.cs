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
    [InlineData("_ = builder.Services.[|AddHttpClient|](\"a\"); builder.Services.AddHttpClient(\"b\", client => client.Timeout = TimeSpan.FromSeconds(5));")]
    [InlineData("builder.Services.[|AddHttpClient|](\"a\").Services.AddHttpClient(\"b\", client => client.Timeout = TimeSpan.FromSeconds(5));")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => http.SetHandlerLifetime(TimeSpan.FromMinutes(5))); builder.Services.[|AddHttpClient<Prices>|]();")]
    [InlineData("[|builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient()|].GetType();")]
    public Task UnboundRegistrationIsFoundHoweverItIsWritten(string statement) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Program(statement));

    [Fact]
    public Task UnboundClientIsNamed() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.[|AddHttpClient|](\"m\");"), "The client of 'AddHttpClient(\"m\")' has neither a timeout nor a resilience handler: it waits up to 100 seconds, HttpClient's default" + Cost);

    /// <summary>What is told elsewhere in the compilation is followed there.</summary>
    [Theory]
    [InlineData("builder.Services.AddHttpClient(\"m\", Own.Defaults);")]
    [InlineData("builder.Services.AddHttpClient(\"m\").ConfigureHttpClient(Own.Defaults);")]
    [InlineData("builder.Services.AddHttpClient<IWeather, Weather>(Own.Defaults);")]
    [InlineData("builder.Services.AddHttpClient(\"m\", c => Own.Defaults(c));")]
    [InlineData("builder.Services.AddHttpClient(\"m\", c => c.Setup(builder.Configuration));")]
    [InlineData("builder.Services.AddHttpClient<Weather>(Own.Bind(\"pricing\"));")]
    [InlineData("builder.Services.AddHttpClient<Weather>(Own.Kept);")]
    [InlineData("Action<HttpClient> local = c => Own.Defaults(c); builder.Services.AddHttpClient<Weather>(local);")]
    [InlineData("Action<HttpClient> local = Own.Defaults; builder.Services.AddHttpClient<Weather>(local);")]
    [InlineData("builder.Services.AddHttpClient(\"m\").ConfigureAll();")]
    [InlineData("Own.ConfigureAll(builder.Services.AddHttpClient(\"m\"));")]
    [InlineData("builder.Services.AddHttpClient(\"m\").AddHttpMessageHandler<TimeoutHandler>();")]
    [InlineData("builder.Services.AddHttpClient(\"m\").AddHttpMessageHandler(() => new TimeoutHandler());")]
    [InlineData("builder.Services.AddHttpClient(\"split\"); builder.Services.AddHttpClient(\"split\").AddStandardResilienceHandler();")]
    [InlineData("builder.Services.AddHttpClient(\"opts\"); builder.Services.Configure<Microsoft.Extensions.Http.HttpClientFactoryOptions>(\"opts\", o => o.HttpClientActions.Add(c => c.Timeout = TimeSpan.FromSeconds(5)));")]
    [InlineData("builder.Services.AddHttpClient<PerCall>();")]
    [InlineData("builder.Services.AddHttpClient(\"m\", c => c.Timeout = Timeout.InfiniteTimeSpan).AddStandardResilienceHandler();")]
    [InlineData("builder.Services.AddHttpClient(\"m\", c => c.Timeout = Timeout.InfiniteTimeSpan); builder.Services.AddHttpClient(\"m\").AddStandardResilienceHandler();")]
    public Task BoundThatStandsElsewherePasses(string statement) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Followed(statement));

    [Theory]
    [InlineData("builder.Services.[|AddHttpClient|](\"m\", Own.Nothing);")]
    [InlineData("builder.Services.[|AddHttpClient|](\"m\").AddHttpMessageHandler<HeaderHandler>();")]
    [InlineData("builder.Services.[|AddHttpClient|](\"m\"); builder.Services.AddHttpClient(\"other\").AddStandardResilienceHandler();")]
    [InlineData("builder.Services.[|AddHttpClient<OfOptions>|]();")]
    [InlineData("builder.Services.[|AddHttpClient<SomeCalls>|]();")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(h => h.AddStandardResilienceHandler()); using var client = new HttpClient { [|Timeout = Timeout.InfiniteTimeSpan|] }; await client.GetStringAsync(\"a\");")]
    [InlineData("builder.Services.AddHttpClient(\"other\").AddStandardResilienceHandler(); using var client = new HttpClient { [|Timeout = Timeout.InfiniteTimeSpan|] }; await client.GetStringAsync(\"a\");")]
    public Task WhatIsFollowedToNoBoundFails(string statement) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Followed(statement));

    [Theory]
    [InlineData("builder.Services.AddHttpClient(\"m\", Own.Injected!);", "'Own.Injected!'")]
    [InlineData("builder.Services.AddHttpClient(\"m\", c => Acme.Clients.Setup(c));", "'Acme.Clients.Setup'")]
    [InlineData("builder.Services.AddHttpClient(\"m\", Acme.Clients.Setup);", "'Acme.Clients.Setup'")]
    public Task WhatCannotBeFollowedIsUndecided(string statement, string what) => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(
        Followed(statement).WithReference(TestProject.Library("Acme", "namespace Acme; public static class Clients { public static void Setup(System.Net.Http.HttpClient client) { } }").WithKind("none").ToMetadata()),
        "undecided", what);

    [Fact]
    public Task TypedClientThatIsAddedToANamedOneIsLookedInto() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.AddHttpClient(\"x\").AddTypedClient<Patient>(); var y = builder.Services.AddHttpClient(\"y\"); y.AddTypedClient(http => new Patient(http));"));

    [Fact]
    public Task TypedClientThatSetsNothingBoundsNoNamedOne() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Program("builder.Services.[|AddHttpClient|](\"x\").AddTypedClient<Prices>();"));

    /// <summary>A clock ends the calls only that get its token.</summary>
    [Theory]
    [InlineData("client.GetStringAsync(\"a\")")]
    [InlineData("client.GetStringAsync(\"a\", CancellationToken.None)")]
    [InlineData("client.GetStringAsync(\"a\", default)")]
    [InlineData("client.GetStringAsync(\"a\", default(CancellationToken))")]
    public Task ClockWhoseTokenNobodyGetsBoundsNothing(string call) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Class($"static readonly HttpClient Shared = [|new()|]; static async Task<string> Ask(HttpClient client) {{ using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3)); return await {call}; }}"));

    /// <summary>Defaults of a package may be a header: its member references tell whether it bounds any client at all.</summary>
    [Theory]
    [InlineData("http.ConfigureHttpClient(c => c.Timeout = System.TimeSpan.FromSeconds(3))", true)]
    [InlineData("http.AddStandardResilienceHandler()", true)]
    [InlineData("http.SetHandlerLifetime(System.TimeSpan.FromMinutes(3))", false)]
    public Task DefaultsOfAPackageBoundClientsWhereItHasABound(string defaults, bool bounds)
    {
        var package = TestProject.Library("Acme", Defaults.Replace("http.AddStandardResilienceHandler()", defaults, StringComparison.Ordinal)).WithReference(Resilience).WithKind("none").ToMetadata();
        var service = Program("Acme.Defaults.AddDefaults(builder); builder.Services.AddHttpClient<Prices>();").WithReference(package);
        return bounds ? RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(service)
            : RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(service, "undecided", "'Acme.Defaults.AddDefaults' may bound every client");
    }

    const string TimeoutOnCatalog = "class Quick(IHttpClientFactory factory) { public Task<string> Ask() { var c = factory.CreateClient(\"catalog\"); c.Timeout = TimeSpan.FromSeconds(5); return c.GetStringAsync(\"a\"); } }";
    const string WaitsForCatalog = "class Waiting(IHttpClientFactory factory) { const string Catalog = \"catalog\"; public Task<string> Ask() => factory.CreateClient(Catalog).GetStringAsync(\"a\"); }";

    /// <summary>Who takes a client by its name can set its timeout, as of the nameless one.</summary>
    [Theory]
    [InlineData(TimeoutOnCatalog)]
    [InlineData("class Ends(IHttpClientFactory factory) { public async Task<string> Ask() { using var source = new CancellationTokenSource(3); HttpClient c = factory.CreateClient(name: \"catalog\"); return await c.GetStringAsync(\"a\", source.Token); } }")]
    [InlineData("class Other(IHttpClientFactory factory) { public Task<string> Ask() => factory.CreateClient(\"other\").GetStringAsync(\"a\"); } " + TimeoutOnCatalog)]
    [InlineData("class Factory { public HttpClient CreateClient(string name) => throw null!; } class Looks { public HttpClient Take() => new Factory().CreateClient(\"catalog\"); } " + TimeoutOnCatalog)]
    public Task NamedClientThatIsBoundedWhereverItIsTakenPasses(string types) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.AddHttpClient(\"catalog\", c => c.BaseAddress = new Uri(\"https://a\"));").WithSource("Takers.cs", types));

    [Fact]
    public Task NamedClientThatTheProgramBoundsPasses() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Program(
        "builder.Services.AddHttpClient(\"catalog\"); var c = builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(\"catalog\"); c.Timeout = TimeSpan.FromSeconds(5);"));

    [Fact]
    public Task NamedClientThatIsBoundedInOnePlaceOnlyIsUndecided() => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.AddHttpClient(\"catalog\");").WithSource("Takers.cs", WaitsForCatalog + TimeoutOnCatalog),
        "undecided", "the client of 'AddHttpClient(\"catalog\")' is bounded where 'Quick' takes it and not where 'Waiting' does");

    [Theory]
    [InlineData(WaitsForCatalog)]
    [InlineData("class Other(IHttpClientFactory factory) { public void Ask() { var c = factory.CreateClient(\"other\"); c.Timeout = TimeSpan.FromSeconds(5); } }")]
    [InlineData("class Factory { public HttpClient CreateClient(string name) => throw null!; } class Looks { public void Take() => new Factory().CreateClient(\"catalog\").Timeout = TimeSpan.FromSeconds(5); }")]
    public Task NamedClientThatNobodyBoundsWhereItIsTakenFails(string types) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.[|AddHttpClient|](\"catalog\");").WithSource("Takers.cs", types));

    /// <summary>A client that another project or a package declares, or a class that it derives from there, may set its own timeout.</summary>
    [Theory]
    [InlineData("AddHttpClient<Acme.PriceClient>(c => c.BaseAddress = new Uri(\"https://a\"))", "'Acme.PriceClient'")]
    [InlineData("AddHttpClient<Acme.IPrices, Acme.PriceClient>()", "'Acme.PriceClient'")]
    [InlineData("AddHttpClient<Derived>()", "'Acme.ApiClientBase'")]
    [InlineData("AddHttpClient<Acme.IPrices, Twice>()", "'Acme.ApiClientBase'")]
    public async Task ClientOfAnotherProjectIsUndecided(string registration, string what)
    {
        var project = Program($"builder.Services.{registration};").WithSource("Own.cs", "class Derived(HttpClient client) : Acme.ApiClientBase(client); class Twice(HttpClient client) : Derived(client), Acme.IPrices;");
        foreach (var acme in new[] { AcmePrices.ToMetadata(), AcmePrices.ToReferenceAssembly(), AcmePrices.ToProject() })
            await RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(project.WithReference(acme), "undecided", $"{what} may bound the client of");
    }

    [Fact]
    public Task InterfaceOfAnotherProjectBoundsNothing() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.[|AddHttpClient<Acme.IPrices, OwnPrices>|]();").WithSource("Own.cs", "class OwnPrices(HttpClient client) : Acme.IPrices { public Task<string> Ask() => client.GetStringAsync(\"a\"); }").WithReference(AcmePrices.ToMetadata()));

    [Fact]
    public Task DerivedClientThatSetsItsTimeoutPasses() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("builder.Services.AddHttpClient<Derived>();").WithSource("Own.cs", "class Derived : Acme.ApiClientBase { public Derived(HttpClient client) : base(client) => client.Timeout = TimeSpan.FromSeconds(5); }").WithReference(AcmePrices.ToMetadata()));

    static readonly TestProject AcmePrices = TestProject.Library("Acme", """
        namespace Acme;

        public interface IPrices;

        public sealed class PriceClient : IPrices
        {
            public PriceClient(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);
        }

        public class ApiClientBase
        {
            public ApiClientBase(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);
        }
        """);

    [Theory]
    [InlineData("class Options { public TimeSpan Timeout { get; set; } } static readonly HttpClient Shared = [|new()|]; static Prices() { new Options().Timeout = TimeSpan.FromSeconds(5); }")]
    public Task TimeoutOfAnotherTypeBoundsNothing(string member) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Class(member));

    [Fact]
    public Task KeptClientWhoseEveryCallEndsPasses() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Class("""
        static readonly HttpClient Shared = new() { Timeout = Timeout.InfiniteTimeSpan };

        static async Task<string> Ask(CancellationToken cancellation)
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            linked.CancelAfter(TimeSpan.FromSeconds(3));
            return await Shared.GetStringAsync("a", linked.Token);
        }
        """));

    /// <summary>A policy or pipeline of Polly bounds what it executes.</summary>
    [Theory]
    [InlineData("public async Task<string> Get(CancellationToken ct) => await pipelines.GetPipeline(\"http\").ExecuteAsync(async t => await client.GetStringAsync(\"a\", t), ct);")]
    [InlineData("public async Task<string> Get() { var pipeline = pipelines.GetPipeline(\"http\"); return await pipeline.ExecuteAsync(async t => { using var answer = await client.GetAsync(\"a\", t); return await answer.Content.ReadAsStringAsync(t); }, default); }")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(() => client.GetAsync(\"a\"));")]
    [InlineData("public Task<PolicyResult<HttpResponseMessage>> Get() => policy.ExecuteAndCaptureAsync(() => client.GetAsync(\"a\"));")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(Fetch); Task<HttpResponseMessage> Fetch() => client.GetAsync(\"a\");")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(this.Fetch); private Task<HttpResponseMessage> Fetch() => client.GetAsync(\"a\");")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(() => Fetch(\"a\")); Task<HttpResponseMessage> Fetch(string path) => client.GetAsync(path);")]
    [InlineData("public Task<HttpResponseMessage> Get() { return policy.ExecuteAsync(Fetch); Task<HttpResponseMessage> Fetch() => client.GetAsync(\"a\"); }")]
    [InlineData("public Task<HttpResponseMessage> Get() { Func<Task<HttpResponseMessage>> fetch = () => client.GetAsync(\"a\"); return policy.ExecuteAsync(fetch); }")]
    [InlineData("public Task<HttpResponseMessage> Get() => Patiently(() => client.GetAsync(\"a\")); Task<T> Patiently<T>(Func<Task<T>> ask) => policy.ExecuteAsync(ask);")]
    [InlineData("public Task<HttpResponseMessage> Get() => Patiently(() => client.GetAsync(\"a\")); Task<T> Patiently<T>(Func<Task<T>> ask) => policy.ExecuteAsync(() => ask());")]
    public async Task ClientWhoseEveryCallPollyExecutesPasses(string members)
    {
        await RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Polled("AddHttpClient<Feed>", members));
        await RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Kept("new()", members));
        await RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Kept("new() { Timeout = Timeout.InfiniteTimeSpan }", members));
    }

    [Theory]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(() => client.GetAsync(\"a\")); public Task<HttpResponseMessage> Post() => client.PostAsync(\"a\", null);")]
    [InlineData("public async Task<string> Get() { var answer = await client.GetAsync(\"a\"); return await policy.ExecuteAsync(() => answer.Content.ReadAsStringAsync()); }")]
    [InlineData("public Task<HttpResponseMessage> Get() { var answer = client.GetAsync(\"a\"); return policy.ExecuteAsync(() => answer); }")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(Fetch); public Task<HttpResponseMessage> Fetch() => client.GetAsync(\"a\");")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(Fetch); public Task<HttpResponseMessage> Now() => Fetch(); Task<HttpResponseMessage> Fetch() => client.GetAsync(\"a\");")]
    [InlineData("public Task<HttpResponseMessage> Get() => policy.ExecuteAsync(Own.Always(client.GetAsync(\"a\")));")]
    [InlineData("public Task<HttpResponseMessage> Get() => Own.ExecuteAsync(() => client.GetAsync(\"a\"));")]
    [InlineData("public Task<HttpResponseMessage> Get() => Own.ExecuteOrNot(policy, () => client.GetAsync(\"a\"));")]
    [InlineData("public Task<HttpResponseMessage> Get() => Polling.Executor.ExecuteAsync(() => client.GetAsync(\"a\"));")]
    [InlineData("public Task<HttpResponseMessage> Get() { policy.FallbackAsync(() => client.GetAsync(\"b\")); return policy.ExecuteAsync(() => client.GetAsync(\"a\")); }")]
    public async Task CallThatPollyDoesNotExecuteFails(string members)
    {
        await RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Polled("[|AddHttpClient<Feed>|]", members));
        await RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Kept("[|new()|]", members));
    }

    [Fact]
    public Task NamelessClientWhoseCallsPollyExecutesPasses() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Taken("factory.CreateClient()", "policy.ExecuteAsync(() => Client.GetAsync(\"a\"))"));

    [Fact]
    public Task NamelessClientBesidePollyFails() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Taken("[|factory.CreateClient()|]", "Client.GetAsync(policy.ToString())"));

    static TestProject Taken(string client, string ask) => WithPolly("builder.Services.AddHttpClient();", $$"""
        sealed class Feed(IHttpClientFactory factory, IAsyncPolicy policy)
        {
            HttpClient Client => {{client}};

            public Task<HttpResponseMessage> Get() => {{ask}};
        }
        """);

    /// <summary>A typed client, and Polly beside it.</summary>
    static TestProject Polled(string register, string members) => WithPolly($"builder.Services.{register}(c => c.BaseAddress = new Uri(\"https://a\"));", $$"""
        sealed class Feed(HttpClient client, ResiliencePipelineProvider<string> pipelines, IAsyncPolicy policy)
        {
            public override string ToString() => $"{pipelines} {policy} {client}";

            {{members}}
        }
        """);

    /// <summary>The same of a client that its type keeps.</summary>
    static TestProject Kept(string creation, string members) => WithPolly("", $$"""
        sealed class Feed(ResiliencePipelineProvider<string> pipelines, IAsyncPolicy policy)
        {
            readonly HttpClient client = {{creation}};

            public override string ToString() => $"{pipelines} {policy}";

            {{members}}
        }
        """);

    static TestProject WithPolly(string statement, string type) => TestProject.Service($$"""
        using Polly;
        using Polly.Registry;

        var builder = WebApplication.CreateBuilder(args);
        {{statement}}
        builder.Build().Run();

        {{type}}

        {{Executors}}
        """).WithReferences(Polly);

    /// <summary>What executes, and is not Polly.</summary>
    const string Executors = """
        static class Own
        {
            public static Task<T> ExecuteAsync<T>(Func<Task<T>> ask) => ask();

            public static Func<Task<T>> Always<T>(Task<T> answer) => () => answer;

            public static Task<T> ExecuteOrNot<T>(IAsyncPolicy policy, Func<Task<T>> ask) => policy is null ? ask() : policy.ExecuteAsync(ask);
        }
        """;

    static readonly MetadataReference[] Polly =
    [
        TestProject.Library("Polly.Core", """
            namespace Polly
            {
                public sealed class ResiliencePipeline
                {
                    public ValueTask<T> ExecuteAsync<T>(Func<CancellationToken, ValueTask<T>> callback, CancellationToken cancellation = default) => throw null!;
                }
            }

            namespace Polly.Registry
            {
                public abstract class ResiliencePipelineProvider<TKey>
                {
                    public virtual ResiliencePipeline GetPipeline(TKey key) => throw null!;
                }
            }
            """).WithKind("none").ToMetadata(),
        TestProject.Library("Polly", """
            namespace Polly;

            public interface IAsyncPolicy
            {
                Task<T> ExecuteAsync<T>(Func<Task<T>> action);
                Task<PolicyResult<T>> ExecuteAndCaptureAsync<T>(Func<Task<T>> action);
            }

            public sealed class PolicyResult<T>;

            public static class Fallbacks
            {
                public static IAsyncPolicy FallbackAsync<T>(this IAsyncPolicy policy, Func<Task<T>> instead) => throw null!;
            }
            """).WithKind("none").ToMetadata(),
        TestProject.Library("PollyWants", """
            namespace Polling;

            public static class Executor
            {
                public static Task<T> ExecuteAsync<T>(Func<Task<T>> action) => throw null!;
            }
            """).WithKind("none").ToMetadata(),
    ];

    static TestProject Followed(string statement) => Program(statement).WithSource("Own.cs", """
        using System.Net.Http;

        interface IWeather;

        class Weather(HttpClient client) : IWeather
        {
            public Task<string> Ask() => client.GetStringAsync("a");
        }

        class OfOptions(HttpClient client)
        {
            class Options { public int Timeout { get; set; } }

            public Task<string> Ask()
            {
                var options = new Options();
                options.Timeout = 3;
                return client.GetStringAsync("a");
            }
        }

        class PerCall(HttpClient client)
        {
            public async Task<string> Ask(CancellationToken cancellation)
            {
                using var linked = Bounded(cancellation);
                return await client.GetStringAsync("a", linked.Token);
            }

            static CancellationTokenSource Bounded(CancellationToken cancellation)
            {
                var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                linked.CancelAfter(TimeSpan.FromSeconds(3));
                return linked;
            }
        }

        class SomeCalls(HttpClient client)
        {
            public async Task<string> Ask()
            {
                using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3));
                return await client.GetStringAsync("a", source.Token);
            }

            public Task<string> AskOn() => client.GetStringAsync("a");
        }

        class TimeoutHandler : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
            {
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                linked.CancelAfter(TimeSpan.FromSeconds(3));
                return await base.SendAsync(request, linked.Token);
            }
        }

        class HeaderHandler : DelegatingHandler;

        static class Own
        {
            public static readonly Action<HttpClient> Kept = c => c.Timeout = TimeSpan.FromSeconds(5);

            public static Action<HttpClient>? Injected { get; set; }

            public static void Defaults(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);

            public static void Nothing(HttpClient client) => client.BaseAddress = new Uri("https://a");

            public static void Setup(this HttpClient client, IConfiguration configuration) => client.Timeout = TimeSpan.Parse(configuration["Timeout"]!);

            public static Action<HttpClient> Bind(string name) => client => client.Timeout = TimeSpan.FromSeconds(name.Length);

            public static IHttpClientBuilder ConfigureAll(this IHttpClientBuilder http) => http.AddOurDefaults();

            static IHttpClientBuilder AddOurDefaults(this IHttpClientBuilder http)
            {
                http.AddStandardResilienceHandler();
                return http;
            }
        }
        """);

    [Theory]
    [InlineData("builder.Services.AddHttpClient();")]
    [InlineData("builder.Services.AddHttpClient(\"prices\", client => client.Timeout = TimeSpan.FromSeconds(5));")]
    [InlineData("builder.Services.AddHttpClient<Prices>().ConfigureHttpClient(client => client.Timeout = TimeSpan.FromSeconds(5));")]
    [InlineData("builder.Services.AddHttpClient<Prices>().AddStandardResilienceHandler();")]
    [InlineData("builder.Services.AddHttpClient<Prices>().AddResilienceHandler(\"ours\", pipeline => { });")]
    [InlineData("builder.Services.AddHttpClient<Prices>().SetHandlerLifetime(TimeSpan.FromMinutes(5)).AddStandardResilienceHandler();")]
    [InlineData("var prices = builder.Services.AddHttpClient<Prices>(); prices.AddStandardResilienceHandler();")]
    [InlineData("builder.Services.AddHttpClient<Prices>().Patient();")]
    [InlineData("builder.Services.AddHttpClient<Patient>();")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler()); builder.Services.AddHttpClient<Prices>();")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => { http.ConfigureHttpClient(c => c.Timeout = Timeout.InfiniteTimeSpan); http.AddStandardResilienceHandler(); }); builder.Services.AddHttpClient<Prices>();")]
    [InlineData("builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(\"prices\").GetType();")]
    [InlineData("builder.Services.AddHttpClient(Microsoft.Extensions.Options.Options.DefaultName, c => c.Timeout = TimeSpan.FromSeconds(1)); builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient().GetType();")]
    [InlineData("builder.Services.AddHttpClient(string.Empty, c => c.Timeout = TimeSpan.FromSeconds(1)); builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient().GetType();")]
    [InlineData("var client = builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(); client.Timeout = TimeSpan.FromSeconds(1);")]
    public Task BoundRegistrationPasses(string statement) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Program(statement));

    /// <summary>Defaults are followed as far as what one client is told.</summary>
    [Theory]
    [InlineData("http => http.AddOurDefaults()")]
    [InlineData("Own.Configure")]
    [InlineData("Own.Kept")]
    [InlineData("http => Own.Configure(http)")]
    [InlineData("http => http.ConfigureHttpClient(Own.Patient)")]
    [InlineData("http => http.ConfigureHttpClient((_, c) => c.Timeout = TimeSpan.FromSeconds(3))")]
    [InlineData("http => http.AddHttpMessageHandler<Own.TimeoutHandler>()")]
    [InlineData("http => http.AddHttpMessageHandler(_ => new Own.TimeoutHandler())")]
    public Task DefaultsThatLeadToABoundPass(string defaults) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(WithDefaults(defaults, "AddHttpClient"));

    [Theory]
    [InlineData("http => http.AddResilienceHandler()")]
    [InlineData("http => http.AddHttpMessageHandler(() => new Own.Log { Timeout = 3 })")]
    [InlineData("http => new Own.Log().Timeout = 3")]
    [InlineData("http => http.AddHttpMessageHandler<Own.Log>()")]
    [InlineData("http => http.AddPolicyHandler(3)")]
    [InlineData("Own.Named")]
    [InlineData("http => Own.Named(http)")]
    [InlineData("http => { }")]
    public Task DefaultsThatOnlyLookLikeABoundFail(string defaults) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(WithDefaults(defaults, "[|AddHttpClient|]"));

    [Theory]
    [InlineData("http => http.AddCompanyDefaults()", "'Acme.Clients.AddCompanyDefaults' may bound every client")]
    [InlineData("Acme.Clients.Configure", "'Acme.Clients.Configure' may bound every client")]
    [InlineData("global::Acme.Clients.Configure", "'ConfigureHttpClientDefaults' may bound every client")]
    [InlineData("http => http.AddHttpMessageHandler<Acme.Handler>()", "'Acme.Handler' may bound every client")]
    public Task DefaultsOfAPackageAreUndecided(string defaults, string what) => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(WithDefaults(defaults, "AddHttpClient"), "undecided", what);

    [Theory]
    [InlineData("http.AddOurDefaults()", "Wires=bounded-http-clients:Acme.ServiceDefaults.AddServiceDefaults")]
    [InlineData("http.AddCompanyDefaults()", "MayWire=bounded-http-clients:Acme.ServiceDefaults.AddServiceDefaults")]
    public void LibrarySaysWhatItsDefaultsLeadTo(string defaults, string fact) => Assert.Equal([fact], ServiceDefaults(defaults).Facts());

    [Fact]
    public void LibraryWhoseDefaultsOnlyLookLikeABoundSaysNothingOfThem() => Assert.Equal(["Wires=nothing:Acme"], ServiceDefaults("http.AddResilienceHandler()").Facts());

    [Fact]
    public Task ServiceDefaultsThatLeadToABoundPass() => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("Acme.ServiceDefaults.AddServiceDefaults(builder); builder.Services.AddHttpClient<Prices>();").WithReference(ServiceDefaults("http.AddOurDefaults()").ToReferenceAssembly()));

    [Fact]
    public Task ServiceDefaultsThatOnlyLookLikeABoundFail() => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(
        Program("Acme.ServiceDefaults.AddServiceDefaults(builder); builder.Services.[|AddHttpClient<Prices>|]();").WithReference(ServiceDefaults("http.AddResilienceHandler()").ToReferenceAssembly()));

    /// <summary>A timeout needs no package of resilience.</summary>
    [Fact]
    public Task ServiceDefaultsOfAPackageAreUndecidedWithoutResilienceAtHand() => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(
        TestProject.Service("var builder = WebApplication.CreateBuilder(args); Acme.ServiceDefaults.AddServiceDefaults(builder); builder.Services.AddHttpClient(\"p\"); builder.Build().Run();")
            .WithReference(ServiceDefaults("http.AddCompanyDefaults()").ToReferenceAssembly()),
        "undecided", "'Acme.ServiceDefaults.AddServiceDefaults' may bound every client");

    static TestProject WithDefaults(string defaults, string register) =>
        Program($"builder.Services.ConfigureHttpClientDefaults({defaults}); builder.Services.{register}(\"p\");", "using Acme;").WithReference(Company).WithSource("Own.cs", LookAlikes + """
            sealed class Own
            {
                public static readonly Action<IHttpClientBuilder> Kept = http => http.AddStandardResilienceHandler();

                public static void Configure(IHttpClientBuilder http) => http.AddStandardResilienceHandler();

                public static void Named(IHttpClientBuilder http) => http.SetHandlerLifetime(TimeSpan.FromMinutes(5));

                public static void Patient(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);

                public sealed class Log : DelegatingHandler
                {
                    public int Timeout { get; set; }
                }

                public sealed class TimeoutHandler : DelegatingHandler
                {
                    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
                    {
                        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                        linked.CancelAfter(TimeSpan.FromSeconds(3));
                        return await base.SendAsync(request, linked.Token);
                    }
                }
            }
            """);

    static TestProject ServiceDefaults(string defaults) => TestProject.Library("Acme", $$"""
        using Acme;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        {{LookAlikes}}
        namespace Acme
        {
            public static class ServiceDefaults
            {
                public static void AddServiceDefaults(this IHostApplicationBuilder builder) => builder.Services.ConfigureHttpClientDefaults(http => {{defaults}});
            }
        }
        """).WithReference(Resilience).WithReference(Company);

    /// <summary>Methods of the project's own: one leads to a handler, the others have the name of one.</summary>
    const string LookAlikes = """
        static class Clients
        {
            public static void AddOurDefaults(this IHttpClientBuilder http) => http.AddStandardResilienceHandler();

            public static IHttpClientBuilder AddResilienceHandler(this IHttpClientBuilder http) => http.AddHttpMessageHandler<HeaderHandler>();

            public static IHttpClientBuilder AddPolicyHandler(this IHttpClientBuilder http, int retries) => http.SetHandlerLifetime(TimeSpan.FromMinutes(retries));
        }

        sealed class HeaderHandler : DelegatingHandler;


        """;

    static readonly MetadataReference Company = TestProject.Library("Acme.Clients", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Clients
        {
            public static void AddCompanyDefaults(this IHttpClientBuilder http) => http.ConfigureHttpClient(c => c.Timeout = System.TimeSpan.FromSeconds(3));

            public static void Configure(IHttpClientBuilder http) => AddCompanyDefaults(http);
        }

        public sealed class Handler : System.Net.Http.DelegatingHandler;
        """).WithKind("none").ToMetadata();

    [Theory]
    [InlineData("builder.Services.[|AddHttpClient|](\"p\").AddResilienceHandler();")]
    [InlineData("builder.Services.[|AddHttpClient|](\"p\").AddPolicyHandler(3);")]
    [InlineData("var p = builder.Services.[|AddHttpClient|](\"p\"); p.AddResilienceHandler();")]
    [InlineData("builder.Services.[|AddHttpClient|](\"p\", c => [|c.Timeout = Timeout.InfiniteTimeSpan|]).AddResilienceHandler();")]
    [InlineData("builder.Services.[|AddHttpClient|](\"p\").AddResilienceHandler().ConfigureHttpClient(c => [|c.Timeout = Timeout.InfiniteTimeSpan|]);")]
    public Task HandlerOfTheProjectsOwnWithTheNameOfOneFails(string statement) => RuleTest.FailsAsync<SCORE4003OutgoingHttpIsBounded>(Program(statement).WithSource("Clients.cs", LookAlikes));

    [Theory]
    [InlineData("builder.Services.AddHttpClient(\"p\", c => c.Timeout = Timeout.InfiniteTimeSpan).AddOurDefaults();")]
    [InlineData("var p = builder.Services.AddHttpClient(\"p\"); p.ConfigureHttpClient(c => c.Timeout = Timeout.InfiniteTimeSpan); p.AddOurDefaults();")]
    [InlineData("builder.Services.AddHttpClient(\"p\", c => c.Timeout = Timeout.InfiniteTimeSpan); builder.Services.ConfigureHttpClientDefaults(http => http.AddOurDefaults());")]
    public Task InfiniteTimeoutUnderAHandlerThatIsAddedElsewherePasses(string statement) => RuleTest.PassesAsync<SCORE4003OutgoingHttpIsBounded>(Program(statement).WithSource("Clients.cs", LookAlikes));

    [Fact]
    public Task InfiniteTimeoutUnderDefaultsOfAPackageIsUndecided() => RuleTest.StandsAsideAsync<SCORE4003OutgoingHttpIsBounded>(
        WithDefaults("Acme.Clients.Configure", "AddHttpClient(\"q\", c => c.Timeout = Timeout.InfiniteTimeSpan); builder.Services.AddHttpClient"), "undecided", "'Acme.Clients.Configure' may bound every client");

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
            public static object AddResilienceHandler(this IHttpClientBuilder builder, string pipeline, System.Action<object> configure) => throw null!;
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
