using System.Text.Json;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>How the build of a project calls the compiler, and which analyzers it hands over.</summary>
/// <param name="Folder">Where relative paths start.</param>
sealed record CompilerCall(string Folder, IReadOnlyList<string> Arguments)
{
    const string Ours = "ScorecardBuildTasks.";

    /// <summary>Builds the project once with the package's targets brought in from outside, so that its references and facts are there, and asks the build for the compiler's arguments.</summary>
    /// <param name="package">The unpacked package.</param>
    public static async Task<CompilerCall> OfAsync(string project, string package, string output, IReadOnlyDictionary<string, string?> environment)
    {
        Directory.CreateDirectory(output);
        var folder = Path.GetDirectoryName(project)!;
        string[] brought = [$"-p:CustomAfterMicrosoftCommonTargets={package}/build/ScorecardBuildTasks.targets", "-p:ScorecardReport=false", "-p:RunAnalyzersDuringBuild=true", "-nologo", "-tl:off"];
        await Shell.RunAsync(folder, environment, "dotnet", ["build", project, "-v:quiet", .. brought]);
        var printed = Path.Combine(output, "arguments.json");
        await Shell.RunAsync(folder, environment, "dotnet", ["msbuild", project, "-t:Compile", "-p:NonExistentFile=none/none", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:_ScorecardDesignTime=false", "-getItem:CscCommandLineArgs", $"-getResultOutputFile:{printed}", .. brought]);
        var arguments = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(printed)).GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(argument => !Regex.IsMatch(argument, "^/(?:refout|doc|pdb|errorlog|generatedfilesout|reportanalyzer|warnaserror\\+?$)", RegexOptions.CultureInvariant))
            .Select(argument => argument.StartsWith("/out:", StringComparison.Ordinal) ? $"/out:{Path.Combine(output, "out.dll")}" : argument)
            .ToList();
        return arguments.Exists(argument => IsAnalyzer(argument, Ours))
            ? new CompilerCall(folder, arguments)
            : throw new CommandFailedException($"the build of {project} does not hand our rules to the compiler");
    }

    /// <summary>The analyzers of the SDK and nobody else's.</summary>
    public CompilerCall WithoutThirdParties() => this with { Arguments = [.. Arguments.Where(argument => !argument.StartsWith("/analyzer:", StringComparison.Ordinal) || IsOfSdk(argument))] };

    /// <summary>Ours beside those of the SDK.</summary>
    public CompilerCall WithOurs() => this with { Arguments = [.. Arguments.Where(argument => !argument.StartsWith("/analyzer:", StringComparison.Ordinal) || IsOfSdk(argument) || IsAnalyzer(argument, Ours))] };

    public CompilerCall With(params IEnumerable<string> arguments) => this with { Arguments = [.. Arguments, .. arguments] };

    /// <summary>Writes the arguments where the compiler reads them.</summary>
    public void WriteTo(string file) => File.WriteAllLines(file, Arguments.Select(argument => argument.Contains('"', StringComparison.Ordinal) || !argument.Contains(' ', StringComparison.Ordinal) ? argument : $"\"{argument}\""));

    static bool IsOfSdk(string argument) => Regex.IsMatch(argument.Replace('\\', '/'), "/(?:sdk/[0-9][^/]*|packs)/|/Microsoft\\.[^/]*\\.dll\"?$", RegexOptions.CultureInvariant) && !IsAnalyzer(argument, Ours);

    static bool IsAnalyzer(string argument, string start) => argument.StartsWith("/analyzer:", StringComparison.Ordinal) && Path.GetFileName(argument.Replace('\\', '/')).StartsWith(start, StringComparison.Ordinal);
}
