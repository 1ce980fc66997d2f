using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Log;

/// <summary>An option of code style that keeps its rule from running, beside a severity that would have it run: what csc of SDK 10.0.401 reported, and what the stamp says.</summary>
public sealed class StyleOptionsTests
{
    const string Naming = "dotnet_naming_rule.types.symbols = types\ndotnet_naming_rule.types.style = pascal\n";

    static readonly TestProject Service = TestProject.Service("Console.WriteLine();").With("TargetFramework", "net10.0").With("EffectiveAnalysisLevelStyle", "10.0");

    /// <summary>The comment says what csc reported of a violation, with an error log and without.</summary>
    [Theory]
    // Nothing.
    [InlineData("IDE0011", "csharp_prefer_braces = true:none", "csharp_prefer_braces (Program.cs)")]
    [InlineData("IDE0011", "csharp_prefer_braces = true:silent", "csharp_prefer_braces (Program.cs)")]
    [InlineData("IDE0011", "csharp_prefer_braces = true:refactoring", "csharp_prefer_braces (Program.cs)")]
    [InlineData("IDE0011", "CSharp_Prefer_Braces = true : silent # by habit", "csharp_prefer_braces (Program.cs)")]
    [InlineData("IDE0009", "dotnet_style_qualification_for_field = true:silent", "dotnet_style_qualification_for_field (Program.cs)")]
    [InlineData("IDE1006", $"{Naming}dotnet_naming_rule.types.severity = none", "dotnet_naming_rule.types.severity (Program.cs)")]
    // Nothing of the built-in types, and of the others.
    [InlineData("IDE0007", "csharp_style_var_for_built_in_types = true:silent\ncsharp_style_var_elsewhere = true:warning", "csharp_style_var_for_built_in_types (Program.cs)")]
    // The finding, as a warning.
    [InlineData("IDE0011", "csharp_prefer_braces = true", null)]
    [InlineData("IDE0011", "csharp_prefer_braces = true:suggestion", null)]
    [InlineData("IDE0011", "csharp_prefer_braces = true:warning", null)]
    [InlineData("IDE0011", "csharp_prefer_braces = true:default", null)]
    [InlineData("IDE0011", "csharp_prefer_braces = true:Silent", null)]
    [InlineData("IDE0011", "csharp_prefer_braces = true:silent:warning", null)]
    [InlineData("IDE0011", "csharp_style_var_elsewhere = true:none", null)]
    [InlineData("IDE1006", $"{Naming}dotnet_naming_rule.types.severity = silent", null)]
    [InlineData("IDE1006", $"{Naming}dotnet_naming_rule.types.severity = None", null)]
    [InlineData("IDE1006", "dotnet_naming_rule.types.severity = none", null)]
    public async Task OptionThatKeepsItsRuleFromRunningSwitchesItOff(string id, string option, string? by)
    {
        foreach (var severity in (string[])[$"dotnet_diagnostic.{id}.severity = warning", "dotnet_analyzer_diagnostic.category-Style.severity = warning", "dotnet_analyzer_diagnostic.severity = warning"])
        {
            var off = await OffAsync(Mapping(id) with { EditorConfig = $"[*.cs]\n{option}\n{severity}\n" });
            Assert.Equal(by, off.GetValueOrDefault(id));
            Assert.Equal(severity.Contains("category", StringComparison.Ordinal) ? by : null, off.GetValueOrDefault($"{id}@style"));
        }
    }

    /// <summary>Below 9 csc reports what the id has a severity for, unless the option says none.</summary>
    [Theory]
    [InlineData("8.0", "none", true)]
    [InlineData("8.0", "silent", false)]
    [InlineData("", "silent", false)]
    [InlineData("9.0", "silent", true)]
    [InlineData("11.0", "refactoring", true)]
    public async Task AnalysisLevelDecidesWhetherSilentIsHeeded(string level, string severity, bool isOff)
    {
        var project = Mapping("IDE0011").With("EffectiveAnalysisLevelStyle", level) with { EditorConfig = $"[*.cs]\ncsharp_prefer_braces = true:{severity}\ndotnet_diagnostic.IDE0011.severity = warning\n" };
        Assert.Equal(isOff, (await OffAsync(project)).ContainsKey("IDE0011"));
    }

    /// <summary>csc reported what stands in the other file.</summary>
    [Fact]
    public async Task OptionForSomeFilesIsToldWithThose()
    {
        var project = (Mapping("IDE0011") with { EditorConfig = "[*.cs]\ndotnet_diagnostic.IDE0011.severity = warning\n[Order.cs]\ncsharp_prefer_braces = true:none\n" }).WithSource("Order.cs", "");
        Assert.Equal(new() { ["IDE0011"] = "csharp_prefer_braces (Order.cs)" }, await OffAsync(project));
    }

    [Theory]
    [InlineData("", "csharp_prefer_braces = true:none\ndotnet_diagnostic.IDE0011.severity = none", ".editorconfig (Program.cs)")]
    [InlineData("dotnet_diagnostic.IDE0011.severity = warning\ncsharp_prefer_braces = true:none", "", "csharp_prefer_braces (Program.cs)")]
    public async Task SeverityOfItsOwnIsNamedFirst(string global, string files, string by) =>
        Assert.Equal(by, (await OffAsync(Mapping("IDE0011") with { GlobalConfig = $"{global}\n", EditorConfig = $"[*.cs]\n{files}\n" }))["IDE0011"]);

    /// <summary>Of an SDK to come nobody here knows which option governs which rule; those that are known govern what they did.</summary>
    [Theory]
    [InlineData("IDE0999", "csharp_style_of_tomorrow = true:none", true)]
    [InlineData("IDE0999", "csharp_style_of_tomorrow = true:warning", false)]
    [InlineData("IDE0999", "csharp_prefer_braces = true:none", false)]
    [InlineData("IDE0999", "dotnet_code_quality.CA9999.api_surface = a:none", false)]
    [InlineData("IDE0055", "csharp_style_of_tomorrow = true:none", false)]
    public async Task UnknownOptionLeavesAnUnknownRuleUnseen(string id, string option, bool isUnseen)
    {
        var project = Mapping(id) with { EditorConfig = $"[*.cs]\n{option}\ndotnet_diagnostic.{id}.severity = warning\n" };
        var stamp = Assert.Single(await RuleTest.AnalyzeAsync(project, new SCORE0001Collector()));
        Assert.Equal(isUnseen, stamp.Properties["unseen"]!.Contains("csharp_style_of_tomorrow", StringComparison.Ordinal));
        Assert.Empty(await OffAsync(project));
    }

    /// <summary>The analyzers of the SDK that runs, which say themselves by what each id is governed. A later one may have ids that the table lacks: those it treats as unknown.</summary>
    [Fact]
    public void TableIsThatOfTheSdk()
    {
        var host = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var sdk = Directory.GetDirectories(Path.Combine(host, "sdk")).MaxBy(folder => Version.TryParse(Path.GetFileName(folder), out var version) ? version : new Version())!;
        var analyzers = Path.Combine(sdk, "Sdks", "Microsoft.NET.Sdk", "codestyle", "cs");
        var context = new AssemblyLoadContext("code style", isCollectible: true);
        context.Resolving += (_, name) => new[] { analyzers, Path.Combine(sdk, "Roslyn", "bincore") }.Select(folder => Path.Combine(folder, $"{name.Name}.dll")).FirstOrDefault(File.Exists) is { } file ? context.LoadFromAssemblyPath(file) : null;
        // Those of the SDK, where the test has older ones.
        foreach (var name in (string[])["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"])
            context.LoadFromAssemblyPath(Path.Combine(sdk, "Roslyn", "bincore", $"{name}.dll"));
        Assembly[] assemblies = [.. new[] { "Microsoft.CodeAnalysis.CodeStyle", "Microsoft.CodeAnalysis.CSharp.CodeStyle" }.Select(name => context.LoadFromAssemblyPath(Path.Combine(analyzers, $"{name}.dll")))];
        foreach (var analyzer in assemblies.SelectMany(TypesOf).Where(type => !type.IsAbstract && type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "DiagnosticAnalyzerAttribute")))
            Activator.CreateInstance(analyzer, nonPublic: true);
        var mapped = assemblies[0].GetType("Microsoft.CodeAnalysis.Diagnostics.IDEDiagnosticIdToOptionMappingHelper", throwOnError: true)!.GetMethod("TryGetMappedOptions")!;
        var ids = Enumerable.Range(0, 3000).Select(number => $"IDE{number:0000}").Where(id => !StyleOptions.IsUnknown(id)).ToArray();
        Assert.InRange(ids.Count(id => OptionsOf(id).Length > 0), 80, 200);
        Assert.All(ids, id => Assert.Equal((id, ""), (id, string.Join(' ', OptionsOf(id).Where(option => !StyleOptions.Governs(option, id))))));

        string[] OptionsOf(string id)
        {
            object?[] arguments = [id, LanguageNames.CSharp, null];
            return mapped.Invoke(null, arguments) is true ? [.. ((IEnumerable)arguments[2]!).Cast<object>().Select(option => Value(option, "Definition")).Where(IsStyle).Select(definition => (string)Value(definition, "ConfigName"))] : [];
        }

        // A template of a header, say, has no severity behind it.
        static bool IsStyle(object definition) => ((Type)Value(definition, "Type")).Name.StartsWith("CodeStyleOption", StringComparison.Ordinal);

        static object Value(object of, string property) => of.GetType().GetProperties().First(one => one.Name == property).GetValue(of)!;

        // Some need what only an editor has.
        static IEnumerable<Type> TypesOf(Assembly assembly)
        {
            try
            {
                return assembly.GetTypes();
            }
            catch (ReflectionTypeLoadException e)
            {
                return e.Types.OfType<Type>();
            }
        }
    }

    static TestProject Mapping(string id) => Service with { Properties = Service.Properties.SetItem("scorecard_mapped", id).SetItem("scorecard_hidden", id) };

    static async Task<Dictionary<string, string>> OffAsync(TestProject project) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Assert.Single(await RuleTest.AnalyzeAsync(project, new SCORE0001Collector())).Properties["off"]!)!;
}
