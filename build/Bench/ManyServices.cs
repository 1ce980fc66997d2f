namespace Build.Bench;

/// <summary>A solution of services that use the package and have nothing else in them, so that what a build adds per project is seen.</summary>
sealed record ManyServices(string Root, int Count, IReadOnlyDictionary<string, string?> Environment)
{
    public static async Task<ManyServices> CreateAsync(BenchRun run, string name, int count)
    {
        await run.ServiceAsync();
        var services = new ManyServices(Path.Combine(run.Folder, name), count, PackCommand.EnvironmentFor(run.Packages));
        var projects = Enumerable.Range(1, count).Select(number => $"src/Service{number:00}/Service{number:00}.csproj").ToArray();
        services.Write(".editorconfig", "root = true\n");
        services.Write(".gitignore", "bin/\nobj/\nartifacts/\n");
        services.Write("Directory.Build.props", "<Project />");
        services.Write("Directory.Packages.props", "<Project />");
        services.Write("Services.slnx", $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
        foreach (var project in projects)
        {
            services.Write(project, $"""
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><ScorecardEntity>service:$(MSBuildProjectName.ToLowerInvariant())</ScorecardEntity></PropertyGroup>
                  <ItemGroup><PackageReference Include="ScorecardBuildTasks" Version="{run.Version}" PrivateAssets="all" /></ItemGroup>
                </Project>
                """);
            services.Write(Path.Combine(Path.GetDirectoryName(project)!, "Program.cs"), "WebApplication.Create(args).Run();\n");
        }

        await GitRepository.CommitAsync(services.Root);
        return services;
    }

    public Task<string> BuildAsync(params IEnumerable<string> arguments) =>
        Shell.RunAsync(Root, Environment, "dotnet", ["build", "Services.slnx", "-nologo", "-tl:off", .. arguments]);

    void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
