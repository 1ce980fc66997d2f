using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Facts;

public sealed class AssemblyFactsGeneratorTests
{
    const string ServiceDefaults = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using OpenTelemetry;
        using OpenTelemetry.Metrics;
        using OpenTelemetry.Trace;

        namespace Acme;

        public static class Extensions
        {
            public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
            {
                builder.ConfigureOpenTelemetry();
                builder.Services.AddHealthChecks();
                return builder;
            }

            static void ConfigureOpenTelemetry<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
            {
                builder.Services.AddOpenTelemetry()
                    .WithTracing(tracing => tracing.AddSource(builder.Environment.ApplicationName, "Acme.*"))
                    .WithMetrics(metrics => metrics.AddMeter("Acme.Metrics"));
            }

            public static WebApplication MapDefaultEndpoints(this WebApplication app)
            {
                if (app.Environment.IsDevelopment())
                {
                    app.MapHealthChecks("/health");
                }
                return app;
            }

            public static void Unrelated(this WebApplication app) => app.MapGet("/", () => "hello");
        }
        """;

    static readonly string[] FactsOfServiceDefaults =
    [
        "Wires=activity-source(Acme.*):Acme.Extensions.AddServiceDefaults",
        "Wires=activity-source({ApplicationName}):Acme.Extensions.AddServiceDefaults",
        "Wires=health-checks:Acme.Extensions.AddServiceDefaults",
        "Wires=health-endpoint-in-development:Acme.Extensions.MapDefaultEndpoints",
        "Wires=meter(Acme.Metrics):Acme.Extensions.AddServiceDefaults",
        "Wires=metrics:Acme.Extensions.AddServiceDefaults",
        "Wires=tracing:Acme.Extensions.AddServiceDefaults",
    ];

    const string CallsServiceDefaults = """
        using Acme;

        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.Build().Run();
        """;

    static readonly string[] FactsOfServiceThatCallsThem =
    [
        "Wires=activity-source(Acme.*):Acme.Extensions.AddServiceDefaults",
        "Wires=activity-source(Checkout):Acme.Extensions.AddServiceDefaults",
        "Wires=health-checks:Acme.Extensions.AddServiceDefaults",
        "Wires=http-pipeline:Program.<Main>$",
        "Wires=meter(Acme.Metrics):Acme.Extensions.AddServiceDefaults",
        "Wires=metrics:Acme.Extensions.AddServiceDefaults",
        "Wires=tracing:Acme.Extensions.AddServiceDefaults",
    ];

    [Fact]
    public void LibraryTellsWhichOfItsMethodsBringsWhat() =>
        Assert.Equal(FactsOfServiceDefaults, TestProject.TelemetryLibrary("Acme", ServiceDefaults).Facts());

    [Fact]
    public void ServiceHasWhatTheLibraryMethodsBringThatItCalls() => Assert.Equal(
        FactsOfServiceThatCallsThem,
        TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToMetadata()).Facts());

    [Fact]
    public void ReferenceAssemblyCarriesTheSameFacts() => Assert.Equal(
        FactsOfServiceThatCallsThem,
        TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToReferenceAssembly()).Facts());

    [Fact]
    public void CompilationOfTheEditorCarriesTheSameFacts() => Assert.Equal(
        FactsOfServiceThatCallsThem,
        TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).Compiled().ToMetadataReference()).Facts());

    [Fact]
    public void LibraryInBetweenHandsFactsOn()
    {
        var acme = TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToReferenceAssembly();
        var hosting = TestProject.Library("Acme.Hosting", """
            using Microsoft.AspNetCore.Builder;
            using Acme;

            namespace Acme.Hosting;

            public sealed class ServiceHost
            {
                public static ServiceHost Create() => new();

                public void Start(WebApplicationBuilder builder) => Prepare(builder);

                void Prepare(WebApplicationBuilder builder) => builder.AddServiceDefaults();
            }
            """).WithReference(acme).ToReferenceAssembly();

        var facts = TestProject.Service("""
            using Acme.Hosting;

            ServiceHost.Create().Start(WebApplication.CreateBuilder(args));
            """).WithReference(acme).WithReference(hosting).Facts();

        Assert.Contains("Wires=tracing:Acme.Hosting.ServiceHost.Start", facts);
    }

    [Fact]
    public void WhatIsReferencedButNotCalledDoesNotCount() => Assert.Equal(
        ["Wires=http-pipeline:Program.<Main>$"],
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToMetadata()).Facts());

    [Fact]
    public void MethodOfTheSameNameElsewhereDoesNotCount() => Assert.Equal(
        ["Wires=http-pipeline:Program.<Main>$"],
        TestProject.Service("""
            var builder = WebApplication.CreateBuilder(args);
            builder.AddServiceDefaults();

            static class Mine
            {
                public static void AddServiceDefaults(this WebApplicationBuilder builder) => builder.Services.AddSingleton("");
            }
            """).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToMetadata()).Facts());

    [Fact]
    public void MethodOfTheSameNameInTheSameLibraryDoesNotCount() => Assert.Equal(
        ["Wires=http-pipeline:Program.<Main>$"],
        TestProject.Service("Acme.Quiet.AddDefaults(WebApplication.CreateBuilder(args).Services);").WithReference(TestProject.TelemetryLibrary("Acme", """
            using Microsoft.Extensions.DependencyInjection;
            using OpenTelemetry;

            namespace Acme;

            public static class Loud
            {
                public static void AddDefaults(IServiceCollection services) => services.AddOpenTelemetry().WithTracing();
            }

            public static class Quiet
            {
                public static void AddDefaults(IServiceCollection services) => services.AddSingleton("");
            }
            """).ToReferenceAssembly()).Facts());

    [Fact]
    public void NothingIsWrittenWhereNothingIsWiredOrCouldBe() => Assert.Empty(TestProject.Library("Acme", """
        namespace Acme;

        public static class Prices
        {
            public static int Add(this int price, int more) => price + more;
        }
        """).Facts());

    [Fact]
    public void LibraryWhoseRegistrationsWireNothingSaysSo() => Assert.Equal(["Wires=nothing:Acme"], TestProject.Library("Acme", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Registrations
        {
            public static IServiceCollection AddOrders(this IServiceCollection services) => services.AddSingleton("orders");
        }
        """).Facts());

    [Fact]
    public void OptedOutAssemblyWritesNothing() =>
        Assert.Empty(TestProject.TelemetryLibrary("Acme", ServiceDefaults).With("ScorecardAssemblyFacts", "false").Facts());

    [Theory]
    [InlineData("test")]
    [InlineData("none")]
    public void OtherKindsOfProjectWriteNothing(string kind) => Assert.Empty(TestProject.TelemetryLibrary("Acme", ServiceDefaults).WithKind(kind).Facts());

    [Fact]
    public void CompanyMethodNamedInTheFactsFileCounts() => Assert.Contains(
        "Wires=tracing:Acme.Extensions.UseAcme",
        TestProject.Service("""
            using Acme;

            WebApplication.CreateBuilder(args).UseAcme();
            """)
            .WithReference(TestProject.Library("Acme", "namespace Acme; public static class Extensions { public static void UseAcme(this object builder) { } }").WithKind("none").ToMetadata())
            .WithFacts("format = 1\nwires = tracing:Acme.Extensions.UseAcme\n")
            .Facts());

    [Fact]
    public void HandWrittenAttributeCountsForThoseWhoCallTheMethod()
    {
        var library = TestProject.Library("Acme", """
            [assembly: System.Reflection.AssemblyMetadata("Scorecard.Wires", "tracing:Acme.Extensions.UseAcme")]

            namespace Acme;

            public static class Extensions
            {
                public static void UseAcme(this object builder) { }

                public static void UseEverything(this object builder) => builder.UseAcme();
            }
            """);

        Assert.Contains("Wires=tracing:Acme.Extensions.UseEverything", library.Facts());
        Assert.Contains("Wires=tracing:Acme.Extensions.UseEverything", TestProject.Service("""
            using Acme;

            WebApplication.CreateBuilder(args).UseEverything();
            """).WithReference(library.ToReferenceAssembly()).Facts());
    }

    [Fact]
    public void ClassThatInheritsWiringHasIt() => Assert.Contains(
        "Wires=tracing:Acme.AcmeStartup.ConfigureServices",
        TestProject.Service("""
            var services = new ServiceCollection();
            new Startup().ConfigureServices(services);

            class Startup : Acme.AcmeStartup;
            """).WithReference(TestProject.TelemetryLibrary("Acme", """
            using Microsoft.Extensions.DependencyInjection;
            using OpenTelemetry;

            namespace Acme;

            public abstract class AcmeStartup
            {
                public virtual void ConfigureServices(IServiceCollection services) => services.AddOpenTelemetry().WithTracing();
            }
            """).ToReferenceAssembly()).Facts());

    [Fact]
    public void LibraryModuleBehindAnInterfaceCounts() => Assert.Contains(
        "Wires=tracing:Acme.Modules.AddModules",
        TestProject.TelemetryLibrary("Acme", """
            using Microsoft.Extensions.DependencyInjection;
            using OpenTelemetry;

            namespace Acme;

            public interface IModule
            {
                void Register(IServiceCollection services);
            }

            class TelemetryModule : IModule
            {
                public void Register(IServiceCollection services) => services.AddOpenTelemetry().WithTracing();
            }

            public static class Modules
            {
                public static void AddModules(this IServiceCollection services)
                {
                    foreach (IModule module in new IModule[] { new TelemetryModule() })
                        module.Register(services);
                }
            }
            """).Facts());

    [Fact]
    public void PackageBuiltWithoutUsIsReadFromItsMetadata() => Assert.Equal(
        ["Wires=activity-source(?):Acme.Extensions.AddServiceDefaults", "Wires=activity-source(Acme.*):Acme.Extensions.AddServiceDefaults", "Wires=health-checks:Acme.Extensions.AddServiceDefaults",
            "Wires=http-pipeline:Program.<Main>$", "Wires=meter(?):Acme.Extensions.AddServiceDefaults", "Wires=meter(Acme.*):Acme.Extensions.AddServiceDefaults",
            "Wires=metrics:Acme.Extensions.AddServiceDefaults", "Wires=tracing:Acme.Extensions.AddServiceDefaults"],
        TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).WithKind("none").ToMetadata()).Facts());

    [Fact]
    public void ProjectBuiltWithoutUsMayWireAnything() => Assert.Equal(
        ["MayWire=activity-source(?):Acme.Extensions.AddServiceDefaults", "MayWire=fallback-policy:Acme.Extensions.AddServiceDefaults", "MayWire=health-checks:Acme.Extensions.AddServiceDefaults", "MayWire=logs:Acme.Extensions.AddServiceDefaults",
            "MayWire=meter(?):Acme.Extensions.AddServiceDefaults", "MayWire=metrics:Acme.Extensions.AddServiceDefaults", "MayWire=tracing:Acme.Extensions.AddServiceDefaults",
            "Wires=http-pipeline:Program.<Main>$"],
        TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).WithKind("none").ToReferenceAssembly()).Facts());

    [Fact]
    public void ProjectBuiltWithoutUsWiresNoTracerThatIsNotReferenced()
    {
        var orders = TestProject.Library("Acme", """
            using Microsoft.Extensions.DependencyInjection;

            namespace Acme;

            public static class Registrations
            {
                public static IServiceCollection AddOrders(this IServiceCollection services) => services;
            }
            """).WithKind("none").ToReferenceAssembly();
        var service = TestProject.Service("""
            using Acme;

            WebApplication.CreateBuilder(args).Services.AddOrders();
            """) with { References = [.. Frameworks.AspNetCore, orders] };

        Assert.Equal(["MayWire=fallback-policy:Acme.Registrations.AddOrders", "MayWire=health-checks:Acme.Registrations.AddOrders", "Wires=http-pipeline:Program.<Main>$"], service.Facts());
    }

    [Fact]
    public void EditThatChangesNoFactWritesNothingAgain()
    {
        var project = TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToMetadata());
        var written = project.Written();
        var driver = project.Driver(tracksSteps: true).RunGenerators(written);
        var edited = written.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added { int Count() => 1; }", TestProject.ParseOptions, "Added.cs"));

        var run = driver.RunGenerators(edited).GetRunResult().Results.Single();

        Assert.Equal(IncrementalStepRunReason.Unchanged, Reason(run.TrackedSteps[AssemblyFactsGenerator.FactsStep]));
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(run.TrackedOutputSteps.Values.Single()));
    }

    [Fact]
    public void EditThatRemovesTheCallRemovesTheFacts()
    {
        var project = TestProject.Service(CallsServiceDefaults).WithReference(TestProject.TelemetryLibrary("Acme", ServiceDefaults).ToMetadata());
        var written = project.Written();
        var driver = project.Driver(tracksSteps: true).RunGenerators(written);
        var program = written.SyntaxTrees[0];
        var edited = written.ReplaceSyntaxTree(program, program.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(program.ToString().Replace("builder.AddServiceDefaults();", ""))));

        var run = driver.RunGenerators(edited).GetRunResult().Results.Single();

        Assert.Equal(IncrementalStepRunReason.Modified, Reason(run.TrackedSteps[AssemblyFactsGenerator.FactsStep]));
        Assert.DoesNotContain("tracing", run.GeneratedSources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The editor runs the generator between any two keystrokes.</summary>
    [Theory]
    [InlineData("builder.Services.AddOrders(); builder.Services.AddParcels();", "Wires=health-checks:Orders.AddOrders")]
    [InlineData("builder.Services.AddParcels();", "Wires=health-checks:Parcels.AddParcels")]
    public void WhatRunsIsToldOnce(string calls, string fact) => Assert.Equal([fact], TestProject.Service($$"""
        var builder = WebApplication.CreateBuilder(args);
        {{calls}}
        builder.Build().Run();

        static class Orders { public static void AddOrders(this IServiceCollection services) => services.AddHealthChecks(); }
        static class Parcels { public static void AddParcels(this IServiceCollection services) => services.AddHealthChecks(); }
        """).Facts().Where(f => f.Contains("health-checks", StringComparison.Ordinal)));

    [Fact]
    public void HalfTypedCodeIsRead()
    {
        const string Program = """
            using System.Diagnostics;
            using OpenTelemetry.Trace;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddOpenTelemetry().WithTracing(t => t.AddSource([$"{builder.Environment.ApplicationName}.{nameof(Telemetry)}", Telemetry.Source.Name]));
            if (!builder.Environment.IsDevelopment()) return;
            Map(builder.Build());
            static void Map(WebApplication app) => app.MapHealthChecks("/health");

            class Telemetry : IDisposable
            {
                public static readonly ActivitySource Source = new("a", version: "1"), Other = new ActivitySource(new ActivitySourceOptions("b"));
                string Loop => Loop + typeof(Telemetry).Assembly.GetName().Name;
                public void Dispose() => new ActivitySource(Loop).Dispose();
            }
            """;
        for (var cut = 0; cut < Program.Length; cut += 5)
        {
            var project = TestProject.Service(Program[..cut]);
            var run = project.Driver().RunGenerators(project.Written()).GetRunResult().Results.Single();
            Assert.True(run.Exception is null, $"{run.Exception}\nin\n{Program[..cut]}");
        }
    }

    static IncrementalStepRunReason Reason(IEnumerable<IncrementalGeneratorRunStep> steps) => steps.Single().Outputs.Single().Reason;
}
