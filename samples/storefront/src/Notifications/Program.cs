using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications;
using Storefront.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<IHealthCheckPublisher, LivenessFile>();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(Channel.CreateBounded<Confirmation>(capacity: 1_000));
AddClient("checkout");
AddClient("mail");
builder.Services.AddHostedService<OrderFeed>();
builder.Services.AddHostedService<ConfirmationSender>();
builder.Build().Run();

void AddClient(string name) => builder.Services.AddHttpClient(name, client =>
{
    client.BaseAddress = builder.Configuration.GetValue<Uri>($"Clients:{name}");
    client.Timeout = TimeSpan.FromSeconds(10);
});
