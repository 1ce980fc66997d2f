using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2002MetricsAreWiredTests
{
    [Fact]
    public Task ServiceThatMeasuresNothingFails() => RuleTest.FailsAsync<SCORE2002MetricsAreWired>(
        TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]"),
        "'Checkout' wires no metrics: neither it nor a method that it calls sets up OpenTelemetry or another meter (blocks level 2 of 'Observability Best Practices')");

    [Theory]
    [InlineData("builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(\"a\"));")]
    [InlineData("builder.Services.AddOpenTelemetry().UseOtlpExporter();")]
    [InlineData("using var provider = Sdk.CreateMeterProviderBuilder().Build();")]
    [InlineData("using var sdk = OpenTelemetrySdk.Create(telemetry => telemetry.WithMetrics());")]
    public Task OpenTelemetryPasses(string wiring) => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(Service(wiring));

    [Theory]
    [InlineData("builder.Services.AddOpenTelemetry().WithTracing();")]
    [InlineData("builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(\"a\"));")]
    [InlineData("builder.Services.AddMetrics();")]
    [InlineData("new System.Diagnostics.Metrics.Meter(\"a\").CreateCounter<int>(\"orders\");")]
    public Task OtherTelemetryFails(string wiring) => RuleTest.FailsAsync<SCORE2002MetricsAreWired>(Service(wiring, marked: true));

    [Fact]
    public Task OldOpenTelemetryPasses() => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(Service("OpenTelemetryServicesExtensions.AddOpenTelemetryMetrics(builder.Services);") with
    {
        References = [.. Frameworks.AspNetCore, .. Frameworks.OpenTelemetry, TestProject.Library("OpenTelemetry.Extensions.Hosting", """
            namespace Microsoft.Extensions.DependencyInjection;

            public static class OpenTelemetryServicesExtensions
            {
                public static IServiceCollection AddOpenTelemetryMetrics(this IServiceCollection services) => throw null!;
            }
            """).WithKind("none").ToMetadata()],
    });

    [Theory]
    [InlineData("Prometheus.MetricServerMiddlewareExtensions.MapMetrics(builder.Build());")]
    [InlineData("new Prometheus.KestrelMetricServer(9090);")]
    public Task PrometheusPasses(string wiring) => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(Service(wiring).WithReference(Prometheus));

    [Theory]
    [InlineData("StatsdClient.DogStatsd.Configure(new());")]
    [InlineData("builder.Services.AddSingleton(new StatsdClient.DogStatsdService());")]
    public Task DogStatsDPasses(string wiring) => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(Service(wiring).WithReference(DogStatsD));

    [Fact]
    public Task ApplicationInsightsPasses() =>
        RuleTest.PassesAsync<SCORE2002MetricsAreWired>(Service("builder.Services.AddApplicationInsightsTelemetry();").WithReference(Stub.ApplicationInsights));

    [Fact]
    public Task ElasticApmPasses() => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(Service("builder.Services.AddAllElasticApm();").WithReference(Stub.ElasticApm));

    [Fact]
    public Task SameNamesElsewhereFail() => RuleTest.FailsAsync<SCORE2002MetricsAreWired>(TestProject.Service("""
        [|var builder = WebApplication.CreateBuilder(args);|]
        builder.WithMetrics();
        var app = builder.Build();
        app.MapMetrics();
        DogStatsd.Configure();
        new MetricServer();
        app.Run();

        static class LookAlikes
        {
            public static void WithMetrics(this WebApplicationBuilder builder) { }

            public static void MapMetrics(this WebApplication app) { }
        }

        static class DogStatsd
        {
            public static void Configure() { }
        }

        class MetricServer;
        """));

    [Theory]
    [InlineData("library", true)]
    [InlineData("none", false)]
    public async Task ReferencedProjectDecidesOnlyWhenItHasFacts(string kind, bool passes)
    {
        var service = TestProject.Service("""
            using Acme;

            WebApplication.CreateBuilder(args).Services.AddDefaults();
            """).WithReference(Defaults.WithKind(kind).ToReferenceAssembly());
        if (passes)
            await RuleTest.PassesAsync<SCORE2002MetricsAreWired>(service);
        else
            await RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(service, "undecided", "'Acme.Defaults.AddDefaults' may wire metrics and cannot be looked into");
    }

    [Fact]
    public Task PackageBuiltWithoutUsIsReadFromItsMetadata() => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(TestProject.Service("""
        using Acme;

        WebApplication.CreateBuilder(args).Services.AddDefaults();
        """).WithReference(Defaults.WithKind("none").ToMetadata()));

    static TestProject Defaults { get; } = TestProject.TelemetryLibrary("Acme", """
        using Microsoft.Extensions.DependencyInjection;
        using OpenTelemetry;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(this IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => { });
        }
        """);

    [Fact]
    public Task DatadogDecidesByItsEnvironment() => RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(
        Service("").WithReference(Stub.DatadogTrace), "undecided", "DD_RUNTIME_METRICS_ENABLED");

    [Fact]
    public Task DatadogToldInTheDockerfilePasses() => RuleTest.PassesAsync<SCORE2002MetricsAreWired>(
        Service("").WithReference(Stub.DatadogTrace).WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV DD_RUNTIME_METRICS_ENABLED=true\n"));

    [Fact]
    public async Task DockerfileThatIsNotHereMaySayIt()
    {
        await RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(Service("").WithReference(Stub.DatadogTrace).With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");
        await RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(Service("").With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");
    }

    [Fact]
    public Task AgentOfTheDockerfileIsUndecided() => RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(
        Service("").WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV CORECLR_ENABLE_PROFILING=1\n"), "undecided", "(CORECLR_ENABLE_PROFILING)");

    [Fact]
    public Task AgentOfAnotherStageDoesNotCount() => RuleTest.FailsAsync<SCORE2002MetricsAreWired>(
        Service("", marked: true).WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM sdk AS build\nENV CORECLR_ENABLE_PROFILING=1\nFROM runtime\nENV ASPNETCORE_URLS=http://+:80\n"));

    [Fact]
    public Task NewRelicIsUndecided() => RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(
        Service("NewRelic.Api.Agent.NewRelic.GetAgent();").WithReference(TestProject.Library("NewRelic.Api.Agent", """
            namespace NewRelic.Api.Agent;

            public static class NewRelic
            {
                public static object GetAgent() => throw null!;
            }
            """).WithKind("none").ToMetadata()), "undecided", "'NewRelic.Api.Agent' may wire metrics");

    [Fact]
    public Task GenericHostIsJudged() => RuleTest.FailsAsync<SCORE2002MetricsAreWired>(TestProject.Service("""
        class Program
        {
            static void [|Main|](string[] args) => Host.CreateApplicationBuilder(args).Build().Run();
        }
        """));

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2002MetricsAreWired>(Service("").WithKind("library"), "notApplicable", "a library");

    static readonly MetadataReference Prometheus = TestProject.Library("Prometheus.AspNetCore", """
        using Microsoft.AspNetCore.Routing;

        namespace Prometheus;

        public static class MetricServerMiddlewareExtensions
        {
            public static void MapMetrics(this IEndpointRouteBuilder endpoints) => throw null!;
        }

        public sealed class KestrelMetricServer(int port)
        {
            public int Port => port;
        }
        """).WithKind("none").ToMetadata();

    static readonly MetadataReference DogStatsD = TestProject.Library("StatsdClient", """
        namespace StatsdClient;

        public sealed class StatsdConfig;

        public static class DogStatsd
        {
            public static void Configure(StatsdConfig config) => throw null!;
        }

        public sealed class DogStatsdService;
        """).WithKind("none").ToMetadata();

    static TestProject Service(string wiring, bool marked = false) => TestProject.Service($$"""
        using OpenTelemetry;
        using OpenTelemetry.Metrics;

        {{(marked ? "[|" : "")}}var builder = WebApplication.CreateBuilder(args);{{(marked ? "|]" : "")}}
        {{wiring}}
        builder.Build().Run();
        """);
}
