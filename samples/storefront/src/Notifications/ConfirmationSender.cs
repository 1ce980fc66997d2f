using System.Diagnostics;
using System.Net.Http.Json;
using System.Threading.Channels;

namespace Notifications;

sealed record Confirmation(Guid OrderId, string Email, decimal Total);

/// <summary>Mails the queued confirmations, one after the other.</summary>
sealed class ConfirmationSender(Channel<Confirmation> confirmations, IHttpClientFactory clients, ILogger<ConfirmationSender> logger) : BackgroundService
{
    static readonly ActivitySource Activities = new("Storefront.Notifications");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var confirmation in confirmations.Reader.ReadAllAsync(stoppingToken))
            await SendAsync(confirmation, stoppingToken);
    }

    async Task SendAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("send confirmation", ActivityKind.Producer);
        activity?.SetTag("order.id", confirmation.OrderId);

        try
        {
            using var mail = clients.CreateClient("mail");
            using var response = await mail.PostAsJsonAsync("/messages", new
            {
                to = confirmation.Email,
                subject = "Your order",
                text = FormattableString.Invariant($"Thank you. We have received {confirmation.Total:0.00} for order {confirmation.OrderId}."),
            }, cancellationToken);
            response.EnsureSuccessStatusCode();
            logger.LogInformation("Confirmed order {OrderId}", confirmation.OrderId);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One mail that cannot be sent must not keep the others waiting.
            activity?.AddException(exception);
            logger.LogError(exception, "Order {OrderId} is not confirmed", confirmation.OrderId);
        }
    }
}
