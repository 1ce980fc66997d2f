using System.Text.RegularExpressions;
using Build.Bench;

namespace Build;

/// <summary>A service that uses the package just packed, built once with reporting on.</summary>
sealed record BenchService(string Root, string Version, IReadOnlyDictionary<string, string?> Environment)
{
    public string Project => Path.Combine(Root, "src", "Service", "Service.csproj");

    public string ErrorLog => Path.Combine(Root, "src", "Service", "obj", "Debug", "net10.0", "scorecard.sarif");

    public string ReferencesFile => Path.Combine(Root, "src", "Service", "obj", "Debug", "net10.0", "scorecard.references");

    /// <summary>The package, unpacked.</summary>
    public string Package => Path.Combine(Environment["NUGET_PACKAGES"]!, "scorecardbuildtasks", Version);

    /// <summary>Brings the package's targets into the build of a project that does not use it.</summary>
    public IReadOnlyList<string> Brought => [$"-p:CustomAfterMicrosoftCommonTargets={Package}/build/ScorecardBuildTasks.targets"];

    public string TasksAssembly => Path.Combine(Package, "tasks", "ScorecardBuildTasks.Tasks.dll");

    /// <summary>As the compiler was given it.</summary>
    public string ConfigurationHash => Regex.Match(File.ReadAllText(ErrorLog), "\"configurationHash\": \"([^\"]*)\"", RegexOptions.CultureInvariant).Groups[1].Value;

    public static async Task<BenchService> CreateAsync(string root, string version, string packages)
    {
        var service = new BenchService(root, version, PackCommand.EnvironmentFor(packages));
        Write(".editorconfig", "root = true\n");
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("src/Service/Service.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="ScorecardBuildTasks" Version="{version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        Write("src/Service/Program.cs", "var app = WebApplication.CreateBuilder(args).Build();\napp.MapGet(\"/\", () => \"hello\");\napp.Run();\n");
        Write("src/Service/entity.datadog.yaml", "apiVersion: v3\nkind: service\nmetadata:\n  name: service\n  owner: team\n");
        await GitRepository.CommitAsync(root);
        await service.BuildAsync("-p:ScorecardReport=true");
        return service;

        void Write(string path, string text)
        {
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    public Task<string> BuildAsync(params string[] arguments) =>
        Shell.RunAsync(Root, Environment, "dotnet", ["build", Project, "-nologo", "-tl:off", .. arguments]);
}
