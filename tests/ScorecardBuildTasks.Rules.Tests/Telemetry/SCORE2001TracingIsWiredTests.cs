using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2001TracingIsWiredTests
{
    [Fact]
    public Task ServiceThatWiresNothingFails() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(
        TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]"),
        "'Checkout' wires no tracing: neither it nor a method that it calls sets up OpenTelemetry or another tracer (blocks level 1 of 'Observability Best Practices')");

    [Theory]
    [InlineData("builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(\"a\"));")]
    [InlineData("builder.Services.AddOpenTelemetry().WithTracing();")]
    [InlineData("IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry(); telemetry.WithTracing();")]
    [InlineData("builder.Services.AddOpenTelemetry().UseOtlpExporter();")]
    [InlineData("using var provider = Sdk.CreateTracerProviderBuilder().Build();")]
    [InlineData("using var sdk = OpenTelemetrySdk.Create(telemetry => telemetry.WithTracing());")]
    [InlineData("if (builder.Configuration[\"Tracing\"] is not null) builder.Services.AddOpenTelemetry()?.WithTracing();")]
    [InlineData("Wiring.Add(builder.Services);")]
    [InlineData("new Wiring.Module().Register(builder.Services);")]
    [InlineData("Action<IServiceCollection> later = Wiring.AddLater; later(builder.Services);")]
    [InlineData("Apply(Wiring.AddLater); void Apply(Action<IServiceCollection> action) => action(builder.Services);")]
    public Task OpenTelemetryPasses(string wiring) => RuleTest.PassesAsync<SCORE2001TracingIsWired>(Service(wiring));

    [Fact]
    public Task OldOpenTelemetryPasses() => PassesWithAsync(Stub.OldOpenTelemetryHosting, "builder.Services.AddOpenTelemetryTracing(tracing => { });");

    [Fact]
    public Task DatadogConfiguredPasses() => PassesWithAsync(Stub.DatadogTrace, "Datadog.Trace.Tracer.Configure(new());");

    [Fact]
    public Task DatadogReferencedPasses() => PassesWithAsync(Stub.DatadogTrace, "");

    [Fact]
    public Task ApplicationInsightsPasses() => PassesWithAsync(Stub.ApplicationInsights, "builder.Services.AddApplicationInsightsTelemetry();");

    [Fact]
    public Task AzureMonitorPasses() => RuleTest.PassesAsync<SCORE2001TracingIsWired>(
        Service("Azure.Monitor.OpenTelemetry.AspNetCore.OpenTelemetryBuilderExtensions.UseAzureMonitor(builder.Services.AddOpenTelemetry());").WithReference(Stub.AzureMonitor));

    [Fact]
    public Task ElasticApmPasses() => PassesWithAsync(Stub.ElasticApm, "builder.Services.AddAllElasticApm();");

    [Fact]
    public Task XRayPasses() => PassesWithAsync(Stub.XRay, "builder.Build().UseXRay(\"Checkout\");");

    [Theory]
    [InlineData("AddGoogleDiagnosticsForAspNetCore")]
    [InlineData("AddGoogleTraceForAspNetCore")]
    public Task GoogleCloudTracePasses(string method) => PassesWithAsync(Stub.GoogleDiagnostics, $"Google.Cloud.Diagnostics.AspNetCore3.AspNetCoreServiceCollectionExtensions.{method}(builder.Services);");

    [Theory]
    [InlineData("o.TracesSampleRate = 0.2")]
    [InlineData("o.TracesSampler = _ => 1")]
    public Task SentryThatSamplesTracesPasses(string option) => PassesWithAsync(Stub.Sentry, $"Sentry.SentrySdk.Init(o => {option});");

    [Theory]
    [InlineData("0.2", true)]
    [InlineData("0.0", false)]
    public Task SentryIsToldBySettings(string rate, bool passes)
    {
        const string Init = "Sentry.SentrySdk.Init(o => { });";
        var service = TestProject.Service($"{(passes ? Init : $"[|{Init}|]")} WebApplication.CreateBuilder(args).Build().Run();").WithReference(Stub.Sentry)
            .WithFile($"{TestProject.Folder}/appsettings.json", "appsettings", $$"""{ "Sentry": { "TracesSampleRate": {{rate}} } }""");
        return passes ? RuleTest.PassesAsync<SCORE2001TracingIsWired>(service) : RuleTest.FailsAsync<SCORE2001TracingIsWired>(service);
    }

    [Fact]
    public Task SentryThatOnlyReportsErrorsFails() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(
        TestProject.Service("[|Sentry.SentrySdk.Init(o => { });|] WebApplication.CreateBuilder(args).Build().Run();").WithReference(Stub.Sentry));

    [Theory]
    [InlineData("if (builder.Environment.IsDevelopment())", false)]
    [InlineData("if (!builder.Environment.IsDevelopment())", true)]
    public Task TracingOfDevelopmentAloneIsNone(string condition, bool passes)
    {
        const string Create = "var builder = WebApplication.CreateBuilder(args);";
        var service = TestProject.Service($"using OpenTelemetry; using OpenTelemetry.Trace; {(passes ? Create : $"[|{Create}|]")} {condition} builder.Services.AddOpenTelemetry().WithTracing(); builder.Build().Run();");
        return passes ? RuleTest.PassesAsync<SCORE2001TracingIsWired>(service) : RuleTest.FailsAsync<SCORE2001TracingIsWired>(service);
    }

    [Fact]
    public Task ReferencedButNotCalledFails() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(
        TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]").WithReference(Stub.ElasticApm).WithReference(Stub.ApplicationInsights));

    [Fact]
    public Task SameNamesElsewhereFail() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("""
        [|var builder = WebApplication.CreateBuilder(args);|]
        builder.WithTracing();
        builder.Services.AddAllElasticApm();
        Tracer.Configure();
        Mine.Sdk.CreateTracerProviderBuilder();
        new Tracing().AddSource("Checkout");
        builder.Build().Run();

        static class LookAlikes
        {
            public static void WithTracing(this WebApplicationBuilder builder) { }

            public static void AddAllElasticApm(this IServiceCollection services) { }
        }

        static class Tracer
        {
            public static void Configure() { }
        }

        class Tracing
        {
            public void AddSource(string name) { }
        }

        namespace Mine
        {
            static class Sdk
            {
                public static void CreateTracerProviderBuilder() { }
            }
        }
        """));

    [Fact]
    public Task WiringThatOnlyItsOverloadCallsFails() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("""
        [|var builder = WebApplication.CreateBuilder(args);|]
        builder.Build().Run();

        static class Wiring
        {
            public static void AddTracing(this IServiceCollection services) => services.AddTracing("checkout");

            public static void AddTracing(this IServiceCollection services, string name) => OpenTelemetry.OpenTelemetryBuilderSdkExtensions.WithTracing((OpenTelemetry.IOpenTelemetryBuilder)services.AddOpenTelemetry());
        }
        """));

    [Fact]
    public Task WiringThatNobodyCallsFails() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("""
        [|var builder = WebApplication.CreateBuilder(args);|]
        // builder.Services.AddTracing();
        builder.Build().Run();

        static class Wiring
        {
            public static void AddTracing(this IServiceCollection services) => OpenTelemetry.OpenTelemetryBuilderSdkExtensions.WithTracing((OpenTelemetry.IOpenTelemetryBuilder)services.AddOpenTelemetry());
        }
        """));

    [Fact]
    public Task HostedServiceThatWiresPasses() => RuleTest.PassesAsync<SCORE2001TracingIsWired>(TestProject.Service("""
        using OpenTelemetry.Trace;

        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddHostedService<Tracing>();
        builder.Build().Run();

        class Tracing : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder().Build();
                return Task.CompletedTask;
            }
        }
        """));

    [Theory]
    [InlineData("library", true)]
    [InlineData("none", false)]
    public async Task ReferencedProjectDecidesOnlyWhenItHasFacts(string kind, bool passes)
    {
        var acme = TestProject.TelemetryLibrary("Acme", """
            using Microsoft.Extensions.DependencyInjection;
            using OpenTelemetry;

            namespace Acme;

            public static class Defaults
            {
                public static void AddDefaults(this IServiceCollection services) => services.AddOpenTelemetry().WithTracing();
            }
            """).WithKind(kind).ToReferenceAssembly();
        var service = TestProject.Service("""
            using Acme;

            WebApplication.CreateBuilder(args).Services.AddDefaults();
            """).WithReference(acme);
        if (passes)
            await RuleTest.PassesAsync<SCORE2001TracingIsWired>(service);
        else
            await RuleTest.StandsAsideAsync<SCORE2001TracingIsWired>(service, "undecided", "'Acme.Defaults.AddDefaults' may wire tracing and cannot be looked into");
    }

    [Fact]
    public Task ComponentThatAddsItsOwnSpansWiresNoTracing() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("""
        using Aspire.Acme;

        [|WebApplication.CreateBuilder(args).Services.AddAcmeClient();|]
        """).WithReference(TestProject.TelemetryLibrary("Aspire.Acme", """
        using Microsoft.Extensions.DependencyInjection;
        using OpenTelemetry;

        namespace Aspire.Acme;

        public static class Component
        {
            public static void AddAcmeClient(this IServiceCollection services) => services.AddOpenTelemetry().WithTracing();
        }
        """).WithKind("none").ToMetadata()));

    [Fact]
    public Task LibraryWithFactsThatWiresNothingLetsTheServiceFail() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("""
        using Acme;

        [|WebApplication.CreateBuilder(args).Services.AddOrders();|]
        """).WithReference(TestProject.Library("Acme", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Orders
        {
            public static void AddOrders(this IServiceCollection services) => services.AddSingleton("orders");
        }
        """).ToReferenceAssembly()));

    [Fact]
    public Task SwitchedOffDetectionIsUndecided() => RuleTest.StandsAsideAsync<SCORE2001TracingIsWired>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").With("ScorecardAssemblyFacts", "false"), "undecided", "ScorecardAssemblyFacts=false");

    [Theory]
    [InlineData("[assembly: System.Reflection.AssemblyMetadata(\"Scorecard.Wires\", \"tracing:Acme.Sidecar\")]")]
    [InlineData("[assembly: global::System.Reflection.AssemblyMetadataAttribute(@\"Scorecard.Wires\", \"tracing:Acme.Sidecar\")]")]
    [InlineData("[assembly: System.Reflection.AssemblyMetadata(Facts.Key, value: \"tracing:Acme.Sidecar\")]", "static class Facts { public const string Key = \"Scorecard.Wires\"; }")]
    [InlineData("using Fact = System.Reflection.AssemblyMetadataAttribute; [assembly: Fact(\"Scorecard.Wires\", \"tracing:Acme.Sidecar\")]")]
    public Task HandWrittenFactPasses(string attribute, string types = "") => RuleTest.PassesAsync<SCORE2001TracingIsWired>(TestProject.Service($"""
        {attribute}

        WebApplication.CreateBuilder(args).Build().Run();

        {types}
        """));

    [Theory]
    [InlineData("ENV CORECLR_PROFILER={918728DD-259F-4A6A-AC2B-E85E1B658318}", "CORECLR_PROFILER")]
    [InlineData("ENV OTEL_DOTNET_AUTO_HOME=/otel", "OTEL_DOTNET_AUTO_HOME")]
    [InlineData("ENV DD_AGENT_HOST=datadog", "DD_AGENT_HOST")]
    public Task AgentOfTheDockerfileIsUndecided(string line, string agent) => RuleTest.StandsAsideAsync<SCORE2001TracingIsWired>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", $"FROM runtime\n{line}\n"), "undecided", $"({agent})");

    [Fact]
    public Task DockerfileWithoutAgentChangesNothing() => RuleTest.FailsAsync<SCORE2001TracingIsWired>(
        TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]").WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV TZ=UTC\n"));

    /// <summary>The build of the whole repository finds an agent in it, or none.</summary>
    [Fact]
    public async Task DockerfileThatIsNotHereMaySetUpAnAgent()
    {
        await RuleTest.StandsAsideAsync<SCORE2001TracingIsWired>(TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");
        await RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]").With("_ScorecardDockerfileNotVisible", "only a part is here")
            .WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV TZ=UTC\n"));
        await RuleTest.FailsAsync<SCORE2001TracingIsWired>(TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]").With("_ScorecardNotVisible", "only a part is here"));
    }

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2001TracingIsWired>(Service("").WithKind("library"), "notApplicable", "a library");

    static Task PassesWithAsync(MetadataReference package, string wiring)
    {
        var service = TestProject.Service($"var builder = WebApplication.CreateBuilder(args); {wiring}");
        return RuleTest.PassesAsync<SCORE2001TracingIsWired>(service with { References = [.. Frameworks.AspNetCore, .. Frameworks.OpenTelemetry, package] });
    }

    static TestProject Service(string wiring) => TestProject.Service($$"""
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        var builder = WebApplication.CreateBuilder(args);
        {{wiring}}
        builder.Build().Run();

        static class Wiring
        {
            public static void Add(IServiceCollection services) => Inner(services);

            static void Inner(IServiceCollection services) => {{(wiring.Contains("Wiring.Add(", StringComparison.Ordinal) ? "services.AddOpenTelemetry().WithTracing()" : "services.AddSingleton(\"\")")}};

            public static void AddLater(IServiceCollection services) => {{(wiring.Contains("Later", StringComparison.Ordinal) ? "services.AddOpenTelemetry().WithTracing()" : "services.AddSingleton(\"\")")}};

            public class Module
            {
                public void Register(IServiceCollection services) => {{(wiring.Contains("Module", StringComparison.Ordinal) ? "services.AddOpenTelemetry().WithTracing()" : "services.AddSingleton(\"\")")}};
            }
        }
        """);
}
