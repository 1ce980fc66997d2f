using System.Text.Json;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>How the build of a project calls the compiler, and which analyzers it hands over.</summary>
/// <param name="Folder">Where relative paths start.</param>
sealed record CompilerCall(string Folder, IReadOnlyList<string> Arguments)
{
    /// <summary>Asks a project that has been built for the compiler's arguments.</summary>
    /// <param name="output">Takes what the compiler writes and the analyzer config that the build makes, which its next call overwrites; a folder of this call's own.</param>
    /// <param name="properties">As on a command line: <c>-p:Name=value</c>.</param>
    public static async Task<CompilerCall> OfAsync(string project, string output, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> properties)
    {
        Directory.CreateDirectory(output);
        var folder = Path.GetDirectoryName(project)!;
        var printed = Path.Combine(output, "arguments.json");
        await Shell.RunAsync(folder, environment, "dotnet", ["msbuild", project, "-t:Compile", "-p:NonExistentFile=none/none", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:_ScorecardDesignTime=false", "-p:RunAnalyzersDuringBuild=true", "-getItem:CscCommandLineArgs", $"-getResultOutputFile:{printed}", "-nologo", "-tl:off", .. properties]);
        return new CompilerCall(folder, [.. JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(printed)).GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(argument => !Regex.IsMatch(argument, "^/(?:refout|doc|pdb|generatedfilesout|reportanalyzer|warnaserror\\+?$)", RegexOptions.CultureInvariant))
            .Select(Own)]);

        string Own(string argument)
        {
            if (argument.StartsWith("/out:", StringComparison.Ordinal))
                return $"/out:{Path.Combine(output, "out.dll")}";
            if (argument.StartsWith("/errorlog:", StringComparison.Ordinal))
                return ErrorLog(output);
            if (!argument.StartsWith("/analyzerconfig:", StringComparison.Ordinal) || !argument.Contains("GeneratedMSBuildEditorConfig", StringComparison.Ordinal))
                return argument;
            var copy = Path.Combine(output, "generated.editorconfig");
            File.Copy(Path.Combine(folder, argument["/analyzerconfig:".Length..].Trim('"')), copy, overwrite: true);
            return $"/analyzerconfig:{copy}";
        }
    }

    /// <summary>The argument that a build with an error log of ours has.</summary>
    public static string ErrorLog(string output) => $"/errorlog:{Path.Combine(output, "out.sarif")},version=2.1";

    /// <summary>With the analyzers of the SDK, those whose files' names start so, and nobody else's.</summary>
    public CompilerCall Only(params IReadOnlyList<string> assemblies) =>
        this with { Arguments = [.. Arguments.Where(argument => !argument.StartsWith("/analyzer:", StringComparison.Ordinal) || assemblies.Any(assembly => IsAnalyzer(argument, assembly)) || IsOfSdk(argument))] };

    public CompilerCall With(params IEnumerable<string> arguments) => this with { Arguments = [.. Arguments, .. arguments] };

    /// <summary>With <see cref="DoNothing"/>, which this program has in it.</summary>
    public CompilerCall WithDoNothing() => With($"/analyzer:{typeof(CompilerCall).Assembly.Location}");

    /// <summary>The texts of the analyzer configs that it hands over.</summary>
    public IEnumerable<string> Configs => Arguments.Where(argument => argument.StartsWith("/analyzerconfig:", StringComparison.Ordinal)).Select(argument => File.ReadAllText(Path.Combine(Folder, argument["/analyzerconfig:".Length..].Trim('"'))));

    /// <summary>Writes the arguments where the compiler reads them.</summary>
    public void WriteTo(string file) => File.WriteAllLines(file, Arguments.Select(argument => argument.Contains('"', StringComparison.Ordinal) || !argument.Contains(' ', StringComparison.Ordinal) ? argument : $"\"{argument}\""));

    public static bool IsAnalyzer(string argument, string assembly) => argument.StartsWith("/analyzer:", StringComparison.Ordinal) && Path.GetFileName(argument.Replace('\\', '/')).StartsWith(assembly, StringComparison.Ordinal);

    static bool IsOfSdk(string argument) => Regex.IsMatch(argument.Replace('\\', '/'), "/(?:sdk/[0-9][^/]*|packs)/|/Microsoft\\.[^/]*\\.dll\"?$", RegexOptions.CultureInvariant);
}
