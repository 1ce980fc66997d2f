using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Storefront.ServiceDefaults;

/// <summary>Starts collecting telemetry before the service does anything worth tracing.</summary>
sealed class TelemetryLifetime(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<OpenTelemetrySdk>();
        return Task.CompletedTask;
    }

    // The container disposes of the SDK after the last service has stopped; that exports what is left.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
