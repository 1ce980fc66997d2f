using System.Diagnostics;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>One finished process with everything it printed.</summary>
sealed record Command(int ExitCode, string Output)
{
    static readonly string[] NotInherited =
    [
        // Of the test host's own MSBuild and CI: a test says what it wants itself.
        "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "DD_API_KEY", "DD_APP_KEY", "DD_SITE", "SCORECARD_API_URL", "VersionSuffix", "DOTNET_RUNNING_IN_CONTAINER",
    ];

    public IEnumerable<string> Lines => Output.Split('\n').Select(line => line.TrimEnd('\r'));

    /// <summary>The warnings of a code, once each: MSBuild repeats them in its summary.</summary>
    public IReadOnlyList<string> Warnings(string code) =>
        [.. Lines.Select(line => line.Trim()).Where(line => line.Contains($"warning {code}:", StringComparison.Ordinal)).Distinct()];

    public static Command Run(string folder, IReadOnlyDictionary<string, string?>? environment, string program, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, environment, program, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Command(process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    /// <summary>A process whose streams the caller reads.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string?>? environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in NotInherited)
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
