namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The APIs that decide where log events go and in which form.</summary>
static class LoggingApis
{
    /// <summary>Serilog's sinks that send events, with their properties and trace ids, to where they can be searched.</summary>
    public static readonly HashSet<string> ExportingSinks = new(StringComparer.OrdinalIgnoreCase)
    {
        "AmazonCloudWatch", "ApplicationInsights", "AzureAnalytics", "AzureLogAnalytics", "BetterStack", "DatadogLogs", "ElasticCloud", "Elasticsearch", "EventCollector", "GoogleCloudLogging",
        "GrafanaLoki", "Graylog", "LogtailHttp", "NewRelicLogs", "OpenTelemetry", "Seq", "SplunkEventCollector",
    };

    /// <summary>Serilog's sinks that write text unless they are given a formatter, and those that only hand on.</summary>
    public static readonly HashSet<string> TextSinks = new(StringComparer.OrdinalIgnoreCase)
    {
        "Async", "Conditional", "Console", "Debug", "Fallback", "FallbackChain", "File", "Logger", "Map", "Observers", "RollingFile", "Sublogger", "TestOutput", "Trace",
    };

    static readonly IReadOnlyList<Brought> SerilogSink = [AssemblyFact.SerilogSink];
    static readonly IReadOnlyList<Brought> SerilogTraceIds = [AssemblyFact.SerilogTraceIds];
    static readonly IReadOnlyList<Brought> NLog = [AssemblyFact.NLog];

    public static readonly IReadOnlyList<WiringApi> All =
    [
        // ILogger's own
        new("AddJsonConsole", ConsoleLogger, [AssemblyFact.JsonConsole]),
        new("set_IncludeScopes", "Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions", [AssemblyFact.LogScopes]),
        new("AddSeq", "Microsoft.Extensions.Logging.SeqLoggerExtensions", [AssemblyFact.Logs]),
        new("AddElasticsearch", "Elastic.Extensions.Logging.", [AssemblyFact.Logs]),
        new("AddProvider", "Microsoft.Extensions.Logging.LoggingBuilderExtensions", [new Brought(AssemblyFact.LogProvider, "AddProvider")]),
        new("AddConsoleFormatter", ConsoleLogger, [new Brought(AssemblyFact.LogProvider, "AddConsoleFormatter")]),

        // Serilog: what takes over, where sinks come from, what adds trace ids, what writes JSON with them
        new("UseSerilog", "Serilog.", [AssemblyFact.Serilog]),
        new("AddSerilog", "Serilog.", [AssemblyFact.Serilog]),
        new("Configuration", "Serilog.ConfigurationLoggerConfigurationExtensions", [AssemblyFact.SerilogSettings]),
        new("WithSpan", "Serilog.", SerilogTraceIds),
        new("WithOpenTelemetryTraceId", "Serilog.", SerilogTraceIds),
        new("WithElasticApmCorrelationInfo", "Elastic.Apm.SerilogEnricher.", SerilogTraceIds),
        new("CompactJsonFormatter", "Serilog.Formatting.Compact.", SerilogSink),
        new("RenderedCompactJsonFormatter", "Serilog.Formatting.Compact.", SerilogSink),
        new("JsonFormatter", "Serilog.Formatting.Json.", SerilogSink),
        new("ElasticsearchJsonFormatter", "Serilog.Formatting.Elasticsearch.", SerilogSink),
        new("ExceptionAsObjectJsonFormatter", "Serilog.Formatting.Elasticsearch.", SerilogSink),
        new("EcsTextFormatter", "Elastic.CommonSchema.Serilog.", SerilogSink),
        .. ExportingSinks.Select(sink => new WiringApi(sink, "Serilog.", SerilogSink)),
        .. new[] { "Elasticsearch", "ElasticCloud" }.Select(sink => new WiringApi(sink, "Elastic.Serilog.Sinks.", SerilogSink)),

        // NLog and log4net, whose targets stand in files of their own
        new("UseNLog", "NLog.", NLog),
        new("AddNLog", "NLog.", NLog),
        new("AddNLogWeb", "NLog.", NLog),
        new("AddLog4Net", "Microsoft.Extensions.Logging.", [AssemblyFact.Log4Net], "Microsoft.Extensions.Logging.Log4Net"),
    ];

    const string ConsoleLogger = "Microsoft.Extensions.Logging.ConsoleLoggerExtensions";
}
