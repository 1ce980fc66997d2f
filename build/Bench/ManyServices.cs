namespace Build.Bench;

/// <summary>A solution of services that use the package and little else.</summary>
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

    /// <summary>The same with what services have: files of their own, a library that all of them use, and a test project each.</summary>
    public static async Task<ManyServices> CreateFurnishedAsync(BenchRun run, string name, int count)
    {
        var services = await CreateAsync(run, name, count);
        const string Project = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>ITEMS</ItemGroup>
            </Project>
            """;
        var package = $"""<PackageReference Include="ScorecardBuildTasks" Version="{run.Version}" PrivateAssets="all" />""";
        services.Write("CODEOWNERS", "* @shop/backend\n");
        services.Write("src/Library/Library.csproj", Project.Replace("ITEMS", package, StringComparison.Ordinal));
        services.Write("src/Library/Clock.cs", "public static class Clock { public static DateTimeOffset Now => DateTimeOffset.UtcNow; }\n");
        services.Write("Directory.Build.targets", """
            <Project><ItemGroup Condition="$(MSBuildProjectName.StartsWith('Service')) and !$(MSBuildProjectName.EndsWith('.Tests'))"><ProjectReference Include="$(MSBuildThisFileDirectory)src/Library/Library.csproj" /></ItemGroup></Project>
            """);
        var projects = new List<string> { "src/Library/Library.csproj" };
        for (var number = 1; number <= count; number++)
        {
            var service = $"Service{number:00}";
            services.Write($"src/{service}/README.md", $"# {service}\n\nSells things.\n");
            services.Write($"src/{service}/Dockerfile", "FROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY . .\n");
            services.Write($"src/{service}/entity.datadog.yaml", $"apiVersion: v3\nkind: service\nmetadata:\n  name: {service.ToLowerInvariant()}\n  owner: backend\n");
            services.Write($"src/{service}/appsettings.json", "{ \"Logging\": { \"LogLevel\": { \"Default\": \"Information\" } } }\n");
            services.Write($"src/{service}/appsettings.Development.json", "{ }\n");
            for (var file = 1; file <= 20; file++)
                services.Write($"src/{service}/Part{file}.cs", $"static class Part{file} {{ public static DateTimeOffset Now => Clock.Now; }}\n");
            services.Write($"tests/{service}.Tests/{service}.Tests.csproj", Project.Replace("ITEMS", $"""<PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" /><PackageReference Include="xunit" Version="2.9.3" /><ProjectReference Include="../../src/{service}/{service}.csproj" />{package}""", StringComparison.Ordinal));
            services.Write($"tests/{service}.Tests/ServiceTests.cs", "public sealed class ServiceTests\n{\n    [Xunit.Fact]\n    public void Holds() => Xunit.Assert.True(true);\n}\n");
            projects.AddRange([$"src/{service}/{service}.csproj", $"tests/{service}.Tests/{service}.Tests.csproj"]);
        }

        services.Write("Services.slnx", $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
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
