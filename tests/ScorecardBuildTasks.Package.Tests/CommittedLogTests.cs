using System.Security.Cryptography;
using System.Text.Json;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>
/// The error logs that evaluation is tested on are the compiler's, byte for byte, of builds with the packed nupkg, and nobody edits them.
/// <c>SCORECARD_APPROVE=1 dotnet test tests/ScorecardBuildTasks.Package.Tests --filter CommittedLogTests</c> writes all of them anew.
/// </summary>
public sealed class CommittedLogTests
{
    /// <summary>The logs name it, as csc names files by their full path, and so it is the same everywhere.</summary>
    const string Root = "/repo/shop";

    const string Program = "src/Shop/Program.cs";
    const string Migration = "src/Shop/Migrations/Init.cs";
    const string EditorConfig = "src/Shop/.editorconfig";

    /// <summary>Passes every rule.</summary>
    const string Traced = """
        using System.Diagnostics;
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddJsonConsole(console => console.IncludeScopes = true);
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().ConfigureResource(Telemetry.Describe).Build());
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().ConfigureResource(Telemetry.Describe).AddSource("Shop").Build());
        builder.Services.AddHealthChecks();
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapGet("/", () => "shop");
        app.Run();

        static class Telemetry
        {
            public static readonly ActivitySource Source = new("Shop");

            public static void Describe(ResourceBuilder resource) => resource
                .AddService("shop", serviceVersion: "1.0.0")
                .AddAttributes([new("deployment.environment.name", "test")]);
        }

        """;

    /// <summary>Fails SCORE2001, on line 2.</summary>
    static readonly string Untraced = string.Concat(Traced.Split('\n').Where(line => !line.Contains("Tracer", StringComparison.Ordinal) && !line.Contains("ActivitySource", StringComparison.Ordinal)).Select(line => $"{line}\n"));

    const string Patterns = """{ "rules": { "regex": { "name": "Patterns are compiled", "diagnostics": ["SYSLIB1045"] } } }""";

    const string Wildcard = """
        { "rules": {
          "generators": { "name": "The runtime's generators are used", "diagnostics": ["SYSLIB*"] },
          "none": { "name": "No such thing is there", "diagnostics": ["CS9998"] }
        } }
        """;

    /// <summary>Fails SCORE4008, and SYSLIB1045 of the framework's own analyzers.</summary>
    const string Init = """
        static class Init
        {
            public static async void Up() => await Task.Yield();
            public static System.Text.RegularExpressions.Regex Name { get; } = new("^[a-z]+$");
        }

        """;

    static readonly Case[] Cases =
    [
        new("pass"),
        new("fail", (Program, Untraced)),
        new("pragma", (Program, Untraced.Replace("\nvar builder", "\n#pragma warning disable SCORE2001 // traced by the sidecar\nvar builder", StringComparison.Ordinal))),
        new("suppressed", (Program, Untraced), ("src/Shop/Suppressions.cs", Suppression("traced by the sidecar"))),
        new("suppressed-pending", (Program, Untraced), ("src/Shop/Suppressions.cs", Suppression("<Pending>"))),
        new("suppressed-in-tests", ("tests/Shop.Tests/OrderTests.cs", """
            public class OrderTests
            {
                [Xunit.Fact]
                public void AnswersAtTheRoot() => Xunit.Assert.Equal("/", new System.Uri("http://shop.example").AbsolutePath);
            #pragma warning disable SCORE3002 // waits for the clock's own check
                [Xunit.Fact]
                public void Waits() => System.Threading.Thread.Yield();
            }

            """)),
        new("nowarn", (Program, Untraced)) { Properties = "<NoWarn>$(NoWarn);SCORE2001</NoWarn>" },
        new("editorconfig", (Program, Untraced), (".editorconfig", "[*.cs]\ndotnet_diagnostic.SCORE2001.severity = none\n")),
        new("sections", (Program, Untraced),
            (".editorconfig", "[tests/**.cs]\ndotnet_diagnostic.SCORE2001.severity = none\n"),
            (EditorConfig, "[Order.cs]\ndotnet_diagnostic.SCORE2001.severity = none\n[Program.cs]\ndotnet_diagnostic.SCORE2001.severity = none\n")),
        new("bulk", (Migration, Init), ("scorecard.json", Patterns), (EditorConfig, "[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n")),
        new("bulk-observed", (Migration, Init), ("scorecard.json", Patterns), (EditorConfig, "[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n")) { Properties = "<ScorecardMode>observe</ScorecardMode>" },
        new("bulk-everywhere", (Program, Untraced), (Migration, Init), ("scorecard.json", Patterns), (EditorConfig, "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n")),
        new("bulk-and-one", (Migration, Init), ("scorecard.json", Patterns), (EditorConfig, "[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.SYSLIB1045.severity = none\n")),
        new("bulk-and-category", (Migration, Init), ("scorecard.json", Patterns), (EditorConfig, "[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Performance.severity = silent\n")),
        new("generated", ("src/Shop/Client.cs", $"// <auto-generated/>\n{Init}"), ("src/Shop/Legacy/Old.cs", "static class Old { public static async void Up() => await Task.Yield(); }\n"), (EditorConfig, "[Legacy/*.cs]\ngenerated_code = true\n")),
        new("wildcard", (Migration, Init), ("scorecard.json", Wildcard)) { Properties = "<NoWarn>$(NoWarn);SYSLIB1054</NoWarn>" },
        new("wildcard-section", (Migration, Init), ("scorecard.json", Wildcard), (EditorConfig, "[*.cs]\ndotnet_diagnostic.SYSLIB1054.severity = none\n")),
        new("undecided", (Program, Untraced)) { Properties = "<ScorecardAssemblyFacts>false</ScorecardAssemblyFacts>" },
        new("crash-silenced") { Properties = "<NoWarn>$(NoWarn);AD0001</NoWarn>" },
        new("crashed-rule", ("src/Shop/Break.cs", "class BreakSCORE2999;\n")) { Items = Brittle },
        new("crashed-generator", ("src/Shop/Break.cs", "class BreakAssemblyFactsGenerator;\n")) { Items = Brittle },
        new("no-analyzers") { Properties = "<RunAnalyzers>false</RunAnalyzers>" },
        new("syntax-error", ("src/Shop/S.cs", "class {")),
        new("with-library", ("scorecard.json", Patterns)) { Items = Money },
        new("library", ("scorecard.json", Patterns)) { Items = Money, Project = "Money" },
        new("library-quiet") { Items = Money, Project = "Money" },
    ];

    const string Brittle = """<ProjectReference Include="../../tools/Brittle/Brittle.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />""";
    const string Money = """<ProjectReference Include="../Money/Money.csproj" />""";

    static string Logs => Path.Combine(Package.RepositoryRoot, "tests", "ScorecardBuildTasks.Tests", "Evaluation", "Logs");

    [Fact]
    public void CommittedLogsHaveTheStampThatTheCollectorWrites()
    {
        if (Environment.GetEnvironmentVariable("SCORECARD_APPROVE") == "1")
            WriteAll();
        using var repository = new ServiceRepository();
        repository.Report();
        var written = KeysOfStamp(Assert.Single(Directory.GetFiles(repository.Intermediate, "*.sarif")));
        var committed = KeysOfStamp(Path.Combine(Logs, "pass.sarif"));
        Assert.True(committed.SequenceEqual(written), $"""
            The logs have the stamp of another collector: run SCORECARD_APPROVE=1 dotnet test tests/ScorecardBuildTasks.Package.Tests --filter CommittedLogTests, and commit what it rewrites.
            committed: {string.Join(' ', committed)}
            written:   {string.Join(' ', written)}
            """);
    }

    static string[] KeysOfStamp(string file)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(file));
        var stamp = log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Single(result => result.GetProperty("ruleId").GetString() == "SCORE0001");
        return [.. stamp.GetProperty("properties").GetProperty("customProperties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)];
    }

    static void WriteAll()
    {
        Assert.False(Directory.Exists(Root), $"{Root} is there already; the logs name it, so that it must be theirs alone: move it away");
        // All before any: what is committed goes only when there is something in its place.
        var written = Cases.Select(one => (File: $"{one.Name}.sarif", Bytes: LogOf(one))).OrderBy(log => log.File, StringComparer.Ordinal).ToList();
        foreach (var file in Directory.EnumerateFiles(Logs))
            File.Delete(file);
        foreach (var (file, bytes) in written)
            File.WriteAllBytes(Path.Combine(Logs, file), bytes);
        File.WriteAllText(Path.Combine(Logs, "SHA256SUMS"), string.Concat(written.Select(log => $"{Convert.ToHexStringLower(SHA256.HashData(log.Bytes))}  {log.File}\n")));
    }

    static byte[] LogOf(Case one)
    {
        Directory.CreateDirectory(Root);
        try
        {
            foreach (var (path, text) in (IEnumerable<(string, string)>)[.. Everywhere(one), .. one.Files])
            {
                var file = Path.Combine(Root, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }

            Assert.Equal(0, Command.Run(Root, null, "git", "init", "-q", "-b", "main").ExitCode);
            var build = Command.Run(Root, Package.Current.Environment, "dotnet", "build", "src/Shop/Shop.csproj", "-nologo", "-tl:off", "-p:ScorecardReport=true");
            var logs = Directory.GetFiles(Path.Combine(Root, "src", one.Project, "obj"), "*.sarif", SearchOption.AllDirectories);
            Assert.True(logs.Length == 1, $"{one.Name}: {build.Output}");
            return File.ReadAllBytes(logs[0]);
        }
        finally
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    static IEnumerable<(string Path, string Text)> Everywhere(Case one) =>
    [
        (Program, Traced),
        ("src/Shop/Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                {one.Properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" />
                <PackageReference Include="OpenTelemetry" Version="1.20.1" />
                <Using Include="OpenTelemetry;OpenTelemetry.Metrics;OpenTelemetry.Resources;OpenTelemetry.Trace" />
                {one.Items}
              </ItemGroup>
            </Project>
            """),
        ("src/Shop/entity.datadog.yaml", """
            apiVersion: v3
            kind: service
            metadata:
              name: shop
              owner: team-shop
              contacts:
                - type: email
                  contact: team-shop@shop.example
              links:
                - name: Source
                  type: repo
                  url: https://git.shop.example/shop
                - name: Operations
                  type: doc
                  url: https://docs.shop.example/shop
                - name: Runbook
                  type: runbook
                  url: https://docs.shop.example/shop/runbook
            """),
        ("README.md", "# Shop\n\nThe shop takes orders and hands them to the warehouse.\n"),
        ("tests/Shop.Tests/Shop.Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="xunit" Version="2.9.3" />
                <ProjectReference Include="../../src/Shop/Shop.csproj" />
              </ItemGroup>
            </Project>
            """),
        ("tests/Shop.Tests/OrderTests.cs", "public class OrderTests\n{\n    [Xunit.Fact]\n    public void AnswersAtTheRoot() => Xunit.Assert.Equal(\"/\", new System.Uri(\"http://shop.example\").AbsolutePath);\n}\n"),
        ("src/Money/Money.cs", "public static class Money { public static System.Text.RegularExpressions.Regex Pattern { get; } = new(\"^[0-9]+$\"); }\n"),
        ("src/Money/Money.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><EnableNETAnalyzers>false</EnableNETAnalyzers></PropertyGroup>
              <ItemGroup><PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """),
        ("tools/Brittle/Brittle.cs", StatesRepository.Brittle),
        ("tools/Brittle/Brittle.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><LangVersion>latest</LangVersion></PropertyGroup>
              <ItemGroup><PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.8.0" PrivateAssets="all" /></ItemGroup>
            </Project>
            """),
    ];

    static string Suppression(string justification) =>
        $"[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Observability Best Practices\", \"SCORE2001\", Justification = \"{justification}\")]\n";

    /// <summary>What the build of one log has that the others' has not.</summary>
    /// <param name="Name">The log's, without its extension.</param>
    sealed record Case(string Name, params (string Path, string Text)[] Files)
    {
        /// <summary>Of the service.</summary>
        public string Properties { get; init; } = "";

        /// <summary>What the service references besides.</summary>
        public string Items { get; init; } = "";

        /// <summary>Whose log it is.</summary>
        public string Project { get; init; } = "Shop";
    }
}
