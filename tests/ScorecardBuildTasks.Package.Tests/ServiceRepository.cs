using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A git repository of one service in a folder of its own: what it starts with passes every rule.</summary>
sealed class ServiceRepository : IDisposable
{
    const string Project = "src/Checkout/Checkout.csproj";

    readonly Dictionary<string, string?> environment;

    public ServiceRepository(string framework = "<TargetFramework>net10.0</TargetFramework>", bool package = true, string folder = "scorecard test ")
    {
        Root = Directory.CreateTempSubdirectory(folder).FullName;
        environment = new Dictionary<string, string?>(Package.Current.Environment);
        Write(Project, $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                {framework}
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                {(package ? $"""<PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" />""" : "")}
                <PackageReference Include="OpenTelemetry" Version="1.20.1" />
              </ItemGroup>
            </Project>
            """);
        Write("src/Checkout/Program.cs", WellWired);
        Write("src/Checkout/entity.datadog.yaml", """
            apiVersion: v3
            kind: service
            metadata:
              name: checkout
              owner: team-checkout
              contacts:
                - type: email
                  contact: team-checkout@shop.example
              links:
                - name: Source
                  type: repo
                  url: https://git.shop.example/shop
                - name: Operations
                  type: doc
                  url: https://docs.shop.example/checkout
                - name: Runbook
                  type: runbook
                  url: https://docs.shop.example/checkout/runbook
            """);
        Write("README.md", "# Shop\n\nCheckout takes the orders of the shop and hands them to the warehouse.\n");
        Write("tests/Checkout.Tests/Checkout.Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="xunit" Version="2.9.3" />
                <ProjectReference Include="../../src/Checkout/Checkout.csproj" />
              </ItemGroup>
            </Project>
            """);
        Write("tests/Checkout.Tests/OrderTests.cs", """
            public class OrderTests
            {
                [Xunit.Fact]
                public void AnswersAtTheRoot() => Xunit.Assert.Equal("/", new System.Uri("http://shop.example").AbsolutePath);
            }

            """);
        Write(".gitignore", "bin/\nobj/\nartifacts/\n");
        Git("init", "-q", "-b", "main");
        Commit();
    }

    /// <summary>What the summary says of this service: the rules on endpoints, clients and a list of teams have nothing to judge.</summary>
    public const string AllPass = "27 of 27 rules pass, level 3, 7 skipped";

    /// <summary>Traces, metrics, logs that know their trace, a described resource, an activity source and health checks, all wired; no API of its own.</summary>
    public const string WellWired = """
        using System.Diagnostics;
        using OpenTelemetry;
        using OpenTelemetry.Metrics;
        using OpenTelemetry.Resources;
        using OpenTelemetry.Trace;

        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddJsonConsole(console => console.IncludeScopes = true);
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().Build());
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().ConfigureResource(Telemetry.Describe).AddSource("Checkout").Build());
        builder.Services.AddHealthChecks();
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapGet("/", () => "checkout");
        app.Run();

        static class Telemetry
        {
            public static readonly ActivitySource Source = new("Checkout");

            public static void Describe(ResourceBuilder resource) => resource
                .AddService("checkout", serviceVersion: "1.0.0")
                .AddAttributes([new("deployment.environment.name", "test")]);
        }

        """;

    /// <summary>The same service without tracing.</summary>
    public static string Untraced { get; } = WellWired
        .Replace("""builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().ConfigureResource(Telemetry.Describe).AddSource("Checkout").Build());""", "", StringComparison.Ordinal)
        .Replace("using OpenTelemetry.Trace;\n", "", StringComparison.Ordinal);

    public string Root { get; }

    /// <summary>What its commands find in their environment besides what they inherit.</summary>
    public IReadOnlyDictionary<string, string?> Environment => environment;

    public string Output => Path.Combine(Root, "artifacts", "scorecard");

    public string OutcomesFile => Path.Combine(Output, "src", "Checkout", "Checkout", "outcomes.json");

    public OutcomesDocument Outcomes => OutcomesDocument.Read(OutcomesFile);

    public string Intermediate => Path.Combine(Root, "src", "Checkout", "obj", "Debug", "net10.0");

    public OutcomeState StateOf(string rule) => Outcomes.Outcomes.Single(outcome => outcome.Key == rule).State;

    public ServiceRepository With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public ServiceRepository Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.Replace("\r\n", "\n", StringComparison.Ordinal));
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Two more services as well wired as the first, and a solution of all three.</summary>
    public ServiceRepository WithShop()
    {
        foreach (var name in new[] { "Mail", "Stock" })
        {
            Write($"src/{name}/{name}.csproj", Read("src/Checkout/Checkout.csproj"));
            Write($"src/{name}/Program.cs", WellWired);
            Write($"src/{name}/entity.datadog.yaml", Read("src/Checkout/entity.datadog.yaml").Replace("checkout", name.ToLowerInvariant(), StringComparison.Ordinal));
        }

        return Write("Shop.slnx", """<Solution><Project Path="src/Checkout/Checkout.csproj" /><Project Path="src/Mail/Mail.csproj" /><Project Path="src/Stock/Stock.csproj" /></Solution>""");
    }

    /// <summary>Replaces text in a file; the text must be there.</summary>
    public ServiceRepository Change(string path, string old, string now)
    {
        var text = Read(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Write(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    public ServiceRepository Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-qm", "state");
        return this;
    }

    /// <summary>An ordinary local build of the service.</summary>
    public Command Build(params IEnumerable<string> arguments) => DotNet(["build", Project, "-nologo", "-tl:off", .. arguments]);

    /// <summary>A build with reporting on.</summary>
    public Command Report(params IEnumerable<string> arguments) => Build(["-p:ScorecardReport=true", .. arguments]);

    /// <summary>A build that publishes, with keys, to a server.</summary>
    public Command Publish(Uri api, params IEnumerable<string> arguments) =>
        With("DD_API_KEY", "api-key-of-the-test").With("DD_APP_KEY", "app-key-of-the-test").Report(["-p:ScorecardPublish=true", $"-p:ScorecardApiUrl={api}", .. arguments]);

    public Command DotNet(params IEnumerable<string> arguments) => Command.Run(Root, environment, "dotnet", arguments);

    public string Git(params IEnumerable<string> arguments)
    {
        var git = Command.Run(Root, null, "git", arguments);
        Assert.True(git.ExitCode == 0, git.Output);
        return git.Output.Trim();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
