using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2010LogTemplateIsConstantTests
{
    [Fact]
    public Task InterpolatedTemplateFails() => RuleTest.FailsAsync<SCORE2010LogTemplateIsConstant>(
        Service("logger.LogInformation([|$\"Order {id}\"|]);"),
        "The template of 'LogInformation' is put together at run time, so that its values are lost as properties and its records form no group (blocks level 2 of 'Observability Best Practices')");

    [Theory]
    [InlineData("logger.LogError(error, [|$\"Order {id}\"|]);")]
    [InlineData("logger.LogError(new EventId(1), error, [|$\"Order {id}\"|]);")]
    [InlineData("logger.Log(LogLevel.Warning, [|\"Order \" + id|]);")]
    [InlineData("logger.LogWarning([|\"Order \" + id + \" of {Customer}\"|], text);")]
    [InlineData("logger.LogWarning(message: [|$\"Order {id}\"|]);")]
    [InlineData("LoggerExtensions.LogWarning(logger, [|$\"Order {id}\"|]);")]
    [InlineData("using var scope = logger.BeginScope([|$\"Order {id}\"|]);")]
    [InlineData("LoggerMessage.Define<int>(LogLevel.Information, default, [|$\"{text} {{Id}}\"|]);")]
    [InlineData("logger.LogDebug([|string.Format(\"Order {0}\", id)|]);")]
    [InlineData("logger.LogDebug([|string.Concat(\"Order \", text)|]);")]
    [InlineData("logger.LogError([|error.Message|]);")]
    [InlineData("logger.LogError([|error.ToString()|]);")]
    [InlineData("logger.LogError([|id > 0 ? \"Order\" : $\"Order {id}\"|]);")]
    [InlineData("var line = $\"Order {id}\"; logger.LogError([|line|]);")]
    [InlineData("logger?.LogError([|$\"Order {id}\"|]);")]
    [InlineData("logger.LogInformation([|$\"{GetType().Name} started\"|]);")]
    public Task ComposedTemplateIsFoundHoweverItIsWritten(string statement) => RuleTest.FailsAsync<SCORE2010LogTemplateIsConstant>(Service(statement));

    [Theory]
    [InlineData("logger.LogInformation(\"Order {Id}\", id);")]
    [InlineData("logger.LogInformation(\"Order \" + \"{Id}\", id);")]
    [InlineData("logger.LogInformation($\"{nameof(Orders)} {{Id}}\", id);")]
    [InlineData("logger.LogInformation($\"{typeof(Orders).Name} {{Id}}\", id);")]
    [InlineData("logger.LogInformation(Area + \" {Id}\", id);")]
    [InlineData("logger.LogInformation(Name + \" {Id}\", id);")]
    [InlineData("logger.LogInformation(\"a\" + Environment.NewLine + \"{Id}\", id);")]
    [InlineData("logger.LogInformation(text, id);")]
    [InlineData("logger.LogInformation(template, id);")]
    [InlineData("logger.LogInformation(\"[order] \" + text, values);")]
    [InlineData("logger.LogInformation(id > 0 ? \"Order {Id}\" : \"No order {Id}\", id);")]
    [InlineData("logger.LogInformation(\"{Line}\", $\"Order {id}\");")]
    [InlineData("var line = $\"Order {id}\"; line = template; logger.LogError(line);")]
    [InlineData("logger.LogInformation($\"\"\"Started\"\"\");")]
    [InlineData("logger.LogInformation(box.Message);")]
    [InlineData("using var scope = logger.BeginScope(new Dictionary<string, object> { [$\"Order{id}\"] = id });")]
    public Task ConstantOrForeignTemplatePasses(string statement) => RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(Service(statement));

    [Theory]
    [InlineData("Mine.LogInformation(logger, $\"Order {id}\");")]
    [InlineData("System.Diagnostics.Debug.Write($\"Order {id}\");")]
    [InlineData("System.Diagnostics.Trace.WriteLine(\"Order \" + id);")]
    [InlineData("Console.Write($\"Order {id}\");")]
    [InlineData("Math.Log(id + 1);")]
    public Task MethodOfTheSameNameIsNone(string statement) => RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(Service(statement));

    [Theory]
    [InlineData("Serilog.Log.Information([|$\"Order {id}\"|]);")]
    [InlineData("Serilog.Log.Error(error, [|$\"Order {id}\"|]);")]
    [InlineData("serilog.Warning([|\"Order \" + id|]);")]
    [InlineData("nlog.Info([|$\"Order {id}\"|]);")]
    [InlineData("nlog.Error(error, [|$\"Order {id}\"|]);")]
    public Task OtherLibrariesFailToo(string statement) => RuleTest.FailsAsync<SCORE2010LogTemplateIsConstant>(Service(statement));

    [Theory]
    [InlineData("Serilog.Log.Information(\"Order {Id}\", id);")]
    [InlineData("nlog.Info(\"Order {Id}\", id);")]
    public Task TemplatesOfOtherLibrariesPass(string statement) => RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(Service(statement));

    [Fact]
    public Task TopLevelStatementFails() => RuleTest.FailsAsync<SCORE2010LogTemplateIsConstant>(TestProject.Service("""
        var app = WebApplication.CreateBuilder(args).Build();
        var line = $"Started with {args.Length}";
        app.Logger.LogInformation([|line|]);
        """));

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE2010LogTemplateIsConstant>(TestProject.Library("Acme", """
        using Microsoft.Extensions.Logging;

        public class Orders
        {
            public void Log(ILogger logger, int id) => logger.LogError([|$"Order {id}"|]);
        }
        """));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithSource("Log.g.cs", "class Orders { void Log(ILogger logger, int id) => logger.LogError($\"Order {id}\"); }"));

    static readonly MetadataReference Serilog = TestProject.Library("Serilog", """
        namespace Serilog;

        public interface ILogger
        {
            void Warning(string messageTemplate);
            void Warning(string messageTemplate, params object?[]? propertyValues);
        }

        public static class Log
        {
            public static void Information(string messageTemplate) => throw null!;
            public static void Information<T>(string messageTemplate, T propertyValue) => throw null!;
            public static void Error(Exception? exception, string messageTemplate) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    static readonly MetadataReference NLog = TestProject.Library("NLog", """
        namespace NLog;

        public class Logger
        {
            public void Info(string message) => throw null!;
            public void Info(string message, params object?[] args) => throw null!;
            public void Error(Exception exception, string message) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    static TestProject Service(string statement) => TestProject.Service($$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            const string Area = "Orders";
            static readonly string Name = typeof(Orders).Name;
            readonly string template = "Order {Id}";

            void Log(ILogger<Orders> logger, Serilog.ILogger serilog, NLog.Logger nlog, Box box, int id, string text, Exception error, params object[] values)
            {
                {{statement}}
            }
        }

        record Box(string Message);

        static class Mine
        {
            public static void LogInformation(ILogger logger, string message) => logger.LogInformation("{Message}", message);
        }
        """).WithReferences([Serilog, NLog]);
}
