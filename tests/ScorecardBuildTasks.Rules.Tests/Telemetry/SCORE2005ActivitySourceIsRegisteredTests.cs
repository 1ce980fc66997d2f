using System.Diagnostics;
using Microsoft.CodeAnalysis;
using OpenTelemetry;
using OpenTelemetry.Trace;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2005ActivitySourceIsRegisteredTests
{
    [Theory]
    [InlineData("ENV OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES=Payments,Checkout.*", null)]
    [InlineData("ENV OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES=$LISTED", "(OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES), which may listen to ActivitySource 'Checkout.Orders'")]
    [InlineData("ENV OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES=Payments OTEL_DOTNET_AUTO_PLUGINS=Own", "(OTEL_DOTNET_AUTO_PLUGINS), which may listen to ActivitySource 'Checkout.Orders'")]
    [InlineData("ENV OTEL_DOTNET_AUTO_HOME=/otel", "(OTEL_DOTNET_AUTO_HOME), which may listen to ActivitySource 'Checkout.Orders'")]
    [InlineData("ENV OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES=Payments DD_ENV=test", "(DD_ENV), which may listen to ActivitySource 'Checkout.Orders'")]
    [InlineData("ENV DD_ENV=test", "(DD_ENV), which may listen to ActivitySource 'Checkout.Orders'")]
    public Task AgentOfTheDockerfileListensToWhatItNames(string line, string? reason)
    {
        var service = TestProject.Service("WebApplication.CreateBuilder(args).Build().Run(); static class Telemetry { public static readonly System.Diagnostics.ActivitySource Orders = new(\"Checkout.Orders\"); }")
            .WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", $"FROM runtime\n{line}\n");
        return reason is null ? RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(service) : RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(service, "undecided", reason);
    }

    [Theory]
    [InlineData("ENV OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES=Payments")]
    [InlineData("ENV CORECLR_ENABLE_PROFILING=1 OTEL_DOTNET_AUTO_HOME=/otel OTEL_DOTNET_AUTO_TRACES_ADDITIONAL_SOURCES=Payments\nENTRYPOINT [\"./instrument.sh\", \"dotnet\", \"Checkout.dll\"]")]
    public Task AgentThatIsGivenAListListensToNothingElse(string lines) => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run(); static class Telemetry { public static readonly System.Diagnostics.ActivitySource Orders = [|new(\"Checkout.Orders\")|]; }")
            .WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", $"FROM runtime\n{lines}\n"));

    [Theory]
    [InlineData("readonly string area = \"Payments\"; Telemetry(string given) => area = given; ActivitySource Create() => new(area);")]
    [InlineData("string Area { get; } = \"Payments\"; Telemetry(string given) { if (given.Length > 0) Area = given; } ActivitySource Create() => new(Area);")]
    public Task NameThatAConstructorAssignsAnewIsUndecided(string source) => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing.AddSource(\"Orders\")", source), "undecided", "");

    [Theory]
    [InlineData("readonly string area = \"Payments\"; Telemetry(string given) { var area = given; } ActivitySource Create() => [|new(area)|];")]
    [InlineData("string Area { get; } = \"Payments\"; Telemetry(string given) { } ActivitySource Create() => [|new(Area)|];")]
    public Task NameThatNoConstructorAssignsIsKnown(string source) => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(Service("tracing.AddSource(\"Orders\")", source));

    [Fact]
    public Task DockerfileThatIsNotHereMayNameIt() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run(); static class Telemetry { public static readonly System.Diagnostics.ActivitySource Orders = new(\"Checkout.Orders\"); }").With("_ScorecardDockerfileNotVisible", "only a part is here"),
        "notVisible", "only a part is here");

    [Fact]
    public Task UnregisteredSourceFails() => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing.AddSource(\"Checkout.Web\")", "static readonly ActivitySource Orders = [|new(\"Checkout.Orders\")|];"),
        "ActivitySource 'Checkout.Orders' is added by no AddSource, so that its spans are dropped (blocks level 2 of 'Observability Best Practices')");

    [Theory]
    [InlineData("static readonly ActivitySource Source = [|new ActivitySource(\"Orders\", \"1.0\")|];")]
    [InlineData("static ActivitySource Source { get; } = [|new(\"Orders\")|];")]
    [InlineData("static readonly System.Diagnostics.ActivitySource? Source = [|new(version: \"1\", name: \"Orders\")|];")]
    [InlineData("const string Name = \"Orders\"; static ActivitySource Create() => [|new(Name)|];")]
    [InlineData("readonly ActivitySource source; Telemetry() { source = [|new(nameof(Orders))|]; } class Orders;")]
    [InlineData("static readonly ActivitySource Source = [|new(typeof(Orders).Name)|]; class Orders;")]
    [InlineData("static readonly string Area = \"Ord\"; static readonly ActivitySource Source = [|new($\"{Area}ers\")|];")]
    [InlineData("static string Area => \"Ord\" + \"ers\"; static readonly ActivitySource Source = [|new(Area)|];")]
    [InlineData("static readonly ActivitySource Source = [|new(new ActivitySourceOptions(\"Orders\"))|];")]
    public Task SourceIsFoundHoweverItIsCreated(string source) => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(Service("tracing", source));

    [Theory]
    [InlineData("tracing.AddSource(\"Checkout.Orders\")")]
    [InlineData("tracing.AddSource(\"checkout.orders\")")]
    [InlineData("tracing.AddSource(\"a\", \"Checkout.Orders\")")]
    [InlineData("tracing.AddSource(\"Checkout.*\")")]
    [InlineData("tracing.AddSource(\"*\")")]
    [InlineData("tracing.AddSource(new[] { \"a\", \"Checkout.Orders\" })")]
    [InlineData("tracing.AddSource([\"a\", \"Checkout.Orders\"])")]
    [InlineData("tracing.AddSource(new string[] { \"Checkout.Orders\" })")]
    [InlineData("tracing.AddSource(Names.Constant)")]
    [InlineData("tracing.AddSource(Names.ReadOnly)")]
    [InlineData("tracing.AddSource(Names.All)")]
    [InlineData("tracing.AddSource($\"{Names.Area}.Orders\")")]
    [InlineData("tracing.AddSource(Names.Area + \".Orders\")")]
    [InlineData("tracing.AddSource(builder.Environment.ApplicationName + \".Orders\")")]
    [InlineData("tracing.AddSource($\"{typeof(Telemetry).Assembly.GetName().Name}.Orders\")")]
    [InlineData("tracing.AddSource(System.Reflection.Assembly.GetExecutingAssembly().GetName().Name! + \".Orders\")")]
    [InlineData("tracing.AddSource(typeof(Checkout.Orders).FullName!)")]
    [InlineData("tracing.AddSource(Telemetry.Source.Name)")]
    [InlineData("tracing.SetSampler(new AlwaysOnSampler()).AddSource(\"Checkout.Orders\").AddOtlpExporter()")]
    public Task RegisteredSourcePasses(string tracing) => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(
        Service(tracing, "public static readonly ActivitySource Source = new(\"Checkout.Orders\");"));

    [Theory]
    [InlineData("tracing.AddSource(\"Checkout\")")]
    [InlineData("tracing.AddSource(\"Checkout.Order\")")]
    [InlineData("tracing.AddSource(\"Orders.*\")")]
    [InlineData("tracing.AddSource(\"CheckoutXOrders\")")]
    [InlineData("tracing.AddLegacySource(\"Checkout.Orders\")")]
    [InlineData("new Mine().AddSource(tracing, \"Checkout.Orders\")")]
    public Task OtherRegistrationsDoNotCount(string tracing) => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(
        Service(tracing, "static readonly ActivitySource Source = [|new(\"Checkout.Orders\")|];"));

    [Theory]
    [InlineData("var name = \"Orders\";", "name")]
    [InlineData("var area = \"Ord\"; var name = area + \"ers\";", "name")]
    [InlineData("string[] names = [\"Web\", \"Orders\"];", "names")]
    [InlineData("var names = new[] { \"Web\", \"Orders\" };", "names")]
    public async Task LocalThatNothingAssignsNamesTheSource(string declaration, string argument)
    {
        await RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(
            Service("tracing", "static readonly ActivitySource Source = new(\"Orders\");", Registering(declaration, argument)));
        await RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(
            Service("tracing", "static readonly ActivitySource Source = [|new(\"Payments\")|];", Registering(declaration, argument)));
    }

    static string Registering(string declaration, string argument) => $"{declaration} builder.Services.AddOpenTelemetry().WithTracing(t => t.AddSource({argument}));";

    [Theory]
    [InlineData("foreach (var name in new[] { \"Web\", \"Orders\" }) builder.Services.AddOpenTelemetry().WithTracing(t => t.AddSource(name));")]
    [InlineData("string[] names = [\"Web\", \"Orders\"]; foreach (var name in names) { builder.Services.AddOpenTelemetry().WithTracing(t => t.AddSource(name)); }")]
    public async Task LoopRegistersEachName(string loop)
    {
        await RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(Service("tracing", "static readonly ActivitySource Source = new(\"Orders\");", loop));
        await RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(Service("tracing", "static readonly ActivitySource Source = [|new(\"Payments\")|];", loop));
    }

    [Theory]
    [InlineData("static ActivitySource Create() { var name = \"Orders\"; return [|new(name)|]; }")]
    [InlineData("static ActivitySource Create() { var name = \"Orders\"; return [|new(name)|]; } static void Other() { var name = \"a\"; name = \"b\"; }")]
    public Task SourceNamedByALocalFails(string source) => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(Service("tracing", source));

    [Theory]
    [InlineData("var name = \"Orders\"; if (args.Length > 0) name = args[0];", "name")]
    [InlineData("var name = \"Orders\"; Set(); void Set() => name = args[0];", "name")]
    [InlineData("var name = \"Orders\"; Fill(ref name); static void Fill(ref string name) => name += 1;", "name")]
    [InlineData("string name; name = \"Orders\";", "name")]
    [InlineData("string[] names = [\"Orders\"]; names[0] = args[0];", "names")]
    [InlineData("var names = args;", "names")]
    public Task LocalThatIsAssignedIsUndecided(string declaration, string argument) => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static readonly ActivitySource Source = new(\"Checkout.Orders\");", Registering(declaration, argument)), "undecided", "may be among those registered by a name that is not a constant");

    [Fact]
    public Task ListThatGrowsIsUndecided() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static readonly ActivitySource Source = new(\"Orders\");",
            "System.Collections.Generic.List<string> names = [\"Web\"]; names.Add(args[0]); foreach (var name in names) builder.Services.AddOpenTelemetry().WithTracing(t => t.AddSource(name));"),
        "undecided", "may be among those registered by a name that is not a constant");

    [Theory]
    [InlineData("tracing.AddSource(args[0])", "may be among those registered by a name that is not a constant")]
    [InlineData("tracing.AddSource(builder.Configuration[\"Source\"]!)", "may be among those registered by a name that is not a constant")]
    public Task RegistrationByVariableIsUndecided(string tracing, string reason) => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service(tracing, "static readonly ActivitySource Source = new(\"Checkout.Orders\");"), "undecided", reason);

    [Fact]
    public Task SourceNamedByVariableIsUndecided() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static ActivitySource Create(string name) => new(name);"), "undecided", "the name of an ActivitySource in Program.cs is not a constant");

    [Theory]
    [InlineData("public static string SourceName = \"Orders\";")]
    [InlineData("internal static string SourceName = \"Ord\" + \"ers\";")]
    [InlineData("public static string SourceName { get; set; } = \"Orders\";")]
    [InlineData("public static string SourceName = \"Orders\"; void Mine(string SourceName) { SourceName = \"a\"; var other = new Other { SourceName = \"b\" }; other.SourceName = \"c\"; } class Other { public string? SourceName; }")]
    public Task FieldThatNothingAssignsNamesTheSource(string field) => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing.AddSource(Telemetry.SourceName)", $"static readonly ActivitySource Source = new(SourceName); {field}"));

    [Theory]
    [InlineData("Telemetry.SourceName = args[0];")]
    [InlineData("(Telemetry.SourceName, var rest) = (args[0], 1);")]
    [InlineData("Telemetry.SourceName += args[0];")]
    [InlineData("(Telemetry.SourceName) ??= args[0];")]
    [InlineData("Fill(out Telemetry.SourceName); static void Fill(out string name) => name = \"a\";")]
    [InlineData("ref var name = ref Telemetry.SourceName;")]
    public Task FieldThatIsAssignedIsUndecided(string assign) => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static readonly ActivitySource Source = new(SourceName); public static string SourceName = \"Orders\";", assign), "undecided", "the name of an ActivitySource in Program.cs is not a constant");

    [Fact]
    public Task RegistrationByVariableDoesNotHideARegisteredName() => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing.AddSource(args[0]).AddSource(\"Checkout.Orders\")", "static readonly ActivitySource Source = new(\"Checkout.Orders\");"));

    [Fact]
    public Task TracerOfItsOwnIsUndecided() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static readonly ActivitySource Source = new(\"Checkout.Orders\");").WithReference(Stub.DatadogTrace), "undecided", "a tracer's own choice");

    [Fact]
    public Task ApplicationInsightsDoesNotListen() => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static readonly ActivitySource Source = [|new(\"Checkout.Orders\")|];", "builder.Services.AddApplicationInsightsTelemetry();").WithReference(Stub.ApplicationInsights));

    [Fact]
    public Task ListenerOfTheServiceIsUndecided() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing", "static readonly ActivitySource Source = new(\"Checkout.Orders\"); static Telemetry() => ActivitySource.AddActivityListener(new ActivityListener());"), "undecided", "a tracer's own choice");

    [Fact]
    public Task ClassOfTheSameNameIsNone() => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service("""
        using Mine;

        var source = new ActivitySource("Checkout");

        namespace Mine
        {
            class ActivitySource(string name)
            {
                public string Name => name;
            }
        }
        """));

    [Fact]
    public Task ServiceWithoutSourcesPasses() => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();"));

    [Fact]
    public Task LibraryLeavesItToItsServices() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        TestProject.Library("Acme", OrdersLibrary), "notApplicable", "the services that reference a library judge its sources");

    const string OrdersLibrary = """
        using System.Diagnostics;

        namespace Acme;

        public static class Orders
        {
            public static readonly ActivitySource Source = new("Acme.Orders");
        }
        """;

    [Fact]
    public Task UnregisteredSourceOfALibraryFailsAtTheEntryPoint() => RuleTest.FailsAsync<SCORE2005ActivitySourceIsRegistered>(
        TestProject.Service("[|WebApplication.CreateBuilder(args).Build().Run();|]").WithReference(TestProject.Library("Acme", OrdersLibrary).ToReferenceAssembly()),
        "ActivitySource 'Acme.Orders' of 'Acme' (Acme.Orders.Source) is added by no AddSource, so that its spans are dropped (blocks level 2 of 'Observability Best Practices')");

    [Theory]
    [InlineData("\"Acme.*\"")]
    [InlineData("Acme.Orders.Source.Name")]
    public Task RegisteredSourceOfALibraryPasses(string name) => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(
        Service($"tracing.AddSource({name})", "").WithReference(TestProject.Library("Acme", OrdersLibrary).ToReferenceAssembly()));

    [Fact]
    public Task SourceOfAnOpenProjectIsJudgedInTheEditorToo() => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing.AddSource(Acme.Orders.Source.Name)", "").WithReference(TestProject.Library("Acme", OrdersLibrary).Compiled().ToMetadataReference()));

    [Fact]
    public Task NameThatOnlyTheOtherProjectKnowsIsUndecided() => RuleTest.StandsAsideAsync<SCORE2005ActivitySourceIsRegistered>(
        Service("tracing.AddSource(Acme.Names.Orders)", "static readonly ActivitySource Source = new(\"Checkout.Orders\");").WithReference(
            TestProject.Library("Acme", "namespace Acme; public static class Names { public static readonly string Orders = \"Checkout.Orders\"; }").Compiled().ToMetadataReference()),
        "undecided", "a name that is not a constant");

    [Fact]
    public Task SourceRegisteredByALibraryPasses() => RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service("""
        using Acme;

        WebApplication.CreateBuilder(args).AddDefaults();

        static class Telemetry
        {
            static readonly System.Diagnostics.ActivitySource Source = new("Checkout");
        }
        """).WithReference(TestProject.TelemetryLibrary("Acme", """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using OpenTelemetry.Trace;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(this IHostApplicationBuilder builder) =>
                builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(builder.Environment.ApplicationName));
        }
        """).ToReferenceAssembly()));

    /// <summary>The matching is OpenTelemetry's own, so it is compared with the real one.</summary>
    [Theory]
    [InlineData("Orders", "Orders")]
    [InlineData("orders", "ORDERS")]
    [InlineData("Orders", "Orders.Api")]
    [InlineData("Orders*", "Orders.Api")]
    [InlineData("Orders.*", "Orders")]
    [InlineData("Orders.*", "Orders.")]
    [InlineData("*.Api", "Orders.Api")]
    [InlineData("*.api", "Orders.Api.V1")]
    [InlineData("O?ders", "Orders")]
    [InlineData("Orders.?", "Orders.12")]
    [InlineData("Orders+*", "Orders+1")]
    [InlineData("*", "anything at all")]
    [InlineData("a.b", "aXb")]
    [InlineData("a.b*", "aXb")]
    public void NamesMatchAsOpenTelemetryMatchesThem(string registered, string name)
    {
        using var source = new ActivitySource(name);
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(registered).Build();
        using var activity = source.StartActivity("test");
        Assert.Equal(activity is not null, SourcePattern.Matches(registered, name));
    }

    static TestProject Service(string tracing, string source, string statement = "") => TestProject.Service($$"""
        using System.Diagnostics;
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry().WithTracing(tracing => Use({{tracing}}));
        {{statement}}
        builder.Build().Run();

        static void Use(object tracing) { }

        class Telemetry
        {
            {{source}}
        }

        static class Names
        {
            public const string Constant = "Checkout.Orders";
            public const string Area = "Checkout";
            public static readonly string ReadOnly = Constant;
            public static readonly string[] All = ["Checkout.Web", "Checkout.Orders"];
        }

        class Mine
        {
            public object AddSource(TracerProviderBuilder tracing, string name) => tracing;
        }

        namespace Checkout
        {
            class Orders;
        }
        """);
}
