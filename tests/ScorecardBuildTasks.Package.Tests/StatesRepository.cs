using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A solution with a service for each thing that keeps an error log from telling a pass, built once for all tests of <see cref="StatesTests"/>.</summary>
public sealed class StatesRepository : IDisposable
{
    /// <summary>Breaks where the code that is compiled asks for it: two rules, one of them with a level as ours have it, two generators, one named like ours, and a rule that cannot be loaded at all.</summary>
    internal const string Brittle = """
        using System;
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.Diagnostics;

        public abstract class BrittleRule : DiagnosticAnalyzer
        {
            readonly DiagnosticDescriptor descriptor;
            protected BrittleRule(string id, params string[] tags) => descriptor = new DiagnosticDescriptor(id, "The rule does not break", "Broken", "Testing", DiagnosticSeverity.Warning, true, customTags: tags);
            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(descriptor);
            public override void Initialize(AnalysisContext context)
            {
                context.EnableConcurrentExecution();
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
                context.RegisterSymbolAction(symbol => Break.Where(symbol.Symbol.Name == "Break" + descriptor.Id), SymbolKind.NamedType);
            }
        }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class SCORE2999Brittle : BrittleRule { public SCORE2999Brittle() : base("SCORE2999", "ScorecardLevel1") { } }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class TEST0001Brittle : BrittleRule { public TEST0001Brittle() : base("TEST0001") { } }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class TEST0002Unloadable : BrittleRule { public TEST0002Unloadable() : base("TEST0002") => Break.Where(true); }

        public abstract class BrittleGenerator : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(context.CompilationProvider, (_, compilation) => Break.Where(compilation.GetTypeByMetadataName("Break" + GetType().Name) != null));
        }

        // Stands for ours: csc names a generator by its class alone.
        [Generator(LanguageNames.CSharp)]
        public sealed class AssemblyFactsGenerator : BrittleGenerator { }

        [Generator(LanguageNames.CSharp)]
        public sealed class BrittleFactsGenerator : BrittleGenerator { }

        public abstract class SparingSuppressor : DiagnosticSuppressor
        {
            readonly SuppressionDescriptor descriptor;
            protected SparingSuppressor(string id, string why) => descriptor = new SuppressionDescriptor(id, "CA1510", why);
            public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => ImmutableArray.Create(descriptor);
            public override void ReportSuppressions(SuppressionAnalysisContext context)
            {
                if (context.Compilation.GetTypeByMetadataName("Spared" + descriptor.Id) != null)
                    foreach (var diagnostic in context.ReportedDiagnostics) context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
            }
        }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class SPR0001Sparing : SparingSuppressor { public SPR0001Sparing() : base("SPR0001", "the caller's message is kept") { } }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class SPR0002Sparing : SparingSuppressor { public SPR0002Sparing() : base("SPR0002", "the runtime, an old one, lacks it") { } }

        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class SPR0003Sparing : SparingSuppressor { public SPR0003Sparing() : base("SPR0003", "TODO") { } }

        static class Break { public static void Where(bool asked) { if (asked) throw new InvalidOperationException("broken on demand"); } }
        """;

    const string LongCheck = "static class Guard { public static void Check(object order) { if (order is null) throw new ArgumentNullException(nameof(order)); } }\n";

    readonly ServiceRepository repository = new();

    public StatesRepository()
    {
        repository.Write("Directory.Build.props", "<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>").Write("scorecard.json", """
            {
              "rules": {
                "steady": { "name": "Nothing breaks", "diagnostics": ["TEST0001"] },
                "loaded": { "name": "Everything loads", "diagnostics": ["TEST0002"] },
                "arguments": { "name": "Arguments are checked the short way", "diagnostics": ["CA1510"] },
                "braces": { "name": "Blocks have braces", "diagnostics": ["IDE0011"] },
                "usings": { "name": "No using is left over", "diagnostics": ["IDE0005"] },
                "both": { "name": "Both hold", "diagnostics": ["CA1510", "CA2016"] },
                "few": { "name": "Few are checked the long way", "diagnostics": ["CA1510"], "atMost": 1 },
                "soon": { "name": "None will be checked the long way", "diagnostics": ["CA1510"], "effectiveFrom": "2999-01-31" },
                "must": { "name": "The check stays on", "diagnostics": ["CA1510"], "whenOff": "fail" },
                "obsolete": { "name": "Nothing obsolete is called", "diagnostics": ["CS0612", "CS0618"] },
                "nullable": { "name": "Nothing is null by surprise", "diagnostics": ["CS86*"] },
                "awaits": { "name": "Awaits do not capture", "diagnostics": ["CA2007"] }
              }
            }
            """);
        repository.Write("tools/Brittle/Brittle.cs", Brittle).Write("tools/Brittle/Brittle.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><ImplicitUsings>disable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.8.0" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        // Stands for our rules under a compiler older than the one that they are built for.
        repository.Write("tools/Newer/Newer.cs", Brittle).Write("tools/Newer/Newer.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><ImplicitUsings>disable</ImplicitUsings><AssemblyName>ScorecardBuildTasks.Rules</AssemblyName></PropertyGroup>
              <ItemGroup><PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="5.12.0" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        repository.Write("src/Orders/Orders.cs", "public record Order(int Id);\n").Write("src/Orders/Orders.csproj", Project("Microsoft.NET.Sdk", Logs("orders")));
        Service("CrashedRule", "class BreakSCORE2999;");
        Service("CrashedMappedRule", "class BreakTEST0001;", "<PropertyGroup><AnalysisMode>None</AnalysisMode></PropertyGroup>");
        Service("CrashedGenerator", "class BreakAssemblyFactsGenerator;");
        Service("CrashedForeignGenerator", "class BreakBrittleFactsGenerator;", "<PropertyGroup><AnalysisLevel>none</AnalysisLevel></PropertyGroup>");
        Service("SwitchedOff", LongCheck).Write("src/SwitchedOff/.editorconfig", "[*.cs]\ndotnet_diagnostic.CA1510.severity = none\n");
        Service("OffInService", LongCheck, "<PropertyGroup><NoWarn>$(NoWarn);CA1510</NoWarn></PropertyGroup>" + Reference("Orders"));
        Service("Bulk", "").Write("src/Bulk/.editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n");
        Service("LongCheck", LongCheck);
        Service("Attribute", $"[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Maintainability\", \"CA1510\")]\n{LongCheck}", "<PropertyGroup><ScorecardAssemblyFacts>false</ScorecardAssemblyFacts></PropertyGroup>");
        Service("Spared", $"class SparedSPR0001;\n{LongCheck}");
        Service("SparedTwice", $"class SparedSPR0001; class SparedSPR0002;\n{LongCheck}");
        Service("SparedForNothing", $"class SparedSPR0003;\n{LongCheck}");
        Service("Style", "static class Style { public static int Sum(int a) { if (a > 1) return a; return 0; } }\n", "<PropertyGroup><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild></PropertyGroup>");
        Service("CleanStyle", "", "<PropertyGroup><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><Nullable>enable</Nullable></PropertyGroup>");
        Service("Future", "", """<ItemGroup><ProjectReference Include="../../tools/Newer/Newer.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" /></ItemGroup>""");
        Service("ForeignLog", "", Logs("foreign") + Reference("Orders"));
        Service("StaleLog", "", Reference("Orders"));
        Service("SyntaxError", "class {");
        Service("NoRules", "", """<Target Name="Faster" BeforeTargets="CoreCompile"><ItemGroup><Analyzer Remove="@(Analyzer)" /></ItemGroup></Target>""");
        string[] projects = ["tools/Brittle/Brittle.csproj", "tools/Newer/Newer.csproj", .. Directory.EnumerateFiles(Path.Combine(repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)];
        repository.Write("Shop.slnx", $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>").Commit();
        Build = Run("Shop.slnx");
    }

    /// <summary>The first build, of everything.</summary>
    internal Command Build { get; }

    internal Command Run(string path, params IEnumerable<string> arguments) => repository.DotNet(["build", path, "-nologo", "-tl:off", "-p:ScorecardReport=true", .. arguments]);

    internal ServiceRepository Files => repository;

    internal string OutcomesFile(string service) => Path.Combine(repository.Output, "src", service, service, "outcomes.json");

    internal OutcomesDocument Outcomes(string service) => OutcomesDocument.Read(OutcomesFile(service));

    internal Outcome Outcome(string service, string key) => Outcomes(service).Outcomes.Single(outcome => outcome.Key == key);

    public void Dispose() => repository.Dispose();

    ServiceRepository Service(string name, string code, string items = "") => repository
        .Write($"src/{name}/Code.cs", code)
        .Write($"src/{name}/Program.cs", "WebApplication.CreateBuilder(args).Build().Run();\n")
        .Write($"src/{name}/{name}.csproj", Project("Microsoft.NET.Sdk.Web", items));

    static string Project(string sdk, string items) => $"""
        <Project Sdk="{sdk}">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" />
            <ProjectReference Include="../../tools/Brittle/Brittle.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
          </ItemGroup>
          {items}
        </Project>
        """;

    static string Logs(string name) => $"<PropertyGroup><ErrorLog>../../artifacts/{name}.sarif,version=2.1</ErrorLog></PropertyGroup>";

    static string Reference(string name) => $"""<ItemGroup><ProjectReference Include="../{name}/{name}.csproj" /></ItemGroup>""";
}
