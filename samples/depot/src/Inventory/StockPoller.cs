namespace Inventory;

/// <summary>Asks the supplier once a minute what has arrived.</summary>
public sealed class StockPoller(SupplierClient supplier, Stock stock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                foreach (var (article, amount) in await supplier.ArrivedAsync() ?? [])
                    stock.Set(article, amount);
            }
            catch (Exception)
            {
            }

            await Task.Delay(TimeSpan.FromMinutes(1));
        }
    }
}
