using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

/// <summary>What meters share with activity sources is tested there; here is what they have of their own.</summary>
public sealed class SCORE2006MeterIsRegisteredTests
{
    [Theory]
    [InlineData("ENV OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES=Payments,Checkout.*", null)]
    [InlineData("ENV OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES=$LISTED", "(OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES), which may listen to Meter 'Checkout.Orders'")]
    [InlineData("ENV OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES=Payments OTEL_DOTNET_AUTO_PLUGINS=Own", "(OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES), which may listen to Meter 'Checkout.Orders'")]
    [InlineData("ENV OTEL_DOTNET_AUTO_HOME=/otel", "(OTEL_DOTNET_AUTO_HOME), which may listen to Meter 'Checkout.Orders'")]
    [InlineData("ENV OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES=Payments DD_ENV=test", "(DD_ENV), which may listen to Meter 'Checkout.Orders'")]
    [InlineData("ENV DD_ENV=test", "(DD_ENV), which may listen to Meter 'Checkout.Orders'")]
    public Task AgentOfTheDockerfileListensToWhatItNames(string line, string? reason)
    {
        var service = TestProject.Service("WebApplication.CreateBuilder(args).Build().Run(); static class Telemetry { public static readonly System.Diagnostics.Metrics.Meter Orders = new(\"Checkout.Orders\"); }")
            .WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", $"FROM runtime\n{line}\n");
        return reason is null ? RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(service) : RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(service, "undecided", reason);
    }

    [Theory]
    [InlineData("ENV OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES=Payments")]
    [InlineData("ENV CORECLR_ENABLE_PROFILING=1 OTEL_DOTNET_AUTO_HOME=/otel OTEL_DOTNET_AUTO_METRICS_ADDITIONAL_SOURCES=Payments\nENTRYPOINT [\"./instrument.sh\", \"dotnet\", \"Checkout.dll\"]")]
    public Task AgentThatIsGivenAListListensToNothingElse(string lines) => RuleTest.FailsAsync<SCORE2006MeterIsRegistered>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run(); static class Telemetry { public static readonly System.Diagnostics.Metrics.Meter Orders = [|new(\"Checkout.Orders\")|]; }")
            .WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", $"FROM runtime\n{lines}\n"));

    [Fact]
    public Task DockerfileThatIsNotHereMayNameIt() => RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run(); static class Telemetry { public static readonly System.Diagnostics.Metrics.Meter Orders = new(\"Checkout.Orders\"); }").With("_ScorecardDockerfileNotVisible", "only a part is here"),
        "notVisible", "only a part is here");

    [Fact]
    public Task UnregisteredMeterFails() => RuleTest.FailsAsync<SCORE2006MeterIsRegistered>(
        Service("metrics.AddMeter(\"Checkout.Web\")", "static readonly Meter Orders = [|new(\"Checkout.Orders\")|];"),
        "Meter 'Checkout.Orders' is added by no AddMeter, so that what it measures is dropped (blocks level 2 of 'Observability Best Practices')");

    [Theory]
    [InlineData("static readonly Meter Own = [|new Meter(\"Orders\", \"1.0\")|];")]
    [InlineData("static readonly Meter Own = [|new(new MeterOptions(\"Orders\"))|];")]
    [InlineData("static Meter Make(IMeterFactory factory) => [|factory.Create(\"Orders\")|];")]
    [InlineData("static Meter Make(IMeterFactory factory) => [|factory.Create(\"Orders\", \"1.0\")|];")]
    [InlineData("static Meter Make(IMeterFactory factory) => [|factory.Create(version: \"1.0\", name: \"Orders\")|];")]
    [InlineData("static Meter Make(IMeterFactory factory) => [|factory.Create(new MeterOptions(\"Orders\") { Version = \"1\" })|];")]
    [InlineData("static Meter Make(IMeterFactory factory) => [|MeterFactoryExtensions.Create(factory, \"Orders\")|];")]
    [InlineData("const string Name = \"Orders\"; readonly Meter meter; public Telemetry(IMeterFactory factory) { meter = [|factory.Create(Name)|]; }")]
    public Task MeterIsFoundHoweverItIsCreated(string meter) => RuleTest.FailsAsync<SCORE2006MeterIsRegistered>(Service("metrics", meter));

    [Theory]
    [InlineData("metrics.AddMeter(\"Checkout.Orders\")")]
    [InlineData("metrics.AddMeter(\"checkout.orders\")")]
    [InlineData("metrics.AddMeter(\"a\", \"Checkout.*\")")]
    [InlineData("metrics.AddMeter(Names.Constant)")]
    [InlineData("metrics.AddMeter(Names.All)")]
    [InlineData("metrics.AddMeter(builder.Environment.ApplicationName + \".Orders\")")]
    [InlineData("metrics.AddMeter(Telemetry.Orders.Name)")]
    public Task RegisteredMeterPasses(string metrics) => RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(
        Service(metrics, "public static readonly Meter Orders = new(\"Checkout.Orders\"); static Meter Make(IMeterFactory factory) => factory.Create(\"Checkout.Orders\");"));

    [Fact]
    public Task SourceOfTheSameNameDoesNotRegisterAMeter() => RuleTest.FailsAsync<SCORE2006MeterIsRegistered>(TestProject.Service("""
        using System.Diagnostics.Metrics;
        using OpenTelemetry.Trace;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Orders"));

        static class Telemetry
        {
            static readonly Meter Orders = [|new("Orders")|];
        }
        """));

    [Fact]
    public Task RegistrationByVariableIsUndecided() => RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(
        Service("metrics.AddMeter(args[0])", "static readonly Meter Orders = new(\"Checkout.Orders\");"), "undecided", "may be among those registered by a name that is not a constant");

    [Fact]
    public Task MeterNamedByVariableIsUndecided() => RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(
        Service("metrics", "static Meter Make(IMeterFactory factory, string name) => factory.Create(name);"), "undecided", "the name of a Meter in Program.cs is not a constant");

    [Fact]
    public Task ApplicationInsightsDoesNotListen() => RuleTest.FailsAsync<SCORE2006MeterIsRegistered>(
        Service("builder.Services.AddApplicationInsightsTelemetry()", "static readonly Meter Orders = [|new(\"Checkout.Orders\")|];").WithReference(Stub.ApplicationInsights));

    [Fact]
    public Task ListenerOfTheServiceIsUndecided() => RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(
        Service("metrics", "static readonly Meter Orders = new(\"Checkout.Orders\"); static readonly MeterListener Listener = new();"), "undecided", "a collector's own choice");

    [Fact]
    public Task TracerOfItsOwnIsUndecided() => RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(
        Service("metrics", "static readonly Meter Orders = new(\"Checkout.Orders\");").WithReference(Stub.DatadogTrace), "undecided", "a collector's own choice");

    [Fact]
    public Task LookAlikesAreNone() => RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(TestProject.Service("""
        using Mine;

        var meter = new Meter("Checkout");
        new Factory().Create("Orders");

        namespace Mine
        {
            class Meter(string name)
            {
                public string Name => name;
            }

            interface IMeterFactory
            {
                Meter Create(string name);
            }

            class Factory : IMeterFactory
            {
                public Meter Create(string name) => new(name);
            }
        }
        """));

    [Fact]
    public Task ServiceWithoutMetersPasses() => RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();"));

    const string OrdersLibrary = """
        using System.Diagnostics.Metrics;

        namespace Acme;

        public sealed class OrderMetrics(IMeterFactory factory)
        {
            public Meter Meter { get; } = factory.Create("Acme.Orders");
        }
        """;

    [Fact]
    public Task LibraryLeavesItToItsServices() => RuleTest.StandsAsideAsync<SCORE2006MeterIsRegistered>(TestProject.Library("Acme", OrdersLibrary), "notApplicable", "the services that reference a library");

    [Fact]
    public Task UnregisteredMeterOfALibraryFailsAtTheEntryPoint() => RuleTest.FailsAsync<SCORE2006MeterIsRegistered>(
        TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]").WithReference(TestProject.Library("Acme", OrdersLibrary).ToReferenceAssembly()),
        "Meter 'Acme.Orders' of 'Acme' (Acme.OrderMetrics.Meter) is added by no AddMeter, so that what it measures is dropped (blocks level 2 of 'Observability Best Practices')");

    [Fact]
    public Task RegisteredMeterOfALibraryPasses() => RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(
        Service("metrics.AddMeter(\"Acme.*\")", "").WithReference(TestProject.Library("Acme", OrdersLibrary).ToReferenceAssembly()));

    [Fact]
    public Task MeterRegisteredByALibraryPasses() => RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(TestProject.Service("""
        Acme.Defaults.AddDefaults(WebApplication.CreateBuilder(args));

        static class Telemetry
        {
            static readonly System.Diagnostics.Metrics.Meter Orders = new("Checkout");
        }
        """).WithReference(TestProject.TelemetryLibrary("Acme", """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using OpenTelemetry.Metrics;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(IHostApplicationBuilder builder) =>
                builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(builder.Environment.ApplicationName));
        }
        """).ToReferenceAssembly()));

    /// <summary>The matching is OpenTelemetry's own, so it is compared with the real one.</summary>
    [Theory]
    [InlineData("Orders", "Orders")]
    [InlineData("orders", "ORDERS")]
    [InlineData("Orders", "Orders.Api")]
    [InlineData("Orders*", "Orders.Api")]
    [InlineData("Orders.*", "Orders")]
    [InlineData("*.Api", "Orders.Api")]
    [InlineData("O?ders", "Orders")]
    [InlineData("a.b", "aXb")]
    public void NamesMatchAsOpenTelemetryMatchesThem(string registered, string name)
    {
        using var meter = new Meter(name);
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(registered).AddReader(new BaseExportingMetricReader(new Nowhere())).Build();
        Assert.Equal(meter.CreateCounter<int>("test").Enabled, SourcePattern.Matches(registered, name));
    }

    /// <summary>Nothing is measured where nobody reads it.</summary>
    sealed class Nowhere : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }

    static TestProject Service(string metrics, string meter) => TestProject.Service($$"""
        using System.Diagnostics.Metrics;
        using OpenTelemetry;
        using OpenTelemetry.Metrics;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => Use({{metrics}}));
        builder.Build().Run();

        static void Use(object metrics) { }

        class Telemetry
        {
            {{meter}}
        }

        static class Names
        {
            public const string Constant = "Checkout.Orders";
            public static readonly string[] All = ["Checkout.Web", "Checkout.Orders"];
        }
        """);
}
