namespace Build.Bench;

/// <summary>What finding the test projects of a large repository costs a build: the first service of a build looks, the others know.</summary>
static class FactsBench
{
    const int Projects = 1000;
    const int WarmUp = 4;
    const int Calls = 8;

    /// <summary>Another one in each call: a repository that nobody has looked at yet, or a service whose facts nobody has written.</summary>
    const string Call = "$(Call)";
    const double MostCold = 30;
    const double MostCached = 3;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var service = await run.ServiceAsync();
        for (var copy = 0; copy < WarmUp + Calls; copy++)
            Write(Path.Combine(run.Folder, $"repository{copy}"));
        foreach (var measurement in await MeasureAsync("in the first service of a build", copy: Call, number: "7", MostCold))
            yield return measurement;
        yield return (await MeasureAsync("in each further one", copy: "0", number: $"1{Call}", MostCached))[0];

        async Task<Measurement[]> MeasureAsync(string when, string copy, string number, double goal)
        {
            var (root, name) = ($"{run.Folder}/repository{copy}", $"Service{number}");
            var times = await WarmNode.RunAsync(run.Folder, service.TasksAssembly, "CollectScorecardFacts", $"""
                ProjectFile="{root}/src/{name}/{name}.csproj" RepositoryRoot="{root}/" FactsFile="{root}/{name}.facts" InputsFile="{root}/{name}.inputs" DoneFile="{root}/{name}.done" TestSourcesFile="{root}/{name}.sources" ShownFile="{root}/{name}.shown" MappedFile="{root}/{name}.mapped"
                """, WarmUp + Calls);
            for (var call = 0; call < WarmUp + Calls; call++)
                await RequireTestsAsync($"{root}/{name}".Replace(Call, $"{call}", StringComparison.Ordinal));
            return [Measurement.AtMost($"finding the tests of a service among {Projects} projects, {when}", Paired.Median(times.Skip(WarmUp)), "ms", goal), new Measurement("the same in the first call of a new node", times[0], "ms", "", true)];
        }
    }

    /// <param name="service">Its repository and its name.</param>
    static async Task RequireTestsAsync(string service)
    {
        var (name, facts) = (Path.GetFileName(service), await File.ReadAllTextAsync($"{service}.facts"));
        if (!facts.Contains($"test-project = tests/{name}.Tests/{name}.Tests.csproj", StringComparison.Ordinal))
            throw new CommandFailedException($"the tests of {name} were not found:\n{facts}");
    }

    /// <summary>Of ten projects four are services, each with a test project, and two are libraries that all of them use.</summary>
    static void Write(string root)
    {
        for (var number = 0; number < Projects / 10; number++)
        {
            string[] libraries = [$"Library{(number * 2)}", $"Library{(number * 2) + 1}"];
            foreach (var library in libraries)
                Project($"src/{library}", library, "Microsoft.NET.Sdk", "");
            for (var service = number * 4; service < (number * 4) + 4; service++)
            {
                Project($"src/Service{service}", $"Service{service}", "Microsoft.NET.Sdk.Web", string.Concat(libraries.Select(library => Reference($"../{library}/{library}"))));
                Project($"tests/Service{service}.Tests", $"Service{service}.Tests", "Microsoft.NET.Sdk", $"""<PackageReference Include="xunit" />{Reference($"../../src/Service{service}/Service{service}")}""");
                File.WriteAllText(Path.Combine(root, "tests", $"Service{service}.Tests", "ServiceTests.cs"), "public sealed class ServiceTests\n{\n    [Fact]\n    public void Holds() => Assert.True(true);\n}\n");
            }
        }

        File.WriteAllText(Path.Combine(root, "Directory.Build.props"), "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        var projects = Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories).Select(file => $"<Project Path=\"{Path.GetRelativePath(root, file)}\" />");
        File.WriteAllText(Path.Combine(root, "All.slnx"), $"<Solution>{string.Concat(projects)}</Solution>");

        void Project(string folder, string name, string sdk, string items)
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
            File.WriteAllText(Path.Combine(root, folder, $"{name}.csproj"), $"""
                <Project Sdk="{sdk}">
                  <PropertyGroup><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
                  <ItemGroup><PackageReference Include="Serilog.AspNetCore" /><PackageReference Include="OpenTelemetry.Extensions.Hosting" />{items}</ItemGroup>
                </Project>
                """);
        }

        static string Reference(string path) => $"<ProjectReference Include=\"{path}.csproj\" />";
    }
}
