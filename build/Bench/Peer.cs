namespace Build.Bench;

/// <summary>An analyzer package that is measured beside ours, in its variant for the newest compiler.</summary>
/// <param name="Assembly">How the names of its assemblies start.</param>
sealed record Peer(string Package, string Assembly, string Version)
{
    public static readonly Peer Roslynator = new("Roslynator.Analyzers", "Roslynator", "5.0.1");
    public static readonly Peer Meziantou = new("Meziantou.Analyzer", "Meziantou", "3.0.321");
    public static readonly IReadOnlyList<Peer> All = [Roslynator, Meziantou, new("SonarAnalyzer.CSharp", "SonarAnalyzer", "10.36.0.15337"), new("StyleCop.Analyzers", "StyleCop", "1.2.0-beta.556")];

    public string Reference => $"<PackageReference Include=\"{Package}\" Version=\"{Version}\" PrivateAssets=\"all\" />";

    /// <returns>The compiler's arguments that load the peers.</returns>
    public static async Task<IReadOnlyList<string>> RestoreAsync(string folder, IReadOnlyList<Peer> peers, IReadOnlyDictionary<string, string?> environment)
    {
        var project = Path.Combine(folder, "peers.csproj");
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            await File.WriteAllTextAsync(Path.Combine(folder, file), "<Project />");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{string.Concat(peers.Select(peer => peer.Reference))}</ItemGroup>
            </Project>
            """);
        await Shell.RunAsync(folder, environment, "dotnet", "restore", project, "-v:quiet");
        return [.. (await CompilerCall.OfAsync(project, Path.Combine(folder, "out"), environment)).Only([.. peers.Select(peer => peer.Assembly)]).Arguments
            .Where(argument => peers.Any(peer => CompilerCall.IsAnalyzer(argument, peer.Assembly)))];
    }
}
