using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2004ServiceIsTaggedTests
{
    const string Cost = "(blocks level 2 of 'Observability Best Practices')";

    const string Environment = ".AddAttributes([new(\"deployment.environment\", builder.Environment.EnvironmentName)])";

    [Fact]
    public Task UntaggedTelemetryFails() => FailsAsync("", "'service.name', 'service.version' and 'deployment.environment'");

    [Theory]
    [InlineData("resource.AddService(\"Checkout\")", "'service.version' and 'deployment.environment'")]
    [InlineData("resource.AddService(\"Checkout\", serviceVersion: null)", "'service.version' and 'deployment.environment'")]
    [InlineData("resource.AddService(\"Checkout\", \"shop\", autoGenerateServiceInstanceId: false)", "'service.version' and 'deployment.environment'")]
    [InlineData("resource.AddService(\"Checkout\")" + Environment, "'service.version'")]
    [InlineData("resource" + Environment, "'service.name' and 'service.version'")]
    [InlineData("resource.AddAttributes([new(\"host.name\", \"a\")])", "'service.name', 'service.version' and 'deployment.environment'")]
    [InlineData("resource.AddEnvironmentVariableDetector().AddTelemetrySdk()", "'service.name', 'service.version' and 'deployment.environment'")]
    [InlineData("new Mine().AddService(resource, \"Checkout\", serviceVersion: \"1\")", "'service.name', 'service.version' and 'deployment.environment'")]
    public Task MissingTagFails(string resource, string missing) => FailsAsync($".ConfigureResource(resource => Use({resource}))", missing);

    [Theory]
    [InlineData("resource.AddService(\"Checkout\", serviceVersion: \"1\")" + Environment)]
    [InlineData("resource.AddService(builder.Environment.ApplicationName, \"shop\", typeof(Program).Assembly.GetName().Version?.ToString())" + Environment)]
    [InlineData("ResourceBuilderExtensions.AddService(resource, \"Checkout\", null, \"1\")" + Environment)]
    [InlineData("resource.AddService(\"Checkout\").AddAttributes(new Dictionary<string, object> { [\"service.version\"] = \"1\", [\"deployment.environment.name\"] = \"prod\" })")]
    [InlineData("resource.AddService(\"Checkout\").AddAttributes(new[] { new KeyValuePair<string, object>(Keys.Version, \"1\"), KeyValuePair.Create<string, object>(Keys.Environment, \"prod\") })")]
    [InlineData("resource.AddService(\"Checkout\").AddAttributes(Mine.Attributes(builder.Environment))" + ".AddAttributes(known)")]
    public Task TaggedTelemetryPasses(string resource) => PassesAsync($".ConfigureResource(resource => Use({resource}))");

    [Fact]
    public Task ResourceOfAProviderCounts() => RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(TestProject.Service("""
        using OpenTelemetry;
        using OpenTelemetry.Resources;
        using OpenTelemetry.Trace;

        class Program
        {
            static void Main(string[] args)
            {
                var resource = ResourceBuilder.CreateDefault().AddService("Checkout", serviceVersion: "1").AddAttributes([new("deployment.environment", "prod")]);
                using var provider = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).Build();
                Host.CreateApplicationBuilder(args).Build().Run();
            }
        }
        """));

    [Fact]
    public Task EnvironmentMayComeFromTheDeployment() =>
        StandsAsideAsync(".ConfigureResource(resource => resource.AddService(\"Checkout\", serviceVersion: \"1\"))", "'deployment.environment' may come from OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES");

    [Fact]
    public Task NameMayComeFromTheDeployment() => StandsAsideAsync(
        ".ConfigureResource(resource => resource.AddAttributes([new(\"service.version\", \"1\")]))", "'service.name' and 'deployment.environment' may come from OTEL_SERVICE_NAME");

    [Theory]
    [InlineData("resource.AddAttributes(Mine.Attributes(builder.Environment))")]
    [InlineData("resource.AddDetector(new Detector())")]
    public Task AttributesThatAreNotConstantAreUndecided(string resource) => StandsAsideAsync($".ConfigureResource(resource => {resource})", "may be among what 'Program.<Main>$' adds");

    [Theory]
    [InlineData("ENV OTEL_SERVICE_NAME=checkout OTEL_RESOURCE_ATTRIBUTES=service.version=1,deployment.environment.name=prod", true)]
    [InlineData("ENV OTEL_RESOURCE_ATTRIBUTES=\"service.name=checkout,service.version=${VERSION},deployment.environment=prod\"", true)]
    [InlineData("ENV OTEL_SERVICE_NAME=checkout", false)]
    [InlineData("ENV DD_SERVICE_UNUSED=checkout", null)]
    public async Task DockerfileCounts(string line, bool? passes)
    {
        var dockerfile = $"FROM runtime\n{line}\n";
        if (passes == true)
            await PassesAsync("", "dockerfile", dockerfile);
        else if (passes == false)
            await RuleTest.FailsAsync<SCORE2004ServiceIsTagged>(Service("", marked: true).WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", dockerfile));
        else
            await RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(Service("").WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", dockerfile), "undecided", "an agent");
    }

    [Fact]
    public async Task DockerfileThatIsNotHereMayTag()
    {
        await RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(Service("").With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");
        await RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(
            TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithReference(Stub.DatadogTrace).With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");
        await RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").With("_ScorecardDockerfileNotVisible", "only a part is here"), "notApplicable", "no telemetry is wired");
    }

    [Fact]
    public Task AttributesFromAVariableOfTheDockerfileAreUndecided() => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(
        Service("").WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV OTEL_RESOURCE_ATTRIBUTES=$ATTRIBUTES\n"), "undecided", "'OTEL_RESOURCE_ATTRIBUTES' adds");

    [Fact]
    public Task SettingsCount() => PassesAsync("", "appsettings", """{ "OTEL_SERVICE_NAME": "checkout", "OTEL_RESOURCE_ATTRIBUTES": "service.version=1,deployment.environment=prod" }""");

    [Fact]
    public Task DatadogToldInTheDockerfilePasses() => RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithReference(Stub.DatadogTrace)
            .WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV DD_SERVICE=checkout DD_VERSION=1 DD_ENV=prod\n"));

    [Fact]
    public Task DatadogIsToldWhereItRuns() => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithReference(Stub.DatadogTrace), "undecided", "from DD_SERVICE, DD_VERSION and DD_ENV");

    [Fact]
    public Task ElasticApmTagsByItself() => RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(
        TestProject.Service("var builder = WebApplication.CreateBuilder(args); builder.Services.AddAllElasticApm();").WithReference(Stub.ElasticApm));

    [Fact]
    public Task ApplicationInsightsIsUndecided() => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(
        TestProject.Service("var builder = WebApplication.CreateBuilder(args); builder.Services.AddApplicationInsightsTelemetry();").WithReference(Stub.ApplicationInsights), "undecided", "may be among what");

    [Fact]
    public Task ServiceWithoutTelemetryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();"), "notApplicable", "no telemetry is wired");

    [Fact]
    public Task HandWrittenFactsCount() => RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(Service("", before: """
        [assembly: System.Reflection.AssemblyMetadata("Scorecard.Wires", "service-tag(service.name):helm")]
        [assembly: System.Reflection.AssemblyMetadata("Scorecard.Wires", "service-tag(service.version):helm")]
        [assembly: System.Reflection.AssemblyMetadata("Scorecard.Wires", "service-tag(deployment.environment):helm")]
        """));

    [Theory]
    [InlineData("library", "")]
    [InlineData("none", "'Acme.Defaults.AddDefaults' may wire tracing and its tags")]
    public async Task ReferencedProjectDecidesOnlyWhenItHasFacts(string kind, string reason)
    {
        var service = TestProject.Service("Acme.Defaults.AddDefaults(WebApplication.CreateBuilder(args));").WithReference(Defaults.WithKind(kind).ToReferenceAssembly());
        if (reason.Length == 0)
            await RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(service);
        else
            await RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(service, "undecided", reason);
    }

    [Fact]
    public Task PackageBuiltWithoutUsIsUndecidedWhereItsArgumentsAreNotKnown() => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(
        TestProject.Service("Acme.Defaults.AddDefaults(WebApplication.CreateBuilder(args));").WithReference(Defaults.WithKind("none").ToMetadata()),
        "undecided", "'service.version' and 'deployment.environment' may be among what 'Acme.Defaults.AddDefaults' adds");

    static TestProject Defaults { get; } = TestProject.TelemetryLibrary("Acme", """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using OpenTelemetry.Resources;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(IHostApplicationBuilder builder) => builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("a", serviceVersion: "1").AddAttributes([new("deployment.environment", builder.Environment.EnvironmentName)]))
                .WithTracing();
        }
        """);

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(Service("").WithKind("library"), "notApplicable", "a library");

    static Task FailsAsync(string resource, string missing) => RuleTest.FailsAsync<SCORE2004ServiceIsTagged>(
        Service(resource, marked: true), $"Nothing in the code, the Dockerfile or the settings of 'Checkout' gives its telemetry {missing} {Cost}");

    static Task PassesAsync(string resource) => RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(Service(resource));

    static Task PassesAsync(string resource, string kind, string file) => RuleTest.PassesAsync<SCORE2004ServiceIsTagged>(Service(resource).WithFile($"{TestProject.Folder}/{(kind == "appsettings" ? "appsettings.json" : kind)}", kind, file));

    static Task StandsAsideAsync(string resource, string reason) => RuleTest.StandsAsideAsync<SCORE2004ServiceIsTagged>(Service(resource), "undecided", reason);

    static TestProject Service(string resource, bool marked = false, string before = "") => TestProject.Service($$"""
        using OpenTelemetry;
        using OpenTelemetry.Resources;
        {{before}}

        {{(marked ? "[|" : "")}}var builder = WebApplication.CreateBuilder(args);{{(marked ? "|]" : "")}}
        {{(resource.Contains("(known)", StringComparison.Ordinal) ? "var known = new Dictionary<string, object>(); known[\"service.version\"] = \"1\"; known.Add(Keys.Environment, \"prod\");" : "")}}
        builder.Services.AddOpenTelemetry(){{resource}}.WithTracing();
        builder.Build().Run();

        static void Use(object resource) { }

        static class Keys
        {
            public const string Version = "service.version";
            public const string Environment = "deployment.environment.name";
        }

        class Mine
        {
            public object AddService(ResourceBuilder resource, string name, string serviceVersion) => resource;

            public static Dictionary<string, object> Attributes(IHostEnvironment environment) => new() { [environment.ContentRootPath] = 1 };
        }

        class Detector : IResourceDetector
        {
            public Resource Detect() => Resource.Empty;
        }
        """);
}
