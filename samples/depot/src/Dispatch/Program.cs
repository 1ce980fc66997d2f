using Dispatch;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Tours>();
builder.Services.AddHealthChecks();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapGet("/tours/{day}", (string day, Tours tours) => tours.Of(day));
app.Run();
