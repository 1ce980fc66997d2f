using Labels;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Trace;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().AddSource("Depot.Other").Build());
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create("Host=db.depot.example;Username=labels;Password=zebra-4-Quills"));
builder.Services.AddSingleton<Printer>();

var app = builder.Build();
app.MapPost("/labels", (string text, Printer printer) => printer.PrintAsync(text));
app.MapGet("/labels/{id}", (int id, NpgsqlDataSource database) => Archive.Find(database, id));
app.Run();
