using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>A finished <c>dotnet</c> process in an environment without CI and without keys, but for what a test adds.</summary>
/// <param name="Output">All that it wrote, what it wrote as errors last.</param>
sealed record TasksProgram(int ExitCode, string Output, string Errors)
{
    static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "SystemRoot"];

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The folder of the SDKs and of the host that runs the tests.</summary>
    public static string DotNetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public static string Sdk { get; } = Directory.GetDirectories(Path.Combine(DotNetRoot, "sdk")).Where(sdk => File.Exists(Path.Combine(sdk, "Microsoft.Build.Framework.dll"))).Order(StringComparer.Ordinal).Last();

    /// <summary>A task as the program that it also is.</summary>
    public static TasksProgram Run(string task, IEnumerable<(string Name, string Value)> environment, IEnumerable<(string Name, string Value)> parameters) =>
        DotNet(Path.GetTempPath(), environment, [Path.Combine(AppContext.BaseDirectory, "ScorecardBuildTasks.Tasks.dll"), Sdk, task, .. parameters.Select(parameter => $"{parameter.Name}={parameter.Value}")]);

    public static TasksProgram DotNet(string folder, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(DotNetRoot, "dotnet"), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var errors = error.GetAwaiter().GetResult();
        return new TasksProgram(process.ExitCode, output + errors, errors);
    }
}
