using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Labels;

/// <summary>Sends labels to the printer in the hall.</summary>
public sealed class Printer(ILogger<Printer> logger)
{
    static readonly ActivitySource Activities = new("Depot.Labels");
    static readonly Counter<int> Printed = new Meter("Depot.Labels").CreateCounter<int>("labels.printed");

    public async Task<bool> PrintAsync(string text)
    {
        using var activity = Activities.StartActivity("print");
        using var http = new HttpClient();
        try
        {
            await http.PostAsync("http://printer.depot.example/print", new StringContent(text));
            logger.LogInformation("printed " + text);
            Printed.Add(1);
            Blink();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    static async void Blink()
    {
        await Task.Delay(100);
        Console.WriteLine("*");
    }
}
