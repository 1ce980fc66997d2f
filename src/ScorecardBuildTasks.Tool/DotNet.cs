using System.Diagnostics;

namespace ScorecardBuildTasks.Tool;

/// <summary>Runs the .NET SDK that a folder asks for, apart from whatever MSBuild is around this process.</summary>
static class DotNet
{
    /// <param name="folder">Here global.json and NuGet.config are looked for.</param>
    /// <param name="line">Told each line of either stream.</param>
    public static async Task<int> RunAsync(ToolContext context, string folder, IEnumerable<string> arguments, Action<string> line, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(context.Environment("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Isolate(start.Environment);

        using var process = Process.Start(start)!;
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return process.ExitCode;

        async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } text)
                line(text);
        }
    }

    /// <summary>What the MSBuild around this process (<c>dotnet run</c>, a target that calls us) has set for itself would mislead the one that is started, and no node of it may stay behind.</summary>
    static void Isolate(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            environment.Remove(name);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
