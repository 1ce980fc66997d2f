using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>What one compilation printed and took of the processor, in seconds.</summary>
sealed record Compiled(string Output, double Processor);

/// <summary>The SDK's compiler in a server of its own, whose processor time nobody else adds to; and cold, in a process that ends.</summary>
sealed class Compiler : IDisposable
{
    // A compilation that took less was not done by the server.
    const double LeastProcessor = 0.02;

    readonly string folder;
    readonly string pipe = $"scorecard-bench-{Guid.NewGuid():N}";
    readonly string csc;
    readonly Process server;

    Compiler(string folder, string roslyn)
    {
        this.folder = folder;
        csc = Path.Combine(roslyn, "csc.dll");
        server = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(roslyn, "VBCSCompiler.dll"), $"-pipename:{pipe}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public static async Task<Compiler> StartAsync(string folder)
    {
        var sdk = (await Shell.RunAsync(folder, null, "dotnet", "--info")).Split('\n').Select(line => line.Trim()).First(line => line.StartsWith("Base Path:", StringComparison.Ordinal))["Base Path:".Length..].Trim();
        return new Compiler(folder, Path.Combine(sdk, "Roslyn", "bincore"));
    }

    public async Task<Compiled> WarmAsync(CompilerCall call)
    {
        server.Refresh();
        var before = server.TotalProcessorTime;
        var output = await Shell.RunAsync(call.Folder, null, "dotnet", csc, $"/shared:{pipe}", "/keepalive:600", $"@{Written(call)}");
        server.Refresh();
        var processor = (server.TotalProcessorTime - before).TotalSeconds;
        return processor > LeastProcessor ? new Compiled(output, processor) : throw new CommandFailedException($"the compiler server did not compile:\n{output}");
    }

    public async Task<Compiled> ColdAsync(CompilerCall call)
    {
        var output = await Shell.RunAsync(call.Folder, null, "sh", "-c", "\"$@\" && times", "sh", "dotnet", csc, $"@{Written(call)}");
        // The last line is of the shell's children: `0m1.20s 0m0.30s`.
        var times = Regex.Match(output, @"(?<um>\d+)m(?<us>[\d.]+)s (?<sm>\d+)m(?<ss>[\d.]+)s\s*$", RegexOptions.CultureInvariant);
        return new Compiled(output, (60 * Number("um")) + Number("us") + (60 * Number("sm")) + Number("ss"));

        double Number(string group) => double.Parse(times.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!server.HasExited)
            server.Kill();
        server.Dispose();
    }

    string Written(CompilerCall call)
    {
        var file = Path.Combine(folder, "csc.rsp");
        call.WriteTo(file);
        return file;
    }
}
