using System.Diagnostics;
using System.Globalization;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>What one compilation printed and took of the processor, in seconds.</summary>
sealed record Compiled(string Output, double Processor);

/// <summary>The SDK's compiler in a server of its own, whose processor time nobody else adds to; and cold, in a process that ends.</summary>
sealed class Compiler : IDisposable
{
    /// <summary>In seconds, longer than others compile meanwhile.</summary>
    const int KeepAlive = 36_000;

    // A compilation that took less was not done by the server.
    const double LeastProcessor = 0.02;

    /// <summary>
    /// What makes a server warm within a few compilations, in which the runtime's profiling makes it slower for the first thirty, and lets its times scatter less: both sides of a ratio have it.
    /// </summary>
    static readonly (string Name, string Value)[] Steady = [("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountingDelayMs", "0"), ("DOTNET_gcServer", "0"), ("DOTNET_gcConcurrent", "0")];

    readonly string folder;
    readonly string pipe = $"scorecard-bench-{Guid.NewGuid():N}";
    readonly string csc;
    readonly Lazy<Process> started;

    Compiler(string folder, string roslyn, bool steady)
    {
        this.folder = folder;
        csc = Path.Combine(roslyn, "csc.dll");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(roslyn, "VBCSCompiler.dll"), $"-pipename:{pipe}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in steady ? Steady : [])
            start.Environment[name] = value;
        // A server that nobody asks anything for ten minutes ends.
        started = new Lazy<Process>(() => Process.Start(start)!);
    }

    Process Server => started.Value;

    /// <param name="steady">Whether its times are of interest; otherwise it is the server that every build starts.</param>
    public static async Task<Compiler> StartAsync(string folder, bool steady = true) => new(folder, await FolderAsync(folder), steady);

    /// <summary>Where the compiler of the SDK lies that builds in a folder.</summary>
    public static async Task<string> FolderAsync(string folder) =>
        Path.Combine((await Shell.RunAsync(folder, null, "dotnet", "--info")).Split('\n').Select(line => line.Trim()).First(line => line.StartsWith("Base Path:", StringComparison.Ordinal))["Base Path:".Length..].Trim(), "Roslyn", "bincore");

    /// <summary>Makes the SDK's compiler that of this process, which is compiled against the one that the rules are and ships none. Before anything of it is touched.</summary>
    public static void LoadHere(string folder) => AssemblyLoadContext.Default.Resolving += (context, name) =>
        Path.Combine(folder, $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;

    /// <summary>The most memory that the server has had, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            Server.Refresh();
            return Server.PeakWorkingSet64;
        }
    }

    /// <summary>Compiles in turns, so that whatever drifts hits all alike.</summary>
    /// <returns>Of each round, in the order of the calls.</returns>
    public async Task<IReadOnlyList<Compiled[]>> WarmInTurnsAsync(int warmUps, int rounds, params IReadOnlyList<CompilerCall> calls)
    {
        await InTurnsAsync(warmUps, calls, WarmAsync);
        return await InTurnsAsync(rounds, calls, WarmAsync);
    }

    public Task<IReadOnlyList<Compiled[]>> ColdInTurnsAsync(int rounds, params IReadOnlyList<CompilerCall> calls) => InTurnsAsync(rounds, calls, ColdAsync);

    static async Task<IReadOnlyList<Compiled[]>> InTurnsAsync(int rounds, IReadOnlyList<CompilerCall> calls, Func<CompilerCall, Task<Compiled>> compileAsync)
    {
        var all = new List<Compiled[]>();
        for (var round = 0; round < rounds; round++)
        {
            all.Add(new Compiled[calls.Count]);
            foreach (var call in Paired.OrderOf(round, calls.Count))
                all[round][call] = await compileAsync(calls[call]);
        }

        return all;
    }

    public async Task<Compiled> WarmAsync(CompilerCall call)
    {
        Server.Refresh();
        var before = Server.TotalProcessorTime;
        var output = await Shell.RunAsync(call.Folder, null, "dotnet", csc, $"/shared:{pipe}", $"/keepalive:{KeepAlive}", $"@{Written(call)}");
        Server.Refresh();
        var processor = (Server.TotalProcessorTime - before).TotalSeconds;
        return processor > LeastProcessor ? new Compiled(Checked(output), processor) : throw new CommandFailedException($"the compiler server did not compile:\n{output}");
    }

    public async Task<Compiled> ColdAsync(CompilerCall call)
    {
        var output = await Shell.RunAsync(call.Folder, null, "sh", "-c", "\"$@\" && times", "sh", "dotnet", csc, $"@{Written(call)}");
        // The last line is of the shell's children: `0m1.20s 0m0.30s`.
        var times = Regex.Match(output, @"(?<um>\d+)m(?<us>[\d.]+)s (?<sm>\d+)m(?<ss>[\d.]+)s\s*$", RegexOptions.CultureInvariant);
        return new Compiled(Checked(output), (60 * Number("um")) + Number("us") + (60 * Number("sm")) + Number("ss"));

        double Number(string group) => double.Parse(times.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>An analyzer that crashed, or was not loaded, takes less time than it would.</summary>
    static string Checked(string output) =>
        Regex.IsMatch(output, @"\b(?:AD0001|CS803[234])\b", RegexOptions.CultureInvariant) ? throw new CommandFailedException($"an analyzer crashed or was not loaded:\n{output}") : output;

    public void Dispose()
    {
        if (!started.IsValueCreated)
            return;
        if (!Server.HasExited)
            Server.Kill();
        Server.Dispose();
    }

    string Written(CompilerCall call)
    {
        var file = Path.Combine(folder, "csc.rsp");
        call.WriteTo(file);
        return file;
    }
}
