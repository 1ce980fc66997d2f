using Inventory;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Stock>();
builder.Services.AddHttpClient<SupplierClient>(client => client.BaseAddress = new Uri("https://supplier.example/"));
builder.Services.AddHostedService<StockPoller>();

var app = builder.Build();
app.MapGet("/stock/{article}", (string article, Stock stock) => stock.Find(article));
app.MapPost("/stock/{article}/orders", (string article, SupplierClient supplier) => supplier.OrderAsync(article, 10));
app.Run();
