using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4001HealthChecksAreMappedTests
{
    const string Cost = "(blocks level 1 of 'Production Readiness')";

    [Fact]
    public Task NothingFails() => FailsAsync("", "", "'Checkout' neither registers nor maps health checks");

    [Fact]
    public Task RegisteredAndMappedPasses() => PassesAsync("builder.Services.AddHealthChecks();", "app.MapHealthChecks(\"/healthz\");");

    [Fact]
    public Task RegisteredAndUsedAsMiddlewarePasses() => PassesAsync("builder.Services.AddHealthChecks();", "app.UseHealthChecks(\"/healthz\");");

    [Fact]
    public Task RegisteredOnlyFails() => FailsAsync("builder.Services.AddHealthChecks();", "", "'Checkout' registers health checks and neither maps nor publishes them");

    [Fact]
    public Task MappedOnlyFails() => FailsAsync("", "app.MapHealthChecks(\"/healthz\");", "'Checkout' maps health checks and registers none, so that it does not start");

    [Theory]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsDevelopment() && args.Length > 0) { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (!app.Environment.IsDevelopment()) { } else { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (!(app.Environment.IsDevelopment())) return; app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsEnvironment(\"Development\")) { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("var local = app.Environment.IsDevelopment(); if (local) { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (app.Environment.IsDevelopment()) Map(app); static void Map(WebApplication app) => app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsDevelopment()) Map(3); void Map(int n) { app.MapHealthChecks(\"/h\"); Again(n); } void Again(int n) { if (n > 0) Map(n - 1); }")]
    [InlineData("if (app.Environment.IsDevelopment()) Routes.Map(app);")]
    [InlineData("new Mapper().Run(app);", "class Mapper { public void Run(WebApplication app) { if (app.Environment.IsDevelopment()) app.MapHealthChecks(\"/h\"); } }")]
    [InlineData("if (app.Environment.IsDevelopment()) new Mapper().Run(app);", "class Mapper { public void Run(WebApplication app) => app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (app.Environment.EnvironmentName == Environments.Development) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (\"Development\" == app.Environment.EnvironmentName) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.EnvironmentName != \"Development\") return; app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.EnvironmentName is \"Development\" or \"Staging\") app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.EnvironmentName is not \"Production\") app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.EnvironmentName.Equals(\"Development\", StringComparison.OrdinalIgnoreCase)) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (string.Equals(app.Environment.EnvironmentName, Environments.Development)) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (!app.Environment.IsProduction()) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsDevelopment() || app.Environment.IsStaging()) app.MapHealthChecks(\"/h\");")]
    public Task MappedInDevelopmentOnlyFails(string map, string types = "") =>
        FailsAsync("builder.Services.AddHealthChecks();", map, "'Checkout' maps its health checks outside production only", types);

    [Theory]
    [InlineData("if (!app.Environment.IsDevelopment()) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsDevelopment() || args.Length > 0) { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (app.Environment.IsProduction()) { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.UseDeveloperExceptionPage(); } app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsDevelopment()) { app.MapHealthChecks(\"/all\"); } app.MapHealthChecks(\"/h\");")]
    [InlineData("if (Mine.IsDevelopment(app.Environment)) { app.MapHealthChecks(\"/h\"); }")]
    [InlineData("if (app.Environment.IsDevelopment()) Map(app); Map(app); static void Map(WebApplication app) => app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.IsDevelopment()) Map(3); Again(2); void Map(int n) { app.MapHealthChecks(\"/h\"); Again(n); } void Again(int n) { if (n > 0) Map(n - 1); }")]
    [InlineData("if (app.Environment.EnvironmentName != Environments.Development) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.EnvironmentName == \"Canary\") app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.EnvironmentName is \"Development\" or \"Production\") app.MapHealthChecks(\"/h\");")]
    [InlineData("if (!app.Environment.IsStaging()) app.MapHealthChecks(\"/h\");")]
    [InlineData("if (app.Environment.ApplicationName == \"Development\") app.MapHealthChecks(\"/h\");")]
    [InlineData("var mine = new { EnvironmentName = args[0] }; if (mine.EnvironmentName == \"Development\") app.MapHealthChecks(\"/h\");")]
    [InlineData("app.UseEndpoints(Routes.Map);")]
    public Task MappedElsewhereTooPasses(string map) => PassesAsync("builder.Services.AddHealthChecks();", map);

    [Fact]
    public Task MethodThatNobodyCallsDoesNotCount() => FailsAsync("builder.Services.AddHealthChecks();", "", "'Checkout' registers health checks and neither maps nor publishes them", """
        static class Unused
        {
            public static void Map(WebApplication app) => Inner(app);

            static void Inner(WebApplication app) => app.MapHealthChecks("/h");
        }
        """);

    [Fact]
    public Task LookAlikesDoNotCount() => FailsAsync("builder.Services.AddHealthChecks(1);", "app.MapHealthChecks(1);", "'Checkout' neither registers nor maps health checks", """
        static class LookAlikes
        {
            public static void AddHealthChecks(this IServiceCollection services, int count) { }

            public static void MapHealthChecks(this WebApplication app, int count) { }
        }
        """);

    [Fact]
    public Task StartupClassPasses() => RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service("""
        Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();

        class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddHealthChecks();

            public void Configure(IApplicationBuilder app) => app.UseRouting().UseEndpoints(endpoints => endpoints.MapHealthChecks("/health"));
        }
        """));

    [Fact]
    public Task WebHostOfTheGenericHostIsJudged() => RuleTest.FailsAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service("""
        [|Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.Configure(app => app.UseRouting())).Build().Run();|]
        """), $"'Checkout' neither registers nor maps health checks {Cost}");

    [Fact]
    public Task WorkerWithoutHealthChecksDoesNotApply() => RuleTest.StandsAsideAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service("Host.CreateApplicationBuilder(args).Build().Run();"), "notApplicable", "without an HTTP pipeline");

    [Fact]
    public Task WorkerThatRegistersAndPublishesNothingFails() => RuleTest.FailsAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service("""
        [|var builder = Host.CreateApplicationBuilder(args);|]
        builder.Services.AddHealthChecks();
        builder.Build().Run();
        """), $"'Checkout' registers health checks and neither maps nor publishes them {Cost}");

    [Fact]
    public Task WorkerWhoseLibraryRegistersThemDoesNotApply() => RuleTest.StandsAsideAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service("""
            using Acme;

            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddDefaults();
            builder.Build().Run();
            """).WithReference(Defaults("library").ToReferenceAssembly()), "notApplicable", "without an HTTP pipeline");

    [Fact]
    public Task LibraryThatCannotBeLookedIntoIsUndecided() => RuleTest.StandsAsideAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service("""
            using Acme;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDefaults();
            builder.Build().Run();
            """).WithReference(Defaults("none").ToReferenceAssembly()), "undecided", "'Acme.Defaults.AddDefaults' may register health checks and cannot be looked into");

    [Fact]
    public Task LibraryThatRegistersAndServiceThatMapsPasses() => RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service("""
            using Acme;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDefaults();
            var app = builder.Build();
            app.MapHealthChecks("/health");
            app.Run();
            """).WithReference(Defaults("library").ToReferenceAssembly()));

    [Fact]
    public Task ComponentThatRegistersAndServiceThatMapsPasses() => RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service("""
            using Acme;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDefaults();
            var app = builder.Build();
            app.MapHealthChecks("/health");
            app.Run();
            """).WithReference((Defaults("none") with { AssemblyName = "Aspire.Acme" }).ToMetadata()));

    [Theory]
    [InlineData("", "class HealthInsuranceController : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("app.MapGet(\"/streams/live\", () => 1);", "")]
    [InlineData("app.MapPost(\"/health\", () => 1);", "")]
    public Task HealthOfAnotherKindFails(string map, string types) => FailsAsync("", map, "'Checkout' neither registers nor maps health checks", types);

    [Theory]
    [InlineData("app.MapGet(\"/healthz\", () => \"ok\");", "")]
    [InlineData("app.Map(\"/api/health/live\", a => { });", "")]
    [InlineData("", "class HealthController : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    public Task EndpointWrittenByHandIsUndecided(string map, string types) =>
        RuleTest.StandsAsideAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service(Program("", map, types).Replace("[|", "").Replace("|]", "")), "undecided", "written by hand");

    [Theory]
    [InlineData("")]
    [InlineData("builder.Services.AddHealthChecks();")]
    public Task OwnImplementationOfTheGrpcProtocolPasses(string register) => RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service(Program(register, "app.MapGrpcService<Probe>();", GrpcHealth).Replace("[|", "").Replace("|]", "")).WithReference(Stub.Grpc));

    [Fact]
    public Task AnotherGrpcServiceIsNoHealthEndpoint() => RuleTest.FailsAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service(Program("", "app.MapGrpcService<Health.HealthBase>();", $"class Health {{ public abstract class HealthBase; }} {GrpcHealth}")).WithReference(Stub.Grpc));

    const string GrpcHealth = """
        class Probe : Grpc.Health.V1.Health.HealthBase;

        namespace Grpc.Health.V1
        {
            static class Health { public abstract class HealthBase; }
        }
        """;

    [Fact]
    public Task OrdinaryEndpointIsNoHealthEndpoint() => FailsAsync("", "app.MapGet(\"/healthy-recipes\", () => \"soup\");", "'Checkout' neither registers nor maps health checks");

    [Fact]
    public Task SwitchedOffDetectionIsUndecided() => RuleTest.StandsAsideAsync<SCORE4001HealthChecksAreMapped>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").With("ScorecardAssemblyFacts", "false"), "undecided", "ScorecardAssemblyFacts=false");

    static TestProject Defaults(string kind) => TestProject.Library("Acme", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(this IServiceCollection services) => services.AddHealthChecks();
        }
        """).WithKind(kind);

    static Task FailsAsync(string register, string map, string message, string types = "") =>
        RuleTest.FailsAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service(Program(register, map, types)), $"{message} {Cost}");

    static Task PassesAsync(string register, string map) =>
        RuleTest.PassesAsync<SCORE4001HealthChecksAreMapped>(TestProject.Service(Program(register, map, "").Replace("[|", "").Replace("|]", "")));

    static string Program(string register, string map, string types) => $$"""
        [|var builder = WebApplication.CreateBuilder(args);|]
        {{register}}
        var app = builder.Build();
        {{map}}
        app.Run();

        {{types}}

        static class Routes
        {
            public static void Map(IEndpointRouteBuilder app) => app.MapHealthChecks("/h");
        }

        static class Mine
        {
            public static bool IsDevelopment(IHostEnvironment environment) => true;
        }
        """;
}
