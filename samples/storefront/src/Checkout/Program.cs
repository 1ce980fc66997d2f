using Checkout;
using Storefront.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.RespectNullableAnnotations = true;
    json.SerializerOptions.RespectRequiredConstructorParameters = true;
});
builder.Services.AddOpenApi();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<OrderBook>();
builder.Services.AddHttpClient<PaymentClient>(client =>
{
    client.BaseAddress = builder.Configuration.GetValue<Uri>("Payments:Address");
    client.Timeout = TimeSpan.FromSeconds(5);
});

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapOrders();
app.Run();
