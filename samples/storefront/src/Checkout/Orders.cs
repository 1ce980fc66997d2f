using System.Collections.Concurrent;

namespace Checkout;

public sealed record OrderLine(string Sku, int Quantity, decimal UnitPrice);

/// <summary>What a customer sends to place an order.</summary>
public sealed record OrderRequest(string Email, IReadOnlyList<OrderLine> Lines)
{
    public decimal Total => Lines.Sum(line => line.Quantity * line.UnitPrice);

    /// <summary>What is wrong with the request, by field; empty if it can be charged.</summary>
    public Dictionary<string, string[]> Problems()
    {
        var problems = new Dictionary<string, string[]>();
        if (!Email.Contains('@'))
            problems["email"] = ["An order needs an address for its confirmation."];
        if (Lines.Count == 0)
            problems["lines"] = ["An order has at least one line."];
        else if (Lines.Any(line => line.Quantity < 1 || line.UnitPrice < 0))
            problems["lines"] = ["A line has a quantity of one or more and no negative price."];
        return problems;
    }
}

/// <summary>An order that has been paid.</summary>
public sealed record Order(Guid Id, string Email, decimal Total, DateTimeOffset PaidAt);

/// <summary>Every paid order, in memory.</summary>
public sealed class OrderBook
{
    readonly ConcurrentDictionary<Guid, Order> orders = new();

    public void Add(Order order) => orders[order.Id] = order;

    public Order? Find(Guid id) => orders.GetValueOrDefault(id);

    public IEnumerable<Order> PaidAfter(DateTimeOffset time) =>
        orders.Values.Where(order => order.PaidAt > time).OrderBy(order => order.PaidAt);
}
