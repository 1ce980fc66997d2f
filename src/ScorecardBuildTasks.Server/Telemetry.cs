using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server;

/// <summary>What a server tells of itself: a span for each request, the web server's measures, and a count of outcomes.</summary>
sealed class Telemetry : IDisposable
{
    const string Name = "ScorecardBuildTasks.Server";

    static readonly Meter Meter = new(Name);
    static readonly Counter<long> Outcomes = Meter.CreateCounter<long>("scorecard.outcomes", "{outcome}", "Outcomes stored, by state.");

    readonly TracerProvider traces;
    readonly MeterProvider metrics;

    /// <param name="endpoint">An OTLP collector's root, reached by HTTP.</param>
    public Telemetry(Uri endpoint)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("scorecard-server");
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Configure(exporter, "v1/traces"))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter(exporter => Configure(exporter, "v1/metrics"))
            .Build();

        void Configure(OtlpExporterOptions exporter, string path)
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri(endpoint, path);
        }
    }

    public static void CountOutcomes(string state, int count) => Outcomes.Add(count, new KeyValuePair<string, object?>("state", state));

    /// <summary>Names the request's span after the operation.</summary>
    public static void Describe(HttpContext context)
    {
        if (Activity.Current is not { } span)
            return;
        span.DisplayName = context.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Id ?? context.Request.Method;
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("url.path", context.Request.Path.Value);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
    }

    /// <summary>Sends what is still to be sent.</summary>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
