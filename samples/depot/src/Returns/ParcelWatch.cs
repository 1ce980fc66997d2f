namespace Returns;

/// <summary>Says every five minutes that it still looks.</summary>
public sealed class ParcelWatch(ILogger<ParcelWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            logger.LogInformation("Looking for parcels");
            await Task.Delay(TimeSpan.FromMinutes(5));
        }
    }
}
