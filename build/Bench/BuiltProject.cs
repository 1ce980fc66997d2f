using System.Text.Json;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>A project that was built once with the package's targets brought in from outside, so that its references and facts are there.</summary>
sealed record BuiltProject(string Name, string File, string Output, IReadOnlyDictionary<string, string?> Environment, IReadOnlyList<string> Brought)
{
    /// <summary>How the names of our assemblies start.</summary>
    public const string Ours = "ScorecardBuildTasks";

    /// <exception cref="CommandFailedException">The project has several target frameworks, and so no one compilation to measure.</exception>
    public static async Task RequireOneFrameworkAsync(string file)
    {
        var full = Path.GetFullPath(file);
        using var said = JsonDocument.Parse(await Shell.RunAsync(Path.GetDirectoryName(full)!, null, "dotnet", "msbuild", full, "-nologo", "-tl:off", "-getProperty:TargetFramework", "-getProperty:TargetFrameworks"));
        var properties = said.RootElement.GetProperty("Properties");
        if (properties.GetProperty("TargetFramework").GetString() is "" && properties.GetProperty("TargetFrameworks").GetString() is { Length: > 0 } several)
            throw new CommandFailedException($"{file} is built for <TargetFrameworks>{several}</TargetFrameworks>, and the bench measures one compilation of a project: give it one with <TargetFramework>");
    }

    public static async Task<BuiltProject> BuildAsync(BenchRun run, string name, string file)
    {
        var service = await run.ServiceAsync();
        // The compiler takes what follows a comma in the path of an error log for its version.
        var project = new BuiltProject(name, Path.GetFullPath(file), Path.Combine(run.Folder, "out", Regex.Replace(name, "[^A-Za-z0-9.]+", "-", RegexOptions.CultureInvariant)), service.Environment, service.Brought);
        await Shell.RunAsync(run.Folder, project.Environment, "dotnet", ["build", project.File, "-v:quiet", "-nologo", "-tl:off", "-p:ScorecardReport=false", "-p:RunAnalyzersDuringBuild=true", .. project.Brought]);
        return project;
    }

    /// <summary>The compiler's call as it is without the package: no rules, no additional files, nothing of ours in an analyzer config. It keeps every analyzer of the project's own.</summary>
    public Task<CompilerCall> WithoutAsync() => CallAsync("without", "-p:ScorecardEnabled=false");

    /// <summary>In an ordinary build.</summary>
    public Task<CompilerCall> OrdinaryAsync() => CallAsync("ordinary", "-p:ScorecardReport=false");

    /// <summary>In a build that reports: with the error log, what keeps it cheap, and the tests' sources.</summary>
    public async Task<CompilerCall> ReportingAsync()
    {
        var call = await CallAsync("reporting", "-p:ScorecardReport=true");
        string[] parts = ["/errorlog:", "quiet.globalconfig", "Tests1.cs"];
        return parts.FirstOrDefault(part => !call.Arguments.Any(argument => argument.Contains(part, StringComparison.Ordinal))) is { } missing
            ? throw new CommandFailedException($"the build of {File} reports without {missing}")
            : call;
    }

    async Task<CompilerCall> CallAsync(string output, string property)
    {
        var call = await CompilerCall.OfAsync(File, Path.Combine(Output, output), Environment, [property, .. Brought]);
        if (call.Arguments.Any(argument => CompilerCall.IsAnalyzer(argument, Ours)) != (output != "without"))
            throw new CommandFailedException($"the build of {File} does not hand over our rules as {output} asks");
        return output == "without" || call.Configs.Any(config => config.Contains("build_property.ScorecardProjectKind = service", StringComparison.Ordinal))
            ? call
            : throw new CommandFailedException($"{File} is no service, and most rules judge nothing else");
    }
}
