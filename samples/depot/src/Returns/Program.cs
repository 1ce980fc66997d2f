using OpenTelemetry;
using OpenTelemetry.Trace;
using Returns;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().AddSource("Depot.Labels").Build());
builder.Services.AddHttpClient<CarrierClient>(client => client.Timeout = TimeSpan.FromSeconds(5));
builder.Services.AddSingleton<Parcels>();
builder.Services.AddHostedService<ParcelWatch>();
builder.Services.AddHealthChecks();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapGet("/parcels/{id}", (string id, CarrierClient carrier) => carrier.WhereAsync(id).Result);
app.Run();
