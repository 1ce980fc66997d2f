using System.Diagnostics;

namespace Build;

/// <summary>Runs a command, shows the line that can be pasted, and returns what it printed.</summary>
static class Shell
{
    /// <exception cref="CommandFailedException">The command ended with another exit code than 0; what it printed goes with it.</exception>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string?>? environment, string program, params IEnumerable<string> arguments)
    {
        var (exitCode, output) = await TryAsync(folder, environment, program, arguments);
        return exitCode == 0 ? output : throw new CommandFailedException($"{Line(program, arguments)} ended with {exitCode}:\n{output}");
    }

    public static async Task<(int ExitCode, string Output)> TryAsync(string folder, IReadOnlyDictionary<string, string?>? environment, string program, params IEnumerable<string> arguments)
    {
        await Console.Error.WriteLineAsync($"> {Line(program, arguments)}");
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // No compiler or MSBuild node stays behind and keeps a file that the next step replaces.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var inherited in (string[])["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH"])
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    /// <summary>Whether a program can be started here.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    static string Line(string program, IEnumerable<string> arguments) =>
        string.Join(' ', arguments.Prepend(program).Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}

/// <summary>A command that the build program needs has failed.</summary>
sealed class CommandFailedException(string message) : Exception(message);
