using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>A project as the compiler sees it: sources, references, what the build says and which files it hands over. The facts generator runs as in a build.</summary>
sealed record TestProject
{
    const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    const string WebUsings = """
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    public const string Folder = "/repo/src/Checkout";

    public required string AssemblyName { get; init; }

    /// <summary>Whether the project as a whole enables nullable reference types.</summary>
    public bool Nullable { get; init; } = true;

    public required IReadOnlyList<(string Path, string Code)> Sources { get; init; }

    public IReadOnlyList<MetadataReference> References { get; init; } = Frameworks.AspNetCore;

    /// <summary>Whether the code does not compile yet, as in the middle of typing.</summary>
    public bool IsHalfTyped { get; init; }

    public OutputKind Output { get; init; } = OutputKind.ConsoleApplication;

    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    public IReadOnlyList<RepositoryText> Files { get; init; } = [];

    public string? EditorConfig { get; init; }

    public string? GlobalConfig { get; init; }

    public IReadOnlyList<string> NoWarn { get; init; } = [];

    /// <summary>How much of the documentation comments is read.</summary>
    public DocumentationMode Documentation { get; init; } = DocumentationMode.Parse;

    /// <summary>What other properties and a ruleset say of ids: WarningsNotAsErrors says Default.</summary>
    public (string Id, ReportDiagnostic Severity)[] Specific { get; init; } = [];

    public int WarningLevel { get; init; } = 4;

    /// <summary>What a ruleset says of all that it does not name.</summary>
    public ReportDiagnostic General { get; init; } = ReportDiagnostic.Default;

    /// <summary>An ASP.NET Core service named Checkout with OpenTelemetry and OpenAPI at hand.</summary>
    public static TestProject Service(string program) => new TestProject
    {
        AssemblyName = "Checkout",
        Sources = [($"{Folder}/Program.cs", program), ($"{Folder}/obj/Usings.g.cs", Usings + "\n" + WebUsings)],
        References = [.. Frameworks.AspNetCore, .. Frameworks.OpenTelemetry, Stub.OpenTelemetryHosting, Stub.OpenApi],
    }.WithKind("service").With("MSBuildProjectDirectory", Folder).With("MSBuildProjectName", "Checkout").With("ScorecardRepositoryRoot", "/repo/");

    public static TestProject Library(string name, string code) => new TestProject
    {
        AssemblyName = name,
        Sources = [($"/repo/src/{name}/{name}.cs", code), ($"/repo/src/{name}/obj/Usings.g.cs", Usings)],
        Output = OutputKind.DynamicallyLinkedLibrary,
    }.WithKind("library").With("MSBuildProjectDirectory", $"/repo/src/{name}").With("MSBuildProjectName", name).With("ScorecardRepositoryRoot", "/repo/");

    /// <summary>The tests of the service Checkout, in xUnit.</summary>
    public static TestProject Tests(string code) => (Library("Checkout.Tests", code) with
    {
        Sources = [("/repo/tests/Checkout.Tests/CheckoutTests.cs", code), ("/repo/tests/Checkout.Tests/obj/Usings.g.cs", Usings + "\nglobal using Xunit;")],
    }).WithKind("test").With("MSBuildProjectDirectory", "/repo/tests/Checkout.Tests").WithReferences(Frameworks.Xunit);

    /// <summary>The same in another framework.</summary>
    public static TestProject TestsIn(MetadataReference framework, string code)
    {
        var tests = Tests(code);
        return tests with
        {
            Sources = [tests.Sources[0], (tests.Sources[1].Path, Usings)],
            References = [.. tests.References.Except(Frameworks.Xunit), framework],
        };
    }

    /// <summary>A library that has OpenTelemetry at hand, as those have that wire it.</summary>
    public static TestProject TelemetryLibrary(string name, string code) =>
        Library(name, code).WithReferences([.. Frameworks.OpenTelemetry, Stub.OpenTelemetryHosting]);

    public TestProject With(string property, string value) => this with { Properties = Properties.SetItem($"build_property.{property}", value) };

    public TestProject WithKind(string kind) => With("ScorecardProjectKind", kind);

    /// <summary>Built for a framework on the last day of 2026.</summary>
    public TestProject WithFramework(string framework) => With("TargetFramework", framework).With("ScorecardTargetFrameworkEndOfSupport", FrameworkTable.EndOfSupport(framework, new DateOnly(2026, 12, 31)));

    public TestProject WithReferences(IEnumerable<MetadataReference> more) => this with { References = [.. References, .. more] };

    public TestProject WithReference(MetadataReference reference) => WithReferences([reference]);

    public TestProject WithFile(string path, string kind, string text) => this with { Files = [.. Files, new RepositoryText(path, kind, text)] };

    public TestProject WithFacts(string text) => WithFile($"{Folder}/obj/scorecard.facts", "facts", text);

    /// <summary>A service whose build is reporting: the source of a test that reaches it is handed over, and its project is among the facts.</summary>
    public TestProject WithTest(string code, string project = "tests/Checkout.Tests/Checkout.Tests.csproj", string file = "CheckoutTests.cs") =>
        this with { Files = [.. Files, new RepositoryText($"/repo/{project[..project.LastIndexOf('/')]}/{file}", "test-source", code, project)] };

    public TestProject WithSource(string name, string code) => this with { Sources = [.. Sources, ($"{Folder}/{name}", code)] };

    public BuildOptions Options => new(Properties, ConfigSet);

    public AnalyzerOptions AnalyzerOptions => new([.. Files], Options);

    AnalyzerConfigSet? ConfigSet => EditorConfig is null && GlobalConfig is null ? null : AnalyzerConfigSet.Create(
        new List<AnalyzerConfig>(
        [
            .. EditorConfig is null ? [] : new[] { AnalyzerConfig.Parse("root = true\n" + EditorConfig, "/repo/.editorconfig") },
            .. GlobalConfig is null ? [] : new[] { AnalyzerConfig.Parse("is_global = true\n" + GlobalConfig, "/repo/.globalconfig") },
        ]));

    /// <summary>The project as it is written, before the generator.</summary>
    public CSharpCompilation Written()
    {
        var options = new CSharpCompilationOptions(Output, nullableContextOptions: Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable, allowUnsafe: true, warningLevel: WarningLevel, generalDiagnosticOption: General)
            .WithSpecificDiagnosticOptions(NoWarn.Select(id => (Id: id, Severity: ReportDiagnostic.Suppress)).Concat(Specific).ToImmutableDictionary(one => one.Id, one => one.Severity));
        if (ConfigSet is { } config)
            options = options.WithSyntaxTreeOptionsProvider(new Severities(config));
        return CSharpCompilation.Create(
            AssemblyName,
            Sources.Select(s => CSharpSyntaxTree.ParseText(s.Code, ParseOptions.WithDocumentationMode(Documentation), s.Path)),
            References,
            options);
    }

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest);

    public GeneratorDriver Driver(bool tracksSteps = false) =>
        CSharpGeneratorDriver.Create([new AssemblyFactsGenerator().AsSourceGenerator()], Files, ParseOptions, Options, new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracksSteps));

    /// <summary>The project as the compiler analyses it. Code that does not compile fails the test, unless it is meant to.</summary>
    public CSharpCompilation Compiled()
    {
        Driver().RunGeneratorsAndUpdateCompilation(Written(), out var compilation, out var generation);
        Assert.Empty(generation);
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
        if (IsHalfTyped)
            Assert.NotEmpty(errors);
        else
            Assert.Empty(errors);
        return (CSharpCompilation)compilation;
    }

    /// <summary>The facts among the attributes that the generator wrote, as <c>key=value</c> without <c>Scorecard.</c></summary>
    public IReadOnlyList<string> Facts() =>
        [.. AssemblyFacts.Of(Compiled()).Attributes.Where(a => a.Key.StartsWith("Scorecard.", StringComparison.Ordinal)).Select(a => $"{a.Key["Scorecard.".Length..]}={a.Value}")];

    public MetadataReference ToMetadata() => MetadataReference.CreateFromImage(Emit(new EmitOptions()));

    /// <summary>As another project of the solution sees it: signatures without bodies.</summary>
    public MetadataReference ToReferenceAssembly() => MetadataReference.CreateFromImage(Emit(new EmitOptions(metadataOnly: true, includePrivateMembers: false)));

    /// <summary>As another project sees it in the editor and under <c>dotnet format</c>: its symbols have source, of another compilation.</summary>
    public MetadataReference ToProject() => Compiled().ToMetadataReference();

    byte[] Emit(EmitOptions options)
    {
        var compilation = Compiled();
        if (options.EmitMetadataOnly)
        {
            // What the SDK's targets ask of csc: the attribute that marks a reference assembly comes with /refout.
            compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("[assembly: System.Runtime.CompilerServices.ReferenceAssembly]", ParseOptions));
        }
        using var image = new MemoryStream();
        var result = compilation.Emit(image, options: options);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return image.ToArray();
    }
}
