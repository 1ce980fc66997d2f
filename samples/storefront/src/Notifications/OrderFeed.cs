using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Threading.Channels;

namespace Notifications;

/// <summary>Asks Checkout every few seconds for the orders paid since the last answer and queues a confirmation for each.</summary>
sealed class OrderFeed(IHttpClientFactory clients, Channel<Confirmation> confirmations, TimeProvider time, ILogger<OrderFeed> logger) : BackgroundService
{
    [SuppressMessage("Observability Best Practices", "SCORE2005:ActivitySourceIsRegistered",
        Justification = "A trace for every poll would drown the others; dotnet-trace listens to it when the feed is stuck.")]
    static readonly ActivitySource Polling = new("Notifications.Polling");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = time.GetUtcNow();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var order in await PaidAfterAsync(seen, stoppingToken))
            {
                await confirmations.Writer.WriteAsync(new Confirmation(order.Id, order.Email, order.Total), stoppingToken);
                seen = order.PaidAt;
            }
        }
    }

    async Task<IReadOnlyList<PaidOrder>> PaidAfterAsync(DateTimeOffset seen, CancellationToken cancellationToken)
    {
        using var activity = Polling.StartActivity("poll Checkout");
        try
        {
            using var checkout = clients.CreateClient("checkout");
            return await checkout.GetFromJsonAsync<PaidOrder[]>($"/orders?paidAfter={seen.UtcDateTime:O}", cancellationToken) ?? [];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.AddException(exception);
            logger.LogWarning(exception, "Checkout gave no orders; asking again in a moment");
            return [];
        }
    }

    sealed record PaidOrder(Guid Id, string Email, decimal Total, DateTimeOffset PaidAt);
}
