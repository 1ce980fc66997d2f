using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout;

/// <summary>The HTTP surface of Checkout: place an order, read one, list the new ones.</summary>
public static class OrderEndpoints
{
    static readonly ActivitySource Activities = new("Storefront.Checkout");

    public static void MapOrders(this IEndpointRouteBuilder endpoints)
    {
        // The gateway in front of it has authenticated whoever comes this far.
        var orders = endpoints.MapGroup("/orders").WithTags("Orders").AllowAnonymous();
        orders.MapPost("/", PlaceAsync).WithSummary("Charges an order and keeps it.");
        orders.MapGet("/{id:guid}", Find).WithSummary("One order.");
        orders.MapGet("/", (DateTimeOffset paidAfter, OrderBook book) => book.PaidAfter(paidAfter))
            .WithSummary("The orders paid after a time, oldest first.");
    }

    static async Task<Results<Created<Order>, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        OrderRequest request, OrderBook book, PaymentClient payments, TimeProvider time, ILogger<Order> logger, CancellationToken cancellationToken)
    {
        if (request.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);

        using var activity = Activities.StartActivity("place order");
        var id = Guid.CreateVersion7();
        activity?.SetTag("order.id", id);

        if (!await payments.ChargeAsync(id, request.Total, cancellationToken))
        {
            activity?.SetStatus(ActivityStatusCode.Error, "payment declined");
            logger.LogWarning("Payment of order {OrderId} was declined", id);
            return TypedResults.Problem("The payment was declined.", statusCode: StatusCodes.Status402PaymentRequired);
        }

        var order = new Order(id, request.Email, request.Total, time.GetUtcNow());
        book.Add(order);
        return TypedResults.Created($"/orders/{order.Id}", order);
    }

    static Results<Ok<Order>, NotFound> Find(Guid id, OrderBook book) =>
        book.Find(id) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();
}
