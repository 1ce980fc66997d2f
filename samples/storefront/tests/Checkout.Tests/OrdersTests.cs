using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Checkout.Tests;

public sealed class OrdersTests : IAsyncLifetime
{
    PaymentProvider payments = null!;
    WebApplicationFactory<Program> checkout = null!;
    HttpClient http = null!;

    public async Task InitializeAsync()
    {
        payments = await PaymentProvider.StartAsync();
        checkout = new WebApplicationFactory<Program>()
            .WithWebHostBuilder(host => host.UseSetting("Payments:Address", payments.Address));
        http = checkout.CreateClient();
    }

    public async Task DisposeAsync()
    {
        await checkout.DisposeAsync();
        await payments.DisposeAsync();
    }

    [Fact]
    public async Task PaidOrderIsKept()
    {
        var placed = await http.PostAsJsonAsync("/orders", Order(quantity: 2, unitPrice: 19.5m));

        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var order = await http.GetFromJsonAsync<Order>(placed.Headers.Location);
        Assert.Equal(("ada@example.com", 39m), (order?.Email, order?.Total));
    }

    [Fact]
    public async Task DeclinedOrderIsNotKept()
    {
        var placed = await http.PostAsJsonAsync("/orders", Order(quantity: 1, unitPrice: PaymentProvider.Limit + 1));

        Assert.Equal(HttpStatusCode.PaymentRequired, placed.StatusCode);
        Assert.Empty(await PaidAfterAsync(DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, -5)]
    public async Task ImpossibleLineIsRefused(int quantity, int unitPrice)
    {
        var placed = await http.PostAsJsonAsync("/orders", Order(quantity, unitPrice));

        Assert.Equal(HttpStatusCode.BadRequest, placed.StatusCode);
    }

    [Fact]
    public async Task OrderWithoutLinesIsRefused()
    {
        var placed = await http.PostAsJsonAsync("/orders", new { email = "ada@example.com" });

        Assert.Equal(HttpStatusCode.BadRequest, placed.StatusCode);
    }

    [Fact]
    public async Task ListStartsAfterTheGivenTime()
    {
        await http.PostAsJsonAsync("/orders", Order(quantity: 1, unitPrice: 1));
        var first = Assert.Single(await PaidAfterAsync(DateTimeOffset.MinValue));
        await http.PostAsJsonAsync("/orders", Order(quantity: 1, unitPrice: 2));

        var later = Assert.Single(await PaidAfterAsync(first.PaidAt));

        Assert.Equal(2, later.Total);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task HealthyServiceSaysSo(string path) =>
        Assert.Equal("Healthy", await http.GetStringAsync(path));

    static OrderRequest Order(int quantity, decimal unitPrice) => new("ada@example.com", [new("mug", quantity, unitPrice)]);

    async Task<Order[]> PaidAfterAsync(DateTimeOffset time) =>
        await http.GetFromJsonAsync<Order[]>($"/orders?paidAfter={time.UtcDateTime:O}") ?? [];
}
