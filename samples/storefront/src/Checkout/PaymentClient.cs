using System.Net;

namespace Checkout;

/// <summary>Charges orders at the payment provider.</summary>
public sealed class PaymentClient(HttpClient http)
{
    /// <summary>False if the provider declines; throws if it does not answer.</summary>
    public async Task<bool> ChargeAsync(Guid orderId, decimal amount, CancellationToken cancellationToken)
    {
        using var response = await http.PutAsJsonAsync($"/charges/{orderId}", new { amount }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.PaymentRequired)
            return false;

        response.EnsureSuccessStatusCode();
        return true;
    }
}
