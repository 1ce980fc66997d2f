using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Checkout.Tests;

/// <summary>A payment provider on a free loopback port that declines every amount above its limit.</summary>
sealed class PaymentProvider : IAsyncDisposable
{
    public const decimal Limit = 100;

    readonly WebApplication app;

    PaymentProvider(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public static async Task<PaymentProvider> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPut("/charges/{orderId:guid}", (Guid orderId, Charge charge) =>
            charge.Amount <= Limit ? Results.NoContent() : Results.StatusCode(StatusCodes.Status402PaymentRequired));
        await app.StartAsync();
        return new PaymentProvider(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    sealed record Charge(decimal Amount);
}
