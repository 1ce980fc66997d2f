using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4002DependenciesAreHealthCheckedTests
{
    const string Redis = "StackExchange.Redis.ConnectionMultiplexer.Connect(\"redis\");";
    const string Sqlite = "builder.Services.AddDbContext<Orders>(o => o.UseSqlite(\"\"));";
    const string PostgreSql = "builder.Services.AddDbContext<Orders>(o => o.UseNpgsql(\"\"));";

    [Theory]
    [InlineData(Redis, "", "'Redis'")]
    [InlineData("await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(\"redis\");", "", "'Redis'")]
    [InlineData(PostgreSql, "", "'PostgreSQL'")]
    [InlineData(Sqlite, "", "'SQLite'")]
    [InlineData("new Microsoft.Azure.Cosmos.CosmosClient();", "", "'Azure Cosmos DB'")]
    [InlineData(PostgreSql, ".AddRedis(\"\")", "'PostgreSQL'")]
    [InlineData("new Microsoft.Data.SqlClient.SqlConnection();", ".AddNpgSql(\"\")", "'SQL Server'")]
    [InlineData("new RabbitMQ.Client.ConnectionFactory(); new MongoDB.Driver.MongoClient();", "", "'RabbitMQ' and 'MongoDB'")]
    [InlineData(Redis, ".AddDbContextCheck<Orders>()", "'Redis'")]
    [InlineData(Redis, ".AddCheck(\"self\", () => HealthCheckResult.Healthy())", "'Redis'")]
    [InlineData(Redis, ".AddCheck(\"self\", () => { return HealthCheckResult.Healthy(\"up\"); })", "'Redis'")]
    [InlineData(Redis, ".AddAsyncCheck(\"self\", () => Task.FromResult(HealthCheckResult.Healthy()))", "'Redis'")]
    [InlineData("Npgsql.NpgsqlDataSource.Create(\"\");", "", "'PostgreSQL'")]
    [InlineData("builder.Services.AddSingleton<StackExchange.Redis.IConnectionMultiplexer>(_ => throw null!);", "", "'Redis'")]
    [InlineData("builder.Services.BuildServiceProvider().GetRequiredService<StackExchange.Redis.IConnectionMultiplexer>();", "", "'Redis'")]
    public Task DependencyWithoutCheckFails(string use, string checks, string dependencies) => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(
        Service(use, checks, marked: true), $"'Checkout' uses {dependencies} and registers no health check for it (blocks level 3 of 'Production Readiness')");

    [Theory]
    [InlineData(Redis, ".AddRedis(\"\")")]
    [InlineData(PostgreSql, ".AddNpgSql(\"\")")]
    [InlineData(Sqlite, ".AddSqlite(\"\")")]
    [InlineData(Sqlite, ".AddDbContextCheck<Orders>()")]
    [InlineData("new Microsoft.Azure.Cosmos.CosmosClient();", ".AddAzureCosmosDB()")]
    [InlineData(PostgreSql, ".AddDbContextCheck<Orders>()")]
    [InlineData("new RabbitMQ.Client.ConnectionFactory(); new Confluent.Kafka.ProducerBuilder<string, string>();", ".AddRabbitMQ().AddKafka()")]
    [InlineData("builder.AddRedisClient(\"cache\");", "")]
    [InlineData("builder.AddNpgsqlDbContext<Orders>(\"orders\");", "")]
    [InlineData("builder.Services.AddMassTransit(bus => bus.UsingRabbitMq());", "")]
    public Task CheckedDependencyPasses(string use, string checks) => RuleTest.PassesAsync<SCORE4002DependenciesAreHealthChecked>(Service(use, checks));

    [Theory]
    [InlineData("")]
    [InlineData("new System.Net.Http.HttpClient();")]
    [InlineData("builder.Services.AddDbContext<Orders>(o => o.UseInMemoryDatabase(\"\"));")]
    [InlineData("Mine.ConnectionMultiplexer.Connect(\"redis\");")]
    [InlineData("new List<StackExchange.Redis.IConnectionMultiplexer>();")]
    [InlineData("Mine.ConnectionMultiplexer.GetRequiredService<StackExchange.Redis.IConnectionMultiplexer>();")]
    public Task NoDependencyDoesNotApply(string use) => RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(Service(use, ""), "notApplicable", "no database, cache or queue");

    [Theory]
    [InlineData(".AddCheck<Check>(\"orders\")")]
    [InlineData(".AddCheck(\"orders\", new Check())")]
    [InlineData(".AddAsyncCheck(\"orders\", () => new Check().CheckHealthAsync(null!, default))")]
    [InlineData(".Add(new HealthCheckRegistration(\"orders\", new Check(), null, null))")]
    public Task CheckWrittenByHandIsUndecided(string checks) => RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(
        Service(Redis, checks), "undecided", "a health check is written by hand; whether it looks at 'Redis' is not judged");

    [Fact]
    public Task CheckOfTheSameNameElsewhereFails() => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(Service(Redis + "Mine.Checks.AddRedis(builder.Services.AddHealthChecks());", "", marked: true));

    [Theory]
    [InlineData("library", "")]
    [InlineData("none", "'Acme.Checks.AddChecks' may register a health check for 'Redis'")]
    public async Task CheckOfAReferencedProjectCountsWhenItHasFacts(string kind, string reason)
    {
        var service = Service(Redis + "Acme.Checks.AddChecks(builder.Services);", "").WithReference(Checks.WithKind(kind).ToReferenceAssembly());
        if (reason.Length == 0)
            await RuleTest.PassesAsync<SCORE4002DependenciesAreHealthChecked>(service);
        else
            await RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(service, "undecided", reason);
    }

    [Fact]
    public Task CheckOfAPackageBuiltWithoutUsIsReadFromItsMetadata() => RuleTest.PassesAsync<SCORE4002DependenciesAreHealthChecked>(
        Service(Redis + "Acme.Checks.AddChecks(builder.Services);", "").WithReference(Checks.WithKind("none").ToMetadata()));

    static TestProject Checks => TestProject.Library("Acme", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Checks
        {
            public static void AddChecks(this IServiceCollection services) => services.AddHealthChecks().AddRedis("redis");
        }
        """).WithReferences(ClientStubs.All);

    [Theory]
    [InlineData("services.AddSingleton(_ => StackExchange.Redis.ConnectionMultiplexer.Connect(\"redis\"))")]
    [InlineData("services.AddSingleton<StackExchange.Redis.IConnectionMultiplexer>(_ => throw null!)")]
    public Task DependencyOfACalledLibraryFails(string wiring) => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(
        Service("Acme.Infrastructure.AddInfrastructure(builder.Services);", "", marked: true).WithReference(TestProject.Library("Acme", $$"""
            using Microsoft.Extensions.DependencyInjection;

            namespace Acme;

            public static class Infrastructure
            {
                public static void AddInfrastructure(this IServiceCollection services) => {{wiring}};
            }
            """).WithReferences(ClientStubs.All).ToReferenceAssembly()));

    const string UsesRabbit = "static object Channel() => new RabbitMQ.Client.ConnectionFactory();";

    [Theory]
    [InlineData("none")]
    [InlineData("library")]
    public Task ClientThatALibraryNamesAndReferencesFails(string kind) => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(
        Calling("UseRabbitMQPublisher", "this IServiceCollection services", UsesRabbit, kind, marked: true),
        "'Checkout' uses 'RabbitMQ' and registers no health check for it (blocks level 3 of 'Production Readiness')");

    [Theory]
    [InlineData("UseRabbitMqPublisher", "this IHostApplicationBuilder builder", "Acme.Infrastructure.UseRabbitMqPublisher(builder);")]
    [InlineData("AddRabbitMqBus", "this IHostBuilder host", "Acme.Infrastructure.AddRabbitMqBus(builder.Host);")]
    public Task ClientIsNamedOnEveryBuilder(string method, string builder, string call) => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(
        Service(call, "", marked: true).WithReferences([RabbitMQ, Setup("Acme", method, builder, UsesRabbit, "none")]));

    [Fact]
    public Task CheckedClientOfALibraryPasses() => RuleTest.PassesAsync<SCORE4002DependenciesAreHealthChecked>(Calling("UseRabbitMQPublisher", "this IServiceCollection services", UsesRabbit, "none", ".AddRabbitMQ()"));

    [Theory]
    [InlineData("UseRabbitMQPublisher", "this IServiceCollection services", "")]
    [InlineData("UsePublisher", "this IServiceCollection services", UsesRabbit)]
    [InlineData("AddRabbitMQHealthCheck", "this IServiceCollection services", UsesRabbit)]
    [InlineData("AddRabbitMQInstrumentation", "this IServiceCollection services", UsesRabbit)]
    [InlineData("AddRabbitMQTelemetry", "this IServiceCollection services", UsesRabbit)]
    public async Task LookAlikeOfAClientDoesNotApply(string method, string parameter, string uses)
    {
        foreach (var kind in new[] { "none", "library" })
            await RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(Calling(method, parameter, uses, kind), "notApplicable", "no database, cache or queue");
    }

    [Theory]
    [InlineData("Microsoft.Acme")]
    [InlineData("Acme.HealthChecks")]
    [InlineData("Aspire.Acme")]
    [InlineData("Acme.OpenTelemetry")]
    public Task LibraryThatChecksOrTracesUsesNoClient(string assembly) => RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(
        Service("Acme.Infrastructure.UseRabbitMQ(builder.Services);", "").WithReferences([RabbitMQ, Setup(assembly, "UseRabbitMQ", "this IServiceCollection services", UsesRabbit, "none")]), "notApplicable", "no database, cache or queue");

    [Fact]
    public Task ClientIsNamedByTheServicesOnly() => RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(
        Service("Acme.Infrastructure.UseRabbitMQ(builder.Build());", "").WithReferences([RabbitMQ, Setup("Acme", "UseRabbitMQ", "this Microsoft.AspNetCore.Builder.IApplicationBuilder app", UsesRabbit, "none")]), "notApplicable", "no database, cache or queue");

    static readonly MetadataReference RabbitMQ = TestProject.Library("RabbitMQ.Client", "namespace RabbitMQ.Client; public sealed class ConnectionFactory;").WithKind("none").ToMetadata();

    static TestProject Calling(string method, string parameter, string uses, string kind, string checks = "", bool marked = false) =>
        Service($"Acme.Infrastructure.{method}(builder.Services);", checks, marked).WithReferences([RabbitMQ, Setup("Acme", method, parameter, uses, kind)]);

    static MetadataReference Setup(string assembly, string method, string parameter, string uses, string kind) => TestProject.Library(assembly, $$"""
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        namespace Acme;

        public static class Infrastructure
        {
            public static void {{method}}({{parameter}}) { }

            {{uses}}
        }
        """).WithKind(kind).WithReference(RabbitMQ).ToMetadata();

    [Fact]
    public Task WorkerWithoutHealthChecksDoesNotApply() => RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(
        TestProject.Service($"{Redis} Host.CreateApplicationBuilder(args).Build().Run();").WithReferences(ClientStubs.All), "notApplicable", "a worker without an HTTP pipeline");

    [Fact]
    public Task WorkerThatRegistersHealthChecksIsJudged() => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(TestProject.Service($$"""
        [|{{Redis}}|]
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddHealthChecks();
        builder.Build().Run();
        """).WithReferences(ClientStubs.All));

    [Fact]
    public Task StartupClassOfAGenericHostIsJudged() => RuleTest.FailsAsync<SCORE4002DependenciesAreHealthChecked>(TestProject.Service("""
        using Microsoft.EntityFrameworkCore;

        class Program
        {
            static void [|Main|](string[] args) => Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();
        }

        class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddDbContext<Orders>(o => o.UseSqlServer(""));

            public void Configure(IApplicationBuilder app) => app.UseRouting();
        }

        class Orders : DbContext;
        """).WithReferences(ClientStubs.All));

    [Fact]
    public Task SwitchedOffDetectionIsUndecided() =>
        RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(Service(Redis, "").With("ScorecardAssemblyFacts", "false"), "undecided", "ScorecardAssemblyFacts=false");

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE4002DependenciesAreHealthChecked>(Service("", "").WithKind("library"), "notApplicable", "a library");

    static TestProject Service(string use, string checks, bool marked = false) => TestProject.Service($$"""
        using MassTransit;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Diagnostics.HealthChecks;

        {{(marked ? "[|" : "")}}var builder = WebApplication.CreateBuilder(args);{{(marked ? "|]" : "")}}
        {{use}}
        builder.Services.AddHealthChecks(){{checks}};
        builder.Build().Run();

        class Orders : DbContext;

        class Check : IHealthCheck
        {
            public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => throw null!;
        }

        namespace Mine
        {
            static class ConnectionMultiplexer
            {
                public static void Connect(string configuration) { }

                public static void GetRequiredService<T>() { }
            }

            static class Checks
            {
                public static void AddRedis(IHealthChecksBuilder builder) { }
            }
        }
        """).WithReferences(ClientStubs.All);
}
