using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2003LogsAreExportedTests
{
    const string Cost = "(blocks level 1 of 'Observability Best Practices')";

    [Fact]
    public Task DefaultLoggingFails() => FailsAsync("", "writes its logs as lines of text");

    [Theory]
    [InlineData("builder.Logging.AddOpenTelemetry();")]
    [InlineData("builder.Logging.AddOpenTelemetry(logging => logging.IncludeScopes = true);")]
    [InlineData("builder.Services.AddLogging(logging => logging.AddOpenTelemetry());")]
    [InlineData("builder.Services.AddOpenTelemetry().UseOtlpExporter();")]
    [InlineData("builder.Services.AddOpenTelemetry().WithLogging();")]
    [InlineData("using var sdk = OpenTelemetrySdk.Create(telemetry => telemetry.WithLogging());")]
    public Task OpenTelemetryPasses(string wiring) => PassesAsync(Service(wiring));

    [Fact]
    public Task ApplicationInsightsPasses() => PassesAsync(Service("builder.Services.AddApplicationInsightsTelemetry();").WithReference(Stub.ApplicationInsights));

    [Theory]
    [InlineData("builder.Logging.AddJsonConsole(o => o.IncludeScopes = true);")]
    [InlineData("builder.Logging.AddJsonConsole(o => { o.UseUtcTimestamp = true; o.IncludeScopes = true; });")]
    [InlineData("builder.Logging.AddJsonConsole(); builder.Services.Configure<Microsoft.Extensions.Logging.Console.JsonConsoleFormatterOptions>(o => o.IncludeScopes = true);")]
    [InlineData("builder.Logging.AddConsole(o => o.FormatterName = Microsoft.Extensions.Logging.Console.ConsoleFormatterNames.Json).AddJsonConsole(o => o.IncludeScopes = true);")]
    public Task JsonWithScopesPasses(string wiring) => PassesAsync(Service(wiring));

    [Theory]
    [InlineData("builder.Logging.AddJsonConsole();")]
    [InlineData("builder.Logging.AddJsonConsole(o => o.IncludeScopes = false);")]
    [InlineData("builder.Logging.AddConsole(o => o.FormatterName = \"json\");")]
    public Task JsonWithoutScopesFails(string wiring) => FailsAsync(wiring, "writes its logs as JSON without trace ids, because 'IncludeScopes' is not set");

    [Theory]
    [InlineData("builder.Logging.AddConsole();")]
    [InlineData("builder.Logging.AddSimpleConsole(o => o.IncludeScopes = true);")]
    [InlineData("builder.Logging.AddDebug();")]
    [InlineData("builder.Logging.ClearProviders().AddConsole(o => o.FormatterName = \"simple\");")]
    public Task TextFails(string wiring) => FailsAsync(wiring, "writes its logs as lines of text");

    [Theory]
    [InlineData("""{ "Logging": { "Console": { "FormatterName": "json", "FormatterOptions": { "IncludeScopes": true } } } }""", "")]
    [InlineData("""{ "Logging": { "Console": { "FormatterOptions": { "IncludeScopes": true } } } }""", "builder.Logging.AddJsonConsole();")]
    public Task JsonToldInSettingsPasses(string settings, string wiring) => PassesAsync(WithSettings(Service(wiring), settings));

    [Fact]
    public async Task SettingsOfProductionWin()
    {
        const string Json = """{ "Logging": { "Console": { "FormatterName": "json", "FormatterOptions": { "IncludeScopes": true } } } }""";
        const string Simple = """{ "Logging": { "Console": { "FormatterName": "simple" } } }""";
        await PassesAsync(Service("").WithFile($"{TestProject.Folder}/appsettings.Production.json", "appsettings", Json).WithFile($"{TestProject.Folder}/appsettings.json", "settings", Simple));
        await RuleTest.FailsAsync<SCORE2003LogsAreExported>(
            Service("", marked: true).WithFile($"{TestProject.Folder}/appsettings.Production.json", "appsettings", Simple).WithFile($"{TestProject.Folder}/appsettings.json", "settings", Json));
    }

    [Theory]
    [InlineData("builder.Logging.AddProvider(new Mine());", "AddProvider")]
    [InlineData("builder.Services.AddSingleton<ILoggerProvider, Mine>();", "ILoggerProvider")]
    [InlineData("builder.Logging.AddConsoleFormatter<Form, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();", "AddConsoleFormatter")]
    public Task OwnProviderIsUndecided(string wiring, string name) => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(Service(wiring).WithSource("Mine.cs", """
        class Mine : ILoggerProvider
        {
            public ILogger CreateLogger(string categoryName) => throw null!;

            public void Dispose() { }
        }

        class Form() : Microsoft.Extensions.Logging.Console.ConsoleFormatter("mine")
        {
            public override void Write<TState>(in Microsoft.Extensions.Logging.Abstractions.LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer) { }
        }
        """), "undecided", $"what '{name}' writes is not known");

    [Theory]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Console(new CompactJsonFormatter()));")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Async(to => to.File(new RenderedCompactJsonFormatter(), \"log\")));")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Seq(\"http://seq\"));")]
    [InlineData("Log.Logger = new LoggerConfiguration().WriteTo.Console().WriteTo.OpenTelemetry().CreateLogger(); builder.Services.AddSerilog();")]
    [InlineData("builder.Services.AddSerilog((services, log) => log.WriteTo.Console(new ExpressionTemplate(\"{ {@t, @mt, @tr, @sp, ..@p} }\\n\")));")]
    [InlineData("var json = new CompactJsonFormatter(); builder.Host.UseSerilog((context, log) => log.WriteTo.Console(json));")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.ReadFrom.Configuration(context.Configuration).WriteTo.Seq(\"http://seq\"));")]
    public Task SerilogThatExportsPasses(string wiring) => PassesAsync(WithSerilog(wiring));

    [Theory]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Console());")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.File(\"log.txt\"));")]
    [InlineData("Log.Logger = new LoggerConfiguration().WriteTo.Console().CreateLogger(); builder.Services.AddSerilog();")]
    [InlineData("builder.Services.AddSerilog((services, log) => log.WriteTo.Console(new ExpressionTemplate(\"[{@t}] {@m}\\n\")));")]
    public Task SerilogThatWritesTextFails(string wiring) => RuleTest.FailsAsync<SCORE2003LogsAreExported>(WithSerilog(wiring, marked: true), $"'Checkout' has Serilog write its logs as lines of text {Cost}");

    [Theory]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Sink(new Mine()));", "what 'Sink' writes is not known")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Acme());", "what 'Acme' writes is not known")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.WriteTo.Console(new Form()));", "what 'Form' writes is not known")]
    [InlineData("builder.Host.UseSerilog();", "neither in the code nor in the project's appsettings.json")]
    [InlineData("builder.Host.UseSerilog((context, log) => log.ReadFrom.Configuration(context.Configuration));", "neither in the code nor in the project's appsettings.json")]
    public Task SerilogThatIsNotKnownIsUndecided(string wiring, string reason) => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(WithSerilog(wiring).WithSource("Mine.cs", """
        using Serilog.Configuration;

        class Mine : Serilog.Core.ILogEventSink;

        class Form : Serilog.Formatting.ITextFormatter;

        static class Sinks
        {
            public static Serilog.LoggerConfiguration Acme(this LoggerSinkConfiguration to) => to.Sink(new Mine());
        }
        """), "undecided", reason);

    [Theory]
    [InlineData("""{ "Serilog": { "WriteTo": [ { "Name": "Console", "Args": { "formatter": "Serilog.Formatting.Compact.CompactJsonFormatter, Serilog.Formatting.Compact" } } ] } }""", true)]
    [InlineData("""{ "Serilog": { "WriteTo": [ { "Name": "Console" }, { "Name": "Seq", "Args": { "serverUrl": "http://seq" } } ] } }""", true)]
    [InlineData("""{ "Serilog": { "WriteTo": [ "Seq" ] } }""", true)]
    [InlineData("""{ "Serilog": { "WriteTo": { "Async": { "Name": "Async", "Args": { "configure": [ { "Name": "GrafanaLoki" } ] } } } } }""", true)]
    [InlineData("""{ "Serilog": { "WriteTo:Out": { "Name": "Console", "Args": { "formatter": { "type": "Serilog.Templates.ExpressionTemplate, Serilog.Expressions", "template": "{ {@t, @tr} }" } } } } }""", true)]
    [InlineData("""{ "Serilog": { "WriteTo": [ { "Name": "Console", "Args": { "outputTemplate": "{Message}" } }, { "Name": "File" } ] } }""", false)]
    [InlineData("""{ "Serilog": { "WriteTo": [ { "Name": "Console", "Args": { "formatter": { "type": "Serilog.Templates.ExpressionTemplate, Serilog.Expressions", "template": "{@m}" } } } ] } }""", false)]
    public async Task SinksInSettingsDecide(string settings, bool passes)
    {
        const string Wiring = "builder.Host.UseSerilog((context, log) => log.ReadFrom.Configuration(context.Configuration));";
        if (passes)
            await PassesAsync(WithSettings(WithSerilog(Wiring), settings));
        else
            await RuleTest.FailsAsync<SCORE2003LogsAreExported>(WithSettings(WithSerilog(Wiring, marked: true), settings));
    }

    [Fact]
    public Task SinkInSettingsThatIsNotKnownIsUndecided() => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(
        WithSettings(WithSerilog("builder.Host.UseSerilog((context, log) => log.ReadFrom.Configuration(context.Configuration));"), """{ "Serilog": { "WriteTo": [ { "Name": "Acme" } ] } }"""),
        "undecided", "a sink or formatter that is not known");

    [Fact]
    public Task SettingsWithoutSinksLeaveItToTheCode() => RuleTest.FailsAsync<SCORE2003LogsAreExported>(
        WithSettings(WithSerilog("builder.Host.UseSerilog((context, log) => log.ReadFrom.Configuration(context.Configuration).WriteTo.Console());", marked: true), """{ "Serilog": { "MinimumLevel": "Debug" } }"""));

    [Fact]
    public Task SerilogOfBeforeTraceIdsIsUndecided() => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(
        Service("builder.Host.UseSerilog((context, log) => log.WriteTo.Seq(\"\"));", "using Serilog;").WithReference(OldSerilog), "undecided", "Serilog before 3.1");

    [Fact]
    public Task SerilogOfBeforeTraceIdsWithAnEnricherPasses() => PassesAsync(
        Service("builder.Host.UseSerilog((context, log) => log.Enrich.WithSpan().WriteTo.Seq(\"\"));", "using Serilog; using Serilog.Enrichers.Span;").WithReference(OldSerilog));

    [Theory]
    [InlineData("<nlog><targets><target name=\"out\" xsi:type=\"Console\"><layout xsi:type=\"JsonLayout\"><attribute name=\"trace_id\" layout=\"${activity:property=TraceId}\" /></layout></target></targets></nlog>", true)]
    [InlineData("<nlog><targets><target name=\"out\" type=\"OtlpTarget\" /></targets></nlog>", true)]
    [InlineData("<nlog><targets><target xsi:type=\"AsyncWrapper\" name=\"a\"><target xsi:type=\"Seq\" serverUrl=\"http://seq\" /></target></targets></nlog>", true)]
    [InlineData("<nlog><targets><target name=\"out\" xsi:type=\"Console\"><layout xsi:type=\"JsonLayout\"><attribute name=\"message\" layout=\"${message}\" /></layout></target></targets></nlog>", false)]
    [InlineData("<nlog><targets><target name=\"out\" xsi:type=\"File\" layout=\"${longdate} ${message}\" /></targets></nlog>", false)]
    public async Task NLogFileDecides(string file, bool passes)
    {
        const string Wiring = "builder.Host.UseNLog();";
        if (passes)
            await PassesAsync(Service(Wiring, "using NLog.Web;").WithReference(NLog).WithFile($"{TestProject.Folder}/NLog.config", "log-targets", file));
        else
            await RuleTest.FailsAsync<SCORE2003LogsAreExported>(
                Service(Wiring, "using NLog.Web;", marked: true).WithReference(NLog).WithFile($"{TestProject.Folder}/NLog.config", "log-targets", file),
                $"'Checkout' has NLog write its logs without structure or trace ids ('NLog.config') {Cost}");
    }

    [Fact]
    public Task NLogSectionOfSettingsPasses() => PassesAsync(WithSettings(Service("builder.Host.UseNLog();", "using NLog.Web;").WithReference(NLog),
        """{ "NLog": { "targets": { "out": { "type": "Console", "layout": { "type": "JsonLayout", "includeScopeProperties": "true" } } } } }"""));

    [Theory]
    [InlineData(null, "something else than 'nlog.config' beside the project")]
    [InlineData("<nlog><targets><target name=\"a\" xsi:type=\"Acme\" /></targets></nlog>", "a target for NLog that is not known")]
    [InlineData("<nlog></nlog>", "names no target")]
    public Task NLogThatIsNotSeenIsUndecided(string? file, string reason)
    {
        var service = Service("builder.Host.UseNLog();", "using NLog.Web;").WithReference(NLog);
        return RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(file is null ? service : service.WithFile($"{TestProject.Folder}/nlog.config", "log-targets", file), "undecided", reason);
    }

    [Fact]
    public async Task Log4NetIsToldInItsFile()
    {
        var log4Net = TestProject.Library("Microsoft.Extensions.Logging.Log4Net.AspNetCore", """
            namespace Microsoft.Extensions.Logging;

            public static class Log4NetExtensions
            {
                public static ILoggingBuilder AddLog4Net(this ILoggingBuilder builder) => throw null!;
            }
            """).WithKind("none").ToMetadata();
        const string File = "<log4net><appender name=\"a\" type=\"log4net.Appender.ConsoleAppender\"><layout type=\"log4net.Layout.PatternLayout\" /></appender></log4net>";
        await RuleTest.FailsAsync<SCORE2003LogsAreExported>(
            Service("builder.Logging.AddLog4Net();", marked: true).WithReference(log4Net).WithFile($"{TestProject.Folder}/log4net.config", "log-targets", File));
        await RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(Service("builder.Logging.AddLog4Net();").WithReference(log4Net), "undecided", "'log4net.config'");
    }

    [Fact]
    public Task SameNamesElsewhereFail() => RuleTest.FailsAsync<SCORE2003LogsAreExported>(TestProject.Service("""
        [|var builder = WebApplication.CreateBuilder(args);|]
        builder.AddJsonConsole(o => o.IncludeScopes = true);
        builder.UseSerilog();
        builder.UseNLog();
        new Config().WriteTo.Seq("http://seq");
        new CompactJsonFormatter();
        builder.Build().Run();

        class Options
        {
            public bool IncludeScopes { get; set; }
        }

        class CompactJsonFormatter;

        class Config
        {
            public Config WriteTo => this;

            public void Seq(string address) { }
        }

        static class LookAlikes
        {
            public static void AddJsonConsole(this WebApplicationBuilder builder, Action<Options> configure) { }

            public static void UseSerilog(this WebApplicationBuilder builder) { }

            public static void UseNLog(this WebApplicationBuilder builder) { }
        }
        """));

    [Theory]
    [InlineData("library", true)]
    [InlineData("none", false)]
    public async Task ReferencedProjectDecidesOnlyWhenItHasFacts(string kind, bool passes)
    {
        var service = WithSerilog("Acme.Defaults.AddDefaults(builder.Host);").WithReference(Defaults.WithKind(kind).ToReferenceAssembly());
        if (passes)
            await PassesAsync(service);
        else
            await RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(service, "undecided", "'Acme.Defaults.AddDefaults' may wire the export of logs and cannot be looked into");
    }

    [Fact]
    public Task PackageBuiltWithoutUsIsReadFromItsMetadata() =>
        PassesAsync(WithSerilog("Acme.Defaults.AddDefaults(builder.Host);").WithReference(Defaults.WithKind("none").ToMetadata()));

    [Fact]
    public Task PackageWithAProviderOfItsOwnIsUndecided() => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(
        Service("Acme.Logs.AddAcme(builder.Logging);").WithReference(TestProject.Library("Acme", """
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Logging;

            namespace Acme;

            public static class Logs
            {
                public static void AddAcme(this ILoggingBuilder logging) => logging.Services.Add(ServiceDescriptor.Singleton(typeof(ILoggerProvider), typeof(Provider)));
            }

            class Provider : ILoggerProvider
            {
                public ILogger CreateLogger(string categoryName) => throw null!;

                public void Dispose() { }
            }
            """).WithKind("none").ToMetadata()), "undecided", "what 'Acme' writes is not known");

    [Fact]
    public Task AgentOfTheDockerfileIsUndecided() => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(
        Service("").WithFile($"{TestProject.Folder}/Dockerfile", "dockerfile", "FROM runtime\nENV DD_LOGS_INJECTION=true\n"), "undecided", "(DD_LOGS_INJECTION)");

    [Theory]
    [InlineData("")]
    [InlineData("builder.Logging.AddJsonConsole();")]
    public Task DockerfileThatIsNotHereMaySetUpAnAgent(string wiring) => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(
        Service(wiring).With("_ScorecardDockerfileNotVisible", "only a part is here"), "notVisible", "only a part is here");

    [Fact]
    public Task GenericHostWithStartupIsJudged() => RuleTest.FailsAsync<SCORE2003LogsAreExported>(TestProject.Service("""
        class Program
        {
            static void [|Main|](string[] args) => Host.CreateDefaultBuilder(args).ConfigureLogging(logging => logging.AddConsole()).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();
        }

        class Startup
        {
            public void Configure(IApplicationBuilder app) => app.UseRouting();
        }
        """));

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE2003LogsAreExported>(Service("").WithKind("library"), "notApplicable", "a library");

    static TestProject Defaults => TestProject.Library("Acme", """
        using Microsoft.Extensions.Hosting;
        using Serilog;

        namespace Acme;

        public static class Defaults
        {
            public static void AddDefaults(this IHostBuilder host) => host.UseSerilog((context, log) => log.WriteTo.Seq(""));
        }
        """).WithReference(Serilog);

    static readonly MetadataReference Serilog = SerilogStub("public string? TraceId => null;");

    static readonly MetadataReference OldSerilog = SerilogStub("");

    static readonly MetadataReference NLog = TestProject.Library("NLog.Web.AspNetCore", """
        using Microsoft.Extensions.Hosting;

        namespace NLog.Web;

        public static class AspNetExtensions
        {
            public static IHostBuilder UseNLog(this IHostBuilder builder) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    /// <summary>The signatures of Serilog and of the packages around it, in one assembly.</summary>
    static MetadataReference SerilogStub(string ofLogEvent) => TestProject.Library("Serilog", $$"""
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Serilog.Configuration;

        namespace Serilog
        {
            public interface ILogger;

            public static class Log
            {
                public static ILogger Logger { get; set; } = null!;
            }

            public class LoggerConfiguration
            {
                public LoggerSinkConfiguration WriteTo => throw null!;
                public LoggerSettingsConfiguration ReadFrom => throw null!;
                public LoggerEnrichmentConfiguration Enrich => throw null!;
                public ILogger CreateLogger() => throw null!;
            }

            public static class SerilogHostBuilderExtensions
            {
                public static IHostBuilder UseSerilog(this IHostBuilder builder) => throw null!;
                public static IHostBuilder UseSerilog(this IHostBuilder builder, Action<HostBuilderContext, LoggerConfiguration> configure) => throw null!;
            }

            public static class SerilogServiceCollectionExtensions
            {
                public static IServiceCollection AddSerilog(this IServiceCollection services) => throw null!;
                public static IServiceCollection AddSerilog(this IServiceCollection services, Action<IServiceProvider, LoggerConfiguration> configure) => throw null!;
            }

            public static class ConfigurationLoggerConfigurationExtensions
            {
                public static LoggerConfiguration Configuration(this LoggerSettingsConfiguration settings, IConfiguration configuration) => throw null!;
            }

            public static class Sinks
            {
                public static LoggerConfiguration Console(this LoggerSinkConfiguration to, string outputTemplate = "") => throw null!;
                public static LoggerConfiguration Console(this LoggerSinkConfiguration to, Formatting.ITextFormatter formatter) => throw null!;
                public static LoggerConfiguration File(this LoggerSinkConfiguration to, string path) => throw null!;
                public static LoggerConfiguration File(this LoggerSinkConfiguration to, Formatting.ITextFormatter formatter, string path) => throw null!;
                public static LoggerConfiguration Async(this LoggerSinkConfiguration to, Action<LoggerSinkConfiguration> configure) => throw null!;
                public static LoggerConfiguration Seq(this LoggerSinkConfiguration to, string address) => throw null!;
                public static LoggerConfiguration OpenTelemetry(this LoggerSinkConfiguration to) => throw null!;
            }
        }

        namespace Serilog.Configuration
        {
            public class LoggerSinkConfiguration
            {
                public LoggerConfiguration Sink(Core.ILogEventSink sink) => throw null!;
            }

            public class LoggerSettingsConfiguration;

            public class LoggerEnrichmentConfiguration;
        }

        namespace Serilog.Core
        {
            public interface ILogEventSink;
        }

        namespace Serilog.Enrichers.Span
        {
            public static class LoggerEnrichmentConfigurationExtensions
            {
                public static LoggerConfiguration WithSpan(this LoggerEnrichmentConfiguration enrich) => throw null!;
            }
        }

        namespace Serilog.Events
        {
            public class LogEvent
            {
                {{ofLogEvent}}
            }
        }

        namespace Serilog.Formatting
        {
            public interface ITextFormatter;
        }

        namespace Serilog.Formatting.Compact
        {
            public class CompactJsonFormatter : ITextFormatter;

            public class RenderedCompactJsonFormatter : ITextFormatter;
        }

        namespace Serilog.Templates
        {
            public class ExpressionTemplate(string template) : Formatting.ITextFormatter
            {
                public string Template => template;
            }
        }
        """).WithKind("none").ToMetadata();

    static TestProject WithSerilog(string wiring, bool marked = false) =>
        Service(wiring, "using Serilog; using Serilog.Formatting.Compact; using Serilog.Templates;", marked).WithReference(Serilog);

    static TestProject WithSettings(TestProject service, string settings) => service.WithFile($"{TestProject.Folder}/appsettings.json", "appsettings", settings);

    static Task FailsAsync(string wiring, string message) => RuleTest.FailsAsync<SCORE2003LogsAreExported>(Service(wiring, marked: true), $"'Checkout' {message} {Cost}");

    static Task PassesAsync(TestProject service) => RuleTest.PassesAsync<SCORE2003LogsAreExported>(service);

    static TestProject Service(string wiring, string usings = "", bool marked = false) => TestProject.Service($$"""
        using OpenTelemetry;
        using OpenTelemetry.Logs;
        {{usings}}

        {{(marked ? "[|" : "")}}var builder = WebApplication.CreateBuilder(args);{{(marked ? "|]" : "")}}
        {{wiring}}
        builder.Build().Run();
        """);
}
