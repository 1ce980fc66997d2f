using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Inventory;

/// <summary>What lies on the shelves.</summary>
public sealed class Stock(ILogger<Stock> logger)
{
    static readonly ActivitySource Activities = new("Depot.Inventory");
    static readonly Counter<int> Changes = new Meter("Depot.Inventory").CreateCounter<int>("stock.changes");

    readonly ConcurrentDictionary<string, int> amounts = new();

    public event Action<string>? Changed;

    public int Find(string article)
    {
        using var activity = Activities.StartActivity("find");
        Console.WriteLine("looking for " + article);
        return amounts.GetValueOrDefault(article);
    }

    public void Set(string article, int amount)
    {
        logger.LogInformation($"{article} is now {amount}");
        amounts[article] = amount;
        Changes.Add(1);
        Announce(article);
    }

    async void Announce(string article)
    {
        await Task.Yield();
        Changed?.Invoke(article);
    }
}
