using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Build;

/// <summary>The packed tool's own server, on a free loopback port, for as long as the demo runs.</summary>
sealed class DemoServer : IAsyncDisposable
{
    readonly Process process;

    DemoServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<DemoServer> StartAsync(string scorecard, string database)
    {
        var start = new ProcessStartInfo(scorecard, ["serve", "--urls", "http://127.0.0.1:0", "--database", $"Data Source={database}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        var lines = new List<string>();
        process.ErrorDataReceived += (_, line) => lines.Add(line.Data ?? "");
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Regex.Match(line, @"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant) is { Success: true } address)
            {
                // Whatever else it prints must not fill the pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new DemoServer(process, new Uri(address.Value));
            }
        }

        throw new CommandFailedException($"the server did not start:\n{string.Join('\n', lines)}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
