using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Notifications;

/// <summary>Touches a file for as long as the health checks pass: the probe of a process without an HTTP endpoint.</summary>
sealed class LivenessFile(IConfiguration configuration) : IHealthCheckPublisher
{
    readonly string path = configuration["LivenessFile"] ?? Path.Combine(Path.GetTempPath(), "notifications.alive");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken) =>
        report.Status == HealthStatus.Unhealthy ? Task.CompletedTask : File.WriteAllTextAsync(path, report.Status.ToString(), cancellationToken);
}
