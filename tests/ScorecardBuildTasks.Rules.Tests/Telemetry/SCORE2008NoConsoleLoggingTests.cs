using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2008NoConsoleLoggingTests
{
    [Fact]
    public Task ConsoleLineFails() => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(
        Service("void Accept() => [|Console.WriteLine(\"accepted\")|];"),
        "'Console.WriteLine' writes a line that has no level, no properties and no trace id, and that no exporter sends (blocks level 2 of 'Observability Best Practices')");

    [Theory]
    [InlineData("void Accept() => [|Console.Write(1)|];")]
    [InlineData("void Accept() => [|System.Console.WriteLine()|];")]
    [InlineData("void Accept() => [|Console.Error.WriteLine(\"a\")|];")]
    [InlineData("Task Accept() => [|Console.Out.WriteLineAsync(\"a\")|];")]
    [InlineData("void Accept() => [|WriteLine(\"a\")|];")]
    [InlineData("void Accept(List<string> all) => all.ForEach([|Console.WriteLine|]);")]
    [InlineData("void Accept() => [|System.Diagnostics.Trace.WriteLine(\"a\")|];")]
    [InlineData("void Accept() => [|Trace.TraceError(\"a\")|];")]
    public Task LineIsFoundHoweverItIsWritten(string member) => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(Service(member));

    [Theory]
    [InlineData("void Accept(ILogger<Orders> logger) => logger.LogInformation(\"accepted\");")]
    [InlineData("void Accept() => Debug.WriteLine(\"a\");")]
    [InlineData("void Accept(StringWriter writer) => writer.WriteLine(\"Console\");")]
    [InlineData("readonly StringWriter Out = new(); void Accept() { Out.WriteLine(\"Console\"); }")]
    [InlineData("string? Ask() => Console.ReadLine();")]
    [InlineData("void Accept() => Mine.Console.WriteLine(\"a\");")]
    [InlineData("void Accept(ILogger<Orders> logger) => logger.Log(LogLevel.Trace, \"Console.WriteLine(1)\");")]
    public Task OtherOutputPasses(string member) => RuleTest.PassesAsync<SCORE2008NoConsoleLogging>(Service(member));

    [Theory]
    [InlineData("[Conditional(\"DEBUG\")] void Accept() => Console.WriteLine(\"a\");")]
    [InlineData("void Accept(IHostEnvironment env) { if (env.IsDevelopment()) Console.WriteLine(\"a\"); }")]
    [InlineData("class Sink : TextWriter { public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8; public override void Write(char c) => Console.Write(c); }")]
    [InlineData("class Sink : ILoggerProvider { public ILogger CreateLogger(string name) { Console.WriteLine(name); throw new NotSupportedException(); } public void Dispose() { } }")]
    [InlineData("class Sink : OpenTelemetry.BaseExporter<string> { public override OpenTelemetry.ExportResult Export(in OpenTelemetry.Batch<string> b) { Console.WriteLine(1); return default; } }")]
    [InlineData("void Hook() => AppDomain.CurrentDomain.UnhandledException += (_, e) => Console.Error.WriteLine(e.ExceptionObject);")]
    [InlineData("void OnCrash(object sender, UnhandledExceptionEventArgs e) => Console.Error.WriteLine(e.ExceptionObject);")]
    public Task LoggingItselfAndDebugBuildsPass(string member) => RuleTest.PassesAsync<SCORE2008NoConsoleLogging>(Service(member));

    [Fact]
    public Task DebugBranchPassesAndItsElseFails() => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(TestProject.Service("""
        #define DEBUG
        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            void Accept()
            {
        #if DEBUG
                Console.WriteLine("a");
        #endif
        #if !RELEASE
                [|Console.WriteLine("b")|];
        #endif
                [|Console.WriteLine("c")|];
            }
        }
        """));

    [Fact]
    public Task ProgramMayWriteBeforeItsHostIsBuilt() => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(TestProject.Service("""
        Console.WriteLine("starting");
        if (args.Length > 9)
            Usage();
        var builder = WebApplication.CreateBuilder(args);
        Console.WriteLine("building");
        var app = builder.Build();
        [|Console.WriteLine("built")|];
        app.MapGet("/", () => [|Console.WriteLine("asked")|]);
        app.Run();

        static void Usage() => Console.WriteLine("usage");
        """));

    [Fact]
    public Task MainMayWriteBeforeItsHostIsBuiltAndInItsCatch() => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(TestProject.Service("""
        static class Program
        {
            static int Main(string[] args)
            {
                try
                {
                    Banner();
                    var host = Host.CreateDefaultBuilder(args).Build();
                    [|Console.WriteLine("built")|];
                    Announce();
                    host.Run();
                    return 0;
                }
                catch (Exception e)
                {
                    Console.Error.WriteLine(e);
                    return 1;
                }
            }

            static void Banner() => Console.WriteLine("checkout");

            static void Announce() => [|Console.WriteLine("checkout")|];

            static void Never() => [|Console.WriteLine("checkout")|];
        }
        """));

    [Theory]
    [InlineData("if (args is [\"seed\", ..]) { await Seed(app.Services); Console.WriteLine(\"done\"); return; }")]
    [InlineData("if (args.Contains(\"seed\")) { if (args.Length > 1) Console.WriteLine(\"all\"); Environment.Exit(0); }")]
    [InlineData("var seeds = args.Contains(\"seed\"); if (seeds) { Console.WriteLine(\"done\"); return; }")]
    [InlineData("switch (args.FirstOrDefault()) { case \"seed\": Console.WriteLine(\"done\"); return; }")]
    [InlineData("if (args.Length == 0) { app.Run(); } else { Console.WriteLine(\"done\"); return; }")]
    [InlineData("if (args.Length > 0) { Usage(); return; } static void Usage() => Console.WriteLine(\"usage\");")]
    public Task OutputOfACommandPasses(string branch) => RuleTest.PassesAsync<SCORE2008NoConsoleLogging>(Command(branch));

    [Theory]
    [InlineData("if (args is [\"seed\"]) { [|Console.WriteLine(\"seeding\")|]; }")]
    [InlineData("if (app.Urls.Count > 9) { [|Console.WriteLine(\"done\")|]; return; }")]
    [InlineData("if (args is [\"serve\"]) { [|Console.WriteLine(\"serving\")|]; app.Run(); return; }")]
    [InlineData("if (args is [\"seed\"]) { app.MapGet(\"/\", () => [|Console.WriteLine(\"a\")|]); return; }")]
    [InlineData("if (args is [\"seed\"]) { [|Console.WriteLine(\"seeding\")|]; Mine.Exit(); }")]
    public Task BranchThatIsNoCommandFails(string branch) => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(Command(branch));

    static TestProject Command(string branch) => TestProject.Service($$"""
        var app = WebApplication.CreateBuilder(args).Build();
        {{branch}}
        await Seed(app.Services);
        app.Run();

        static Task Seed(IServiceProvider services) => Task.FromResult(services);

        static class Mine
        {
            public static void Exit() => GC.Collect();
        }
        """);

    [Fact]
    public Task FunctionThatLaterCodeCallsTooFails() => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(TestProject.Service("""
        Say("starting");
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => Say("asked"));
        app.Run();

        static void Say(string text) => [|Console.WriteLine(text)|];
        """));

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE2008NoConsoleLogging>(TestProject.Library("Acme", "public class Orders { public void Accept() => [|Console.WriteLine(1)|]; }"));

    [Fact]
    public Task SelfLogPasses() => RuleTest.PassesAsync<SCORE2008NoConsoleLogging>(Service("void Hook() { Serilog.Debugging.SelfLog.Enable(Console.Error.WriteLine); Serilog.Debugging.SelfLog.Enable(m => Console.Error.WriteLine(m)); }")
        .WithReference(TestProject.Library("Serilog", "namespace Serilog.Debugging; public static class SelfLog { public static void Enable(Action<string> output) => throw null!; }").WithKind("none").ToMetadata()));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE2008NoConsoleLogging>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithSource("Proxy.g.cs", "class Proxy { void Send() => Console.WriteLine(1); }"));

    static TestProject Service(string member) => TestProject.Service($$"""
        using System.Diagnostics;
        using static System.Console;

        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            {{member}}
        }

        namespace Mine
        {
            static class Console
            {
                public static void WriteLine(string text) => text.ToString();
            }
        }
        """);
}
