using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2007ClientsAreInstrumentedTests
{
    [Theory]
    [InlineData("builder.Services.AddHttpClient(\"prices\");", "'HttpClient'")]
    [InlineData("builder.Services.AddSingleton(new HttpClient());", "'HttpClient'")]
    [InlineData("HttpClient client = new();", "'HttpClient'")]
    [InlineData("Grpc.Net.Client.GrpcChannel.ForAddress(\"http://prices\");", "'gRPC'")]
    [InlineData("new Microsoft.Data.SqlClient.SqlConnection();", "'SQL Server'")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseSqlServer(\"\"));", "'SQL Server'")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseNpgsql(\"\"));", "'PostgreSQL'")]
    [InlineData("builder.Services.AddSingleton(StackExchange.Redis.ConnectionMultiplexer.Connect(\"redis\"));", "'Redis'")]
    [InlineData("new Confluent.Kafka.ProducerBuilder<string, string>();", "'Kafka'")]
    [InlineData("builder.Services.AddMassTransit(bus => bus.UsingRabbitMq());", "'RabbitMQ'")]
    [InlineData("new RabbitMQ.Client.ConnectionFactory(); StackExchange.Redis.ConnectionMultiplexer.Connect(\"\"); new HttpClient();", "'HttpClient', 'Redis' and 'RabbitMQ'")]
    public Task ClientWithoutInstrumentationFails(string use, string clients) => RuleTest.FailsAsync<SCORE2007ClientsAreInstrumented>(
        Service(use, "tracing", marked: true), $"'Checkout' is traced without the instrumentation of {clients}, so that calls of it are missing from the traces (blocks level 3 of 'Observability Best Practices')");

    [Theory]
    [InlineData("new HttpClient();", "tracing.AddHttpClientInstrumentation()")]
    [InlineData("new HttpClient();", "tracing.AddSource(\"System.Net.Http\")")]
    [InlineData("new HttpClient();", "tracing.AddSource(\"*\")")]
    [InlineData("Grpc.Net.Client.GrpcChannel.ForAddress(\"http://prices\");", "tracing.AddGrpcClientInstrumentation()")]
    [InlineData("Grpc.Net.Client.GrpcChannel.ForAddress(\"http://prices\");", "tracing.AddHttpClientInstrumentation()")]
    [InlineData("new Microsoft.Data.SqlClient.SqlConnection();", "tracing.AddSqlClientInstrumentation()")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseNpgsql(\"\"));", "tracing.AddEntityFrameworkCoreInstrumentation()")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseNpgsql(\"\"));", "tracing.AddNpgsql()")]
    [InlineData("new Npgsql.NpgsqlConnection(\"\");", "tracing.AddSource(\"Npgsql\")")]
    [InlineData("StackExchange.Redis.ConnectionMultiplexer.Connect(\"redis\");", "tracing.AddRedisInstrumentation()")]
    [InlineData("new Confluent.Kafka.ProducerBuilder<string, string>();", "tracing.AddKafkaProducerInstrumentation<string, string>()")]
    [InlineData("new RabbitMQ.Client.ConnectionFactory();", "tracing.AddSource(\"RabbitMQ.Client.*\")")]
    [InlineData("builder.Services.AddMassTransit(bus => bus.UsingRabbitMq());", "tracing.AddSource(\"MassTransit\")")]
    [InlineData("builder.AddRedisClient(\"cache\");", "tracing")]
    [InlineData("builder.AddNpgsqlDbContext<Orders>(\"orders\");", "tracing")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseNpgsql(\"\")); builder.EnrichNpgsqlDbContext<Orders>();", "tracing")]
    public Task InstrumentedClientPasses(string use, string tracing) => RuleTest.PassesAsync<SCORE2007ClientsAreInstrumented>(Service(use, tracing));

    [Theory]
    [InlineData("")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseInMemoryDatabase(\"\"));")]
    [InlineData("builder.Services.ConfigureHttpClientDefaults(http => { });")]
    [InlineData("new Mine.HttpClient(); Mine.ConnectionMultiplexer.Connect(\"\"); new Mine.ConnectionFactory();")]
    public Task NoClientDoesNotApply(string use) => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(Service(use, "tracing"), "notApplicable", "no client is used");

    [Fact]
    public Task AgentWithoutAnyClientDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFile(TestProject.Folder + "/Dockerfile", "dockerfile", "FROM x\nENV CORECLR_ENABLE_PROFILING=1\n"), "notApplicable", "no client is used");

    [Fact]
    public Task InstrumentationOfMetricsAloneFails() => RuleTest.FailsAsync<SCORE2007ClientsAreInstrumented>(
        Service("new HttpClient();", "Mine.MetricsOnly.AddHttpClientInstrumentation(tracing)", marked: true));

    [Fact]
    public Task UntracedServiceDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
        TestProject.Service("new System.Net.Http.HttpClient(); WebApplication.CreateBuilder(args).Build().Run();"), "notApplicable", "no tracing is wired");

    [Fact]
    public Task DockerfileThatIsNotHereMaySetUpAnAgent() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
        Service("new HttpClient();", "tracing").With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");

    [Fact]
    public Task SourceByVariableIsUndecided() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
        Service("new HttpClient();", "tracing.AddSource(args[0])"), "undecided", "the sources of 'HttpClient' may be among those registered");

    [Fact]
    public Task SourceByVariableIsNoInstrumentationOfAnother() => RuleTest.FailsAsync<SCORE2007ClientsAreInstrumented>(
        Service("new Microsoft.Data.SqlClient.SqlConnection();", "tracing.AddSource(args[0])", marked: true));

    [Fact]
    public Task AgentThatChoosesIsUndecided() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
        Service("new HttpClient();", "tracing").WithReference(Stub.DatadogTrace), "undecided", "what 'Datadog.Trace' sets up instruments clients by its own choice; 'HttpClient' may be among them");

    [Fact]
    public async Task ApplicationInsightsKnowsHttpAndSqlServer()
    {
        const string Wiring = "builder.Services.AddApplicationInsightsTelemetry(); new HttpClient(); new Microsoft.Data.SqlClient.SqlConnection();";
        await RuleTest.PassesAsync<SCORE2007ClientsAreInstrumented>(Service(Wiring, "tracing").WithReference(Stub.ApplicationInsights));
        await RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
            Service(Wiring + "StackExchange.Redis.ConnectionMultiplexer.Connect(\"redis\");", "tracing").WithReference(Stub.ApplicationInsights), "undecided", "'Redis' may be among them");
    }

    /// <summary>Handed on from caller to caller such a client would end up everywhere, so that it counts where it is made.</summary>
    [Fact]
    public Task ClientOfAnOrdinaryClassFails() => RuleTest.FailsAsync<SCORE2007ClientsAreInstrumented>(Service("", "tracing", marked: true).WithSource("Prices.cs", """
        class Prices
        {
            public Task<string> Get() => new System.Net.Http.HttpClient().GetStringAsync("http://prices");
        }
        """));

    [Theory]
    [InlineData("class Prices(StackExchange.Redis.IConnectionMultiplexer redis) { public object Redis => redis; }", "'Redis'")]
    [InlineData("class Prices { public Prices(Npgsql.NpgsqlDataSource? database) { } }", "'PostgreSQL'")]
    [InlineData("class Prices(System.Net.Http.HttpClient client) { public object Client => client; }", "'HttpClient'")]
    [InlineData("class Prices(System.Net.Http.IHttpClientFactory clients) { public object Clients => clients; }", "'HttpClient'")]
    public Task InjectedClientFails(string type, string client) => RuleTest.FailsAsync<SCORE2007ClientsAreInstrumented>(
        Service("", "tracing", marked: true).WithSource("Prices.cs", type), $"'Checkout' is traced without the instrumentation of {client}, so that calls of it are missing from the traces (blocks level 3 of 'Observability Best Practices')");

    [Theory]
    [InlineData("class Prices(Mine.HttpClient client) { public object Client => client; }")]
    [InlineData("static class Prices { public static void Warm(System.Net.Http.HttpClient client) { } }")]
    [InlineData("delegate void Prices(System.Net.Http.HttpClient client);")]
    public Task OtherParametersShowNoClient(string type) =>
        RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(Service("", "tracing").WithSource("Prices.cs", type), "notApplicable", "no client is used");

    const string Infrastructure = """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Infrastructure
        {
            public static void AddInfrastructure(this IServiceCollection services) => services.AddDbContext<Orders>(o => o.UseNpgsql(""));
        }

        public class Orders : DbContext;

        public class Unused
        {
            public void Connect() => StackExchange.Redis.ConnectionMultiplexer.Connect("redis");
        }
        """;

    [Fact]
    public Task ClientOfACalledLibraryFails() => RuleTest.FailsAsync<SCORE2007ClientsAreInstrumented>(
        Service("Acme.Infrastructure.AddInfrastructure(builder.Services);", "tracing", marked: true)
            .WithReference(TestProject.Library("Acme", Infrastructure).WithReferences(ClientStubs.All).WithReferences(Frameworks.OpenTelemetry).ToReferenceAssembly()),
        "'Checkout' is traced without the instrumentation of 'PostgreSQL', so that calls of it are missing from the traces (blocks level 3 of 'Observability Best Practices')");

    [Fact]
    public Task ClientOfALibraryThatIsNotCalledDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(
        Service("", "tracing").WithReference(TestProject.Library("Acme", Infrastructure).WithReferences(ClientStubs.All).WithReferences(Frameworks.OpenTelemetry).ToReferenceAssembly()), "notApplicable", "no client is used");

    [Theory]
    [InlineData("library", "")]
    [InlineData("none", "'Acme.Defaults.AddDefaults' may wire instrumentation")]
    public async Task InstrumentationOfAReferencedProjectCountsWhenItHasFacts(string kind, string reason)
    {
        var service = Service("Acme.Defaults.AddDefaults(builder.Services); new HttpClient();", "tracing").WithReference(Defaults.WithKind(kind).ToReferenceAssembly());
        if (reason.Length == 0)
            await RuleTest.PassesAsync<SCORE2007ClientsAreInstrumented>(service);
        else
            await RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(service, "undecided", reason);
    }

    [Fact]
    public Task InstrumentationOfAPackageBuiltWithoutUsIsReadFromItsMetadata() => RuleTest.PassesAsync<SCORE2007ClientsAreInstrumented>(
        Service("Acme.Defaults.AddDefaults(builder.Services); new HttpClient();", "tracing").WithReference(Defaults.WithKind("none").ToMetadata()));

    static TestProject Defaults => TestProject.TelemetryLibrary("Acme", """
        using Microsoft.Extensions.DependencyInjection;
        using OpenTelemetry.Trace;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(this IServiceCollection services) => services.AddOpenTelemetry().WithTracing(tracing => tracing.AddHttpClientInstrumentation());
        }
        """).WithReferences(ClientStubs.All);

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2007ClientsAreInstrumented>(Service("", "tracing").WithKind("library"), "notApplicable", "a library");

    static TestProject Service(string use, string tracing, bool marked = false) => TestProject.Service($$"""
        using System.Net.Http;
        using MassTransit;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;
        using OpenTelemetry.Trace;

        {{(marked ? "[|" : "")}}var builder = WebApplication.CreateBuilder(args);{{(marked ? "|]" : "")}}
        builder.Services.AddOpenTelemetry().WithTracing(tracing => Use({{tracing}}));
        {{use}}
        builder.Build().Run();

        static void Use(object tracing) { }

        class Orders : DbContext;

        namespace Mine
        {
            class HttpClient;

            class ConnectionFactory;

            static class ConnectionMultiplexer
            {
                public static void Connect(string configuration) { }
            }

            static class MetricsOnly
            {
                public static object AddHttpClientInstrumentation(object metrics) => metrics;
            }
        }
        """).WithReferences(ClientStubs.All);
}
