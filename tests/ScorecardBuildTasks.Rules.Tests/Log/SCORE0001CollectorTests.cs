using System.Text.Json;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Log;

public sealed class SCORE0001CollectorTests
{
    static readonly TestProject Service = TestProject.Service("Console.WriteLine();")
        .With("TargetFramework", "net10.0").With("ScorecardConfigurationHash", "abc");

    [Fact]
    public async Task LogIsStamped()
    {
        var stamp = await StampAsync(Service);

        Assert.Equal((DiagnosticSeverity.Info, Location.None), (stamp.Severity, stamp.Location));
        Assert.Equal(("1", "Checkout", "net10.0", "service", "abc", "{}"), (
            stamp.Properties["format"], stamp.Properties["assembly"], stamp.Properties["targetFramework"], stamp.Properties["projectKind"], stamp.Properties["configurationHash"], stamp.Properties["off"]));
        Assert.StartsWith("0.", stamp.Properties["rulesVersion"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWarnIsNamed() =>
        Assert.Equal("NoWarn or -nowarn", (await OffAsync(Service with { NoWarn = ["SCORE2001", "CS0168"] }))["SCORE2001"]);

    /// <summary>A crash would not show either.</summary>
    [Fact]
    public async Task WarningLevelThatDropsAllIsNamed()
    {
        var off = await OffAsync(Service with { WarningLevel = 0 });
        Assert.Equal(["WarningLevel=0", "WarningLevel=0", "WarningLevel=0"], new[] { "SCORE2001", "AD0001", "CS8785" }.Select(id => off[id]));
    }

    [Fact]
    public async Task WarningLevelThatDropsWhatTheCompilerSaysIsNamed() => Assert.Equal(
        new() { ["CS0618"] = "WarningLevel=1" }, await OffAsync(Service with { WarningLevel = 1, Properties = Service.Properties.SetItem("scorecard_mapped", "CS0618,CA2007") }));

    [Fact]
    public async Task RulesetThatDropsAllIsNamed()
    {
        var off = await OffAsync(Service with { General = ReportDiagnostic.Suppress });
        Assert.Equal(["a ruleset, for all that it does not name", "a ruleset, for all that it does not name"], new[] { "SCORE2001", "AD0001" }.Select(id => off[id]));
    }

    [Fact]
    public async Task DocumentationThatIsNotWrittenIsNotRead() => Assert.Equal(
        new() { ["CS1591"] = "GenerateDocumentationFile, which is not set" }, await OffAsync(Service with { Properties = Service.Properties.SetItem("scorecard_mapped", "CS1591,CS0618") }));

    [Theory]
    [InlineData("AD0001")]
    [InlineData("CS8785")]
    [InlineData("CS8032")]
    [InlineData("CS9057")]
    public async Task HiddenCrashIsNamed(string id) => Assert.Equal("NoWarn or -nowarn", (await OffAsync(Service with { NoWarn = [id] }))[id]);

    [Theory]
    [InlineData("none")]
    [InlineData("silent")]
    public async Task GlobalConfigIsNamed(string severity) => Assert.Equal(
        new() { ["SCORE2001"] = "global analyzer config" }, await OffAsync(Service with { GlobalConfig = $"dotnet_diagnostic.SCORE2001.severity = {severity}\n" }));

    [Theory]
    [InlineData("none")]
    [InlineData("silent")]
    public async Task EditorConfigIsNamedWithItsFiles(string severity) => Assert.Equal(
        new() { ["SCORE1001"] = ".editorconfig (Program.cs)" }, await OffAsync(Service with { EditorConfig = $"[Program.cs]\ndotnet_diagnostic.SCORE1001.severity = {severity}\n" }));

    [Fact]
    public async Task ManyFilesAreCountedAndGeneratedOnesAreNot()
    {
        var project = Service with { EditorConfig = "[*.cs]\ndotnet_diagnostic.SCORE4008.severity = none\n" };
        for (var i = 0; i < 4; i++)
            project = project.WithSource($"A{i}.cs", "");
        Assert.Equal(".editorconfig (Program.cs, A0.cs, A1.cs and 2 more)", (await OffAsync(project))["SCORE4008"]);
    }

    [Theory]
    [InlineData("dotnet_analyzer_diagnostic.severity = none")]
    [InlineData("dotnet_analyzer_diagnostic.category-Testing.severity = none")]
    public async Task BulkSettingIsNamed(string setting) =>
        Assert.Equal(".editorconfig (Program.cs)", (await OffAsync(Service with { EditorConfig = $"[Program.cs]\n{setting}\n" }))["SCORE3001"]);

    /// <summary>csc asks for the category as it is, and no key may have a space.</summary>
    [Theory]
    [InlineData("dotnet_analyzer_diagnostic.category-Observability Best Practices.severity = none")]
    [InlineData("dotnet_analyzer_diagnostic.category-Observability-Best-Practices.severity = none")]
    public async Task CategoryWithSpacesIsOutOfReachOfBulkSettings(string setting)
    {
        var project = Service with { EditorConfig = $"[*.cs]\n{setting}\n" };
        Assert.DoesNotContain("SCORE2001", await OffAsync(project));
        Assert.Contains(await RuleTest.AnalyzeAsync(TestProject.Service("Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args).Build().Run();") with { EditorConfig = project.EditorConfig }, new SCORE2001TracingIsWired()), diagnostic => diagnostic.Id == "SCORE2001");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("silent")]
    public async Task BulkSettingDoesNotConcernTheCompilersOwn(string severity)
    {
        var off = await OffAsync(Service with { Properties = Service.Properties.SetItem("scorecard_mapped", "CS0612,CA1510"), EditorConfig = $"[*.cs]\ndotnet_analyzer_diagnostic.severity = {severity}\n" });
        Assert.Contains("SCORE3001", off.Keys);
        Assert.Contains("CA1510", off.Keys);
        Assert.Empty(off.Keys.Intersect(["AD0001", "CS8032", "CS8785", "CS9057", "CS0612"]));
        Assert.Equal("NoWarn or -nowarn", (await OffAsync(Service with { NoWarn = ["CS8785"] }))["CS8785"]);
    }

    [Fact]
    public async Task OwnSeverityOutweighsBulkSetting() => Assert.DoesNotContain(
        "SCORE3001", await OffAsync(Service with { EditorConfig = "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.SCORE3001.severity = warning\n" }));

    [Fact]
    public async Task RaisedSeverityIsNotOff() =>
        Assert.Empty(await OffAsync(Service with { EditorConfig = "[*.cs]\ndotnet_diagnostic.SCORE3001.severity = error\n", GlobalConfig = "dotnet_diagnostic.SCORE2001.severity = suggestion\n" }));

    [Fact]
    public async Task FileThatAsksForARuleOutweighsTheGlobalConfig()
    {
        var project = Service with { GlobalConfig = "dotnet_diagnostic.SCORE4008.severity = none\n", EditorConfig = "[Program.cs]\ndotnet_diagnostic.SCORE4008.severity = warning\n" };
        Assert.Empty(await OffAsync(project));
        Assert.Equal(".editorconfig (Quiet.cs)", (await OffAsync((project with { EditorConfig = project.EditorConfig + "[Quiet.cs]\ndotnet_diagnostic.SCORE4008.severity = none\n" }).WithSource("Quiet.cs", "")))["SCORE4008"]);
    }

    /// <summary>It runs where it is asked for, and in no other file.</summary>
    [Theory]
    [InlineData("SCORE4008", "global analyzer config (Order.cs)")]
    [InlineData("CA1510", "AnalysisMode=None (Order.cs)")]
    public async Task GlobalConfigIsNamedWithTheFilesThatDoNotAskForTheRule(string id, string by)
    {
        var project = (Service with { GlobalConfig = $"dotnet_diagnostic.{id}.severity = none\n", EditorConfig = $"[Program.cs]\ndotnet_diagnostic.{id}.severity = warning\n", Properties = Service.Properties.SetItem("scorecard_mapped", "CA1510") })
            .With("ScorecardAnalysisLevel", "AnalysisMode=None").WithSource("Order.cs", "");
        Assert.Equal(new() { [id] = by }, await OffAsync(project));
    }

    /// <summary>Usings.g.cs lies there.</summary>
    [Theory]
    [InlineData("[*.g.cs]\ndotnet_analyzer_diagnostic.severity = none\n")]
    [InlineData("[**/obj/*.cs]\ndotnet_diagnostic.SCORE4008.severity = none\ndotnet_diagnostic.SCORE1001.severity = none\n")]
    [InlineData("[**/obj/*.cs]\ndotnet_analyzer_diagnostic.category-Testing.severity = silent\n")]
    public async Task SeverityOfWhatTheBuildWritesSwitchesNothingOff(string editorConfig) => Assert.Empty(await OffAsync(Service with { EditorConfig = editorConfig }));

    /// <summary>Its finding stands at the entry point, in Program.cs.</summary>
    [Theory]
    [InlineData("[Order.cs]\ndotnet_diagnostic.{0}.severity = none\n", "SCORE1001", null)]
    [InlineData("[Program.cs]\ndotnet_diagnostic.{0}.severity = none\n", "SCORE1001", ".editorconfig (Program.cs)")]
    [InlineData("[Program.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "SCORE1001", ".editorconfig (Program.cs)")]
    [InlineData("[Order.cs]\ndotnet_diagnostic.{0}.severity = none\n", "SCORE4008", ".editorconfig (Order.cs)")]
    [InlineData("[Order.cs]\ndotnet_analyzer_diagnostic.category-Testing.severity = none\n", "SCORE3004", ".editorconfig (Order.cs)")]
    [InlineData("[Order.cs]\ndotnet_analyzer_diagnostic.category-Testing.severity = none\n", "SCORE3001", null)]
    public async Task RuleOnWhatIsLackingIsOffWhereItsFindingWouldStand(string editorConfig, string id, string? by) =>
        Assert.Equal(by, (await OffAsync((Service with { EditorConfig = editorConfig.Replace("{0}", id, StringComparison.Ordinal) }).WithSource("Order.cs", ""))).GetValueOrDefault(id));

    /// <summary>It means the files and no rule, but where it leaves a rule none.</summary>
    [Theory]
    [InlineData("[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "SCORE4008", null, "Init.cs")]
    [InlineData("[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = silent\n", "CA1510", null, "Init.cs")]
    [InlineData("[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "*", null, "Init.cs")]
    [InlineData("[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "SCORE1001", null, null)]
    [InlineData("[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.SCORE4008.severity = warning\n", "SCORE4008", null, null)]
    [InlineData("[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Testing.severity = warning\n", "SCORE3004", null, null)]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "SCORE4008", ".editorconfig (Program.cs, Init.cs)", "Program.cs Init.cs")]
    [InlineData("[*.g.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "*", null, "")]
    [InlineData("[*.cs]\ndotnet_diagnostic.SCORE4008.severity = none\n", "*", null, null)]
    public async Task SeverityForAllAnalyzersInSomeFilesIsToldByFile(string editorConfig, string id, string? by, string? files)
    {
        var project = (Service with { EditorConfig = editorConfig, Properties = Service.Properties.SetItem("scorecard_mapped", "CA1510") }).WithSource("Migrations/Init.cs", "");
        Assert.Equal(by, (await OffAsync(project)).GetValueOrDefault(id));
        Assert.Equal(files, await OffInBulkAsync(project, id));
    }

    /// <summary>csc lets it reach no id that a property or a ruleset speaks of, whatever that says.</summary>
    [Theory]
    [InlineData(ReportDiagnostic.Default)]
    [InlineData(ReportDiagnostic.Warn)]
    public async Task SeverityForAllAnalyzersDoesNotReachWhatAPropertySpeaksOf(ReportDiagnostic specific)
    {
        foreach (var id in (string[])["SCORE4008", "CA1510"])
        {
            var project = (Service with { EditorConfig = "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", Specific = [(id, specific)], Properties = Service.Properties.SetItem("scorecard_mapped", "CA1510") }).WithSource("Migrations/Init.cs", "");
            Assert.DoesNotContain(id, await OffAsync(project));
            Assert.Null(await OffInBulkAsync(project, id));
        }
    }

    /// <summary>Which category a rule of another analyzer is of only its analyzer knows: where one has a severity, the stamp answers for a rule of that too.</summary>
    [Theory]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "CA5351", ".editorconfig (Program.cs, Init.cs)", "Program.cs Init.cs")]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "CA5351@security", null, null)]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "*@security", null, "")]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n[Program.cs]\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "CA5351@security", null, "Init.cs")]
    [InlineData("[Init.cs]\ndotnet_analyzer_diagnostic.category-Security.severity = none\n", "CA5351@security", ".editorconfig (Init.cs)", "Init.cs")]
    [InlineData("[Init.cs]\ndotnet_analyzer_diagnostic.category-Security.severity = none\n", "CA5351", null, null)]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.category-Security.severity = none\ndotnet_diagnostic.CA5351.severity = warning\n", "CA5351@security", null, null)]
    public async Task CategoryOfAnotherAnalyzersRuleIsAnsweredFor(string editorConfig, string key, string? by, string? files)
    {
        var project = (Service with { EditorConfig = editorConfig, Properties = Service.Properties.SetItem("scorecard_mapped", "CA5351") }).WithSource("Migrations/Init.cs", "");
        Assert.Equal(by, (await OffAsync(project)).GetValueOrDefault(key));
        Assert.Equal(files, await OffInBulkAsync(project, key));
        Assert.Equal(("security", "CA5351"), ((await StampAsync(project)).Properties.GetValueOrDefault("categories"), (await StampAsync(project)).Properties.GetValueOrDefault("named")));
    }

    /// <summary>It is no analyzer's, and is watched in any case.</summary>
    [Fact]
    public async Task CrashThatARuleIsFedByIsWatchedOnce()
    {
        var project = Service with { Properties = Service.Properties.SetItem("scorecard_mapped", "AD0001,AD0001"), EditorConfig = "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n" };
        Assert.DoesNotContain("AD0001", await OffAsync(project));
        Assert.Equal(1, (await StampAsync(project with { NoWarn = ["AD0001"] })).Properties["off"]!.Split("AD0001").Length - 1);
    }

    /// <summary>Their findings stand in the tests' sources, which no section of the service's files reaches; the rules themselves heed their own severity.</summary>
    [Theory]
    [InlineData("SCORE3002")]
    [InlineData("SCORE3003")]
    public async Task SeverityForAllAnalyzersDoesNotReachRulesOnTests(string id)
    {
        Assert.DoesNotContain(id, await OffAsync(Service with { EditorConfig = "[Program.cs]\ndotnet_analyzer_diagnostic.severity = none\n" }));
        Assert.DoesNotContain(id, await OffAsync(Service with { EditorConfig = "[Program.cs]\ndotnet_analyzer_diagnostic.category-Testing.severity = none\n" }));
        Assert.Equal(".editorconfig (Program.cs)", (await OffAsync(Service with { EditorConfig = $"[Program.cs]\ndotnet_diagnostic.{id}.severity = none\n" }))[id]);
    }

    [Theory]
    [InlineData("/repo/src/Shared/Money.cs", "/repo/src/Shared")]
    [InlineData("/repo/src/Checkout/Migrations/Init.cs", null)]
    public async Task FoldersOfLinkedSourcesAreStamped(string file, string? folder) =>
        Assert.Equal(folder, (await StampAsync(Service with { Sources = [.. Service.Sources, (file, "")] })).Properties.GetValueOrDefault("linkedFolders")?.Replace('\\', '/'));

    [Theory]
    [InlineData("SCORE2001,SCORE4008", "true")]
    [InlineData("", null)]
    public async Task BuildThatOnlyObservesIsStamped(string observes, string? stamped) =>
        Assert.Equal(stamped, (await StampAsync(Service with { Properties = Service.Properties.SetItem("scorecard_observe", observes) })).Properties.GetValueOrDefault("observes"));

    /// <summary>What the build itself says of a rule of ours is not what the user says.</summary>
    [Theory]
    [InlineData("SCORE2001,SCORE4008", "suggestion", "Init.cs")]
    [InlineData("SCORE2001,SCORE4008", "warning", null)]
    [InlineData("SCORE2001", "suggestion", null)]
    public async Task BuildThatOnlyObservesIsStampedAsAnother(string observed, string global, string? files)
    {
        var project = (Service with
        {
            EditorConfig = "[**/Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n",
            GlobalConfig = $"dotnet_diagnostic.SCORE4008.severity = {global}\n",
            Properties = Service.Properties.SetItem("scorecard_observe", observed),
        }).WithSource("Migrations/Init.cs", "");
        Assert.Equal(files, await OffInBulkAsync(project, "SCORE4008"));
        Assert.Null(await OffInBulkAsync(project with { Properties = Service.Properties }, "SCORE4008"));
    }

    [Fact]
    public async Task GlobalSeverityOutweighsBulkSetting() => Assert.DoesNotContain(
        "SCORE3001", await OffAsync(Service with { GlobalConfig = "dotnet_diagnostic.SCORE3001.severity = suggestion\n", EditorConfig = "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n" }));

    [Fact]
    public async Task MappedRuleOfAnotherAnalyzerIsNamedLikeOneOfOurs()
    {
        var project = Service with
        {
            Properties = Service.Properties.SetItem("scorecard_mapped", "CA1510,CA2007,MA0004,S2259"),
            NoWarn = ["CA2007", "CA1000"],
            GlobalConfig = "dotnet_diagnostic.CA1510.severity = none\n",
            EditorConfig = "[Program.cs]\ndotnet_diagnostic.MA0004.severity = none\n",
        };
        Assert.Equal(new() { ["CA2007"] = "NoWarn or -nowarn", ["CA1510"] = "global analyzer config", ["MA0004"] = ".editorconfig (Program.cs)" }, await OffAsync(project));
    }

    /// <summary>Each once, though a name and a wildcard mean it.</summary>
    [Fact]
    public async Task WhatAWildcardMeansIsNamedWhereAPropertySwitchesItOff() => Assert.Equal(
        new() { ["VSTHRD200"] = "NoWarn or -nowarn", ["MA0004"] = "NoWarn or -nowarn", ["MA0011"] = "NoWarn or -nowarn", ["SCORE2001"] = "NoWarn or -nowarn" },
        await OffAsync(Service with
        {
            NoWarn = ["VSTHRD200", "MA0004", "MA0011", "MA0101", "CA1000", "SCORE2001"],
            Properties = Service.Properties.SetItem("scorecard_mapped", "CA2012,MA0004").SetItem("scorecard_mapped_wildcards", "MA00*,MA001?,SCORE*,VSTHRD*"),
        }));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("dotnet_diagnostic.IDE0011.severity = suggestion", "", false)]
    [InlineData("", "dotnet_diagnostic.IDE0011.severity = warning", false)]
    [InlineData("", "dotnet_analyzer_diagnostic.severity = warning", false)]
    [InlineData("", "csharp_prefer_braces = true:warning", true)]
    public async Task HiddenDiagnosticThatNothingShowsIsUnseen(string global, string files, bool unseen)
    {
        var project = Service with { Properties = Service.Properties.SetItem("scorecard_hidden", "IDE0011"), GlobalConfig = global + "\n", EditorConfig = $"[*.cs]\n{files}\n" };
        Assert.Equal(unseen, (await StampAsync(project)).Properties["unseen"]!.Contains("IDE0011", StringComparison.Ordinal));
    }

    /// <summary>Of which category it is only its analyzer knows.</summary>
    [Theory]
    [InlineData("dotnet_analyzer_diagnostic.category-Security.severity = warning", null)]
    [InlineData("dotnet_analyzer_diagnostic.category-Security.severity = warning\ndotnet_analyzer_diagnostic.severity = none", null)]
    [InlineData("dotnet_analyzer_diagnostic.category-Security.severity = none\ndotnet_analyzer_diagnostic.severity = warning", "is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic.CA5351.severity = suggestion")]
    public async Task CategoryShowsAHiddenDiagnosticOfIt(string setting, string? why)
    {
        var project = Service with { Properties = Service.Properties.SetItem("scorecard_hidden", "CA5351"), EditorConfig = $"[*.cs]\n{setting}\n" };
        Assert.Equal(why, JsonSerializer.Deserialize<Dictionary<string, string>>((await StampAsync(project)).Properties["unseen"]!)!.GetValueOrDefault("CA5351@security"));
    }

    /// <summary>Whatever its category has.</summary>
    [Theory]
    [InlineData("IDE0005")]
    [InlineData("IDE0005@style")]
    public async Task HiddenDiagnosticThatTheBuildCannotReportIsUnseenInEveryCategory(string key)
    {
        var project = Service with { Properties = Service.Properties.SetItem("scorecard_hidden", "IDE0005"), EditorConfig = "[*.cs]\ndotnet_analyzer_diagnostic.category-Style.severity = warning\n", Documentation = DocumentationMode.None };
        Assert.Contains("GenerateDocumentationFile", JsonSerializer.Deserialize<Dictionary<string, string>>((await StampAsync(project)).Properties["unseen"]!)!.GetValueOrDefault(key), StringComparison.Ordinal);
    }

    /// <summary>The build tells the property where no global config of the user's may have done it.</summary>
    [Theory]
    [InlineData("AnalysisMode=None", "CA1510", "AnalysisMode=None")]
    [InlineData("AnalysisMode=None", "S2259", "global analyzer config")]
    [InlineData("", "CA1510", "global analyzer config")]
    public async Task AnalysisLevelThatSwitchesOffIsNamed(string level, string id, string by)
    {
        var project = (Service with { Properties = Service.Properties.SetItem("scorecard_mapped", id) }).With("ScorecardAnalysisLevel", level);
        Assert.Equal(by, (await OffAsync(project with { GlobalConfig = $"dotnet_diagnostic.{id}.severity = none\n" }))[id]);
        Assert.Equal(".editorconfig (Program.cs)", (await OffAsync(project with { EditorConfig = $"[Program.cs]\ndotnet_diagnostic.{id}.severity = none\n" }))[id]);
        Assert.Equal("NoWarn or -nowarn", (await OffAsync(project with { NoWarn = [id], GlobalConfig = $"dotnet_diagnostic.{id}.severity = none\n" }))[id]);
        Assert.Empty(await OffAsync(project));
    }

    /// <summary>Order.cs is the service's as well as Program.cs; what the build writes needs no severity.</summary>
    [Theory]
    [InlineData("[Program.cs]\ndotnet_diagnostic.IDE0011.severity = warning\n", "is hidden by default, and no severity of .editorconfig reaches Order.cs")]
    [InlineData("[Program.cs]\ndotnet_analyzer_diagnostic.severity = warning\n", "is hidden by default, and no severity of .editorconfig reaches Order.cs")]
    [InlineData("[Program.cs]\ndotnet_diagnostic.IDE0011.severity = warning\n[Order.cs]\ndotnet_analyzer_diagnostic.severity = suggestion\n", null)]
    [InlineData("[**/obj/*.cs]\ndotnet_diagnostic.IDE0011.severity = warning\n", "is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic.IDE0011.severity = suggestion")]
    public async Task SeverityOfSomeFilesShowsNoOthers(string editorConfig, string? why)
    {
        var project = (Service with { Properties = Service.Properties.SetItem("scorecard_hidden", "IDE0011"), EditorConfig = editorConfig }).WithSource("Order.cs", "class Order;");
        Assert.Equal(why, JsonSerializer.Deserialize<Dictionary<string, string>>((await StampAsync(project)).Properties["unseen"]!)!.GetValueOrDefault("IDE0011"));
    }

    [Fact]
    public async Task NullableDiagnosticIsOffWhereNothingEnablesIt()
    {
        var project = Service with { Properties = Service.Properties.SetItem("scorecard_mapped", "CS0612,CS8602,CS8603") };
        Assert.Empty(await OffAsync(project));
        var off = await OffAsync(project with { Nullable = false });
        Assert.Equal(["CS8602", "CS8603"], off.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Nullable, which is not enabled", off["CS8602"]);
        Assert.Empty(await OffAsync((project with { Nullable = false }).WithSource("Careful.cs", "#nullable enable\nclass Careful;")));
        Assert.NotEmpty(await OffAsync((project with { Nullable = false }).WithSource("Annotated.cs", "#nullable enable annotations\nclass Annotated;")));
    }

    /// <summary>A wildcard means more than can be listed; what of it is known goes off together.</summary>
    [Fact]
    public async Task WildcardOfNullableDiagnosticsIsOffWhereNothingEnablesThem()
    {
        var project = Service with { Properties = Service.Properties.SetItem("scorecard_mapped", "CS01*,CS860?,CS86*") };
        Assert.Empty(await OffAsync(project));
        Assert.Empty(await OffAsync(project with { NoWarn = ["CS8618"] }));
        var off = await OffAsync(project with { Nullable = false });
        Assert.Equal(["CS86*", "CS860?"], off.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Nullable, which is not enabled", off["CS86*"]);
        Assert.Equal("NoWarn or -nowarn; Nullable, which is not enabled", (await OffAsync(project with { Nullable = false, NoWarn = ["CS8618"] }))["CS86*"]);
    }

    /// <summary>It says that an annotation has no effect.</summary>
    [Theory]
    [InlineData("CS8632")]
    [InlineData("CS8669")]
    public async Task DiagnosticThatIsGivenWhereNullableIsNotEnabledIsNotOff(string id) =>
        Assert.Empty(await OffAsync(Service with { Nullable = false, Properties = Service.Properties.SetItem("scorecard_mapped", id) }));

    /// <summary>Program.cs is the service's, and Usings.g.cs below obj is the build's.</summary>
    [Theory]
    [InlineData("[*.cs]\ngenerated_code = true", "class Order;", "2", "2", "0")]
    [InlineData("[Order.cs]\ngenerated_code = true", "class Order;", "2", "1", "0")]
    [InlineData("[Order.cs]\ngenerated_code = false", "// <auto-generated/>\nclass Order;", "2", "0", "0")]
    [InlineData(null, "// <auto-generated/>\nclass Order;", "2", "0", "1")]
    [InlineData(null, "/* <autogenerated> */ class Order;", "2", "0", "1")]
    [InlineData(null, "class Order; // <auto-generated/>", "2", "0", "0")]
    [InlineData(null, "// Written by hand.\nclass Order;", "2", "0", "0")]
    public async Task OwnSourcesThatAreCalledGeneratedAreCounted(string? editorConfig, string code, string own, string byConfiguration, string byHeader)
    {
        var stamp = await StampAsync((Service with { EditorConfig = editorConfig }).WithSource("Order.cs", code));
        Assert.Equal((own, byConfiguration, byHeader), (stamp.Properties["ownFiles"], stamp.Properties["generatedByConfiguration"], stamp.Properties["generatedByHeader"]));
    }

    [Theory]
    [InlineData("Order.g.cs")]
    [InlineData("Order.Designer.cs")]
    [InlineData("Order.generated.cs")]
    [InlineData("obj/Debug/net10.0/Order.cs")]
    public async Task SourceThatIsGeneratedByItsNameOrPlaceIsNoOwn(string file)
    {
        var stamp = await StampAsync((Service with { EditorConfig = "[*.cs]\ngenerated_code = true" }).WithSource(file, "// <auto-generated/>\nclass Order;"));
        Assert.Equal(("1", "1", "0"), (stamp.Properties["ownFiles"], stamp.Properties["generatedByConfiguration"], stamp.Properties["generatedByHeader"]));
    }

    [Fact]
    public async Task IdThatTheCompilerDoesNotHaveIsUnseen()
    {
        var stamp = await StampAsync(Service with { Properties = Service.Properties.SetItem("scorecard_mapped", "CS0618,CS8602,CS9999,CS86*,CA2007") });
        Assert.Equal("""{"CS9999":"is no diagnostic of this compiler"}""", stamp.Properties["unseen"]);
    }

    [Theory]
    [InlineData(null, "is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic.CS8933.severity = suggestion")]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = warning\n", "is hidden by default; give it a severity in .editorconfig, such as dotnet_diagnostic.CS8933.severity = suggestion")]
    [InlineData("[*.cs]\ndotnet_diagnostic.CS8933.severity = suggestion\n", null)]
    public async Task IdThatTheCompilerHidesIsUnseenWithoutASeverityOfItsOwn(string? editorConfig, string? why)
    {
        var stamp = await StampAsync(Service with { EditorConfig = editorConfig, Properties = Service.Properties.SetItem("scorecard_mapped", "CS0618,CS8933") });
        Assert.Equal(why, JsonSerializer.Deserialize<Dictionary<string, string>>(stamp.Properties["unseen"]!)!.GetValueOrDefault("CS8933"));
    }

    [Theory]
    [InlineData("library", "CA1510,CA1822")]
    [InlineData("service", null)]
    public async Task WhatTheBuildKeepsQuietIsStampedForALibrary(string kind, string? stamped)
    {
        var project = (Service with { Properties = Service.Properties.SetItem("scorecard_quiet", "CA1510,CA1822") }).With("ScorecardProjectKind", kind);
        Assert.Equal(stamped, (await StampAsync(project)).Properties.GetValueOrDefault("quiet"));
    }

    [Theory]
    [InlineData("Acme.Preset", "Acme.Preset")]
    [InlineData("", null)]
    public async Task PresetThatTheBuildOfALibraryLacksIsStamped(string missing, string? stamped)
    {
        var project = (Service with { Properties = Service.Properties.SetItem("scorecard_quiet", "CA1510").SetItem("scorecard_missing_presets", missing) }).WithKind("library");
        Assert.Equal(stamped, (await StampAsync(project)).Properties.GetValueOrDefault("missingPresets"));
    }

    [Fact]
    public async Task NothingIsStampedWhereThePackageIsNotActive() =>
        Assert.Empty(await RuleTest.AnalyzeAsync(Service with { Properties = Service.Properties.Remove("build_property.ScorecardProjectKind") }, new SCORE0001Collector()));

    [Fact]
    public async Task CollectorCannotBeSwitchedOff() => Assert.Equal("SCORE0001", (await StampAsync(Service with
    {
        NoWarn = ["SCORE0001"],
        EditorConfig = "[*.cs]\ndotnet_diagnostic.SCORE0001.severity = none\n",
        GlobalConfig = "dotnet_diagnostic.SCORE0001.severity = none\n",
    })).Id);

    static async Task<Diagnostic> StampAsync(TestProject project) => Assert.Single(await RuleTest.AnalyzeAsync(project, new SCORE0001Collector()));

    /// <summary>The names of the files, null where the stamp has no word of the id.</summary>
    static async Task<string?> OffInBulkAsync(TestProject project, string id) =>
        (await StampAsync(project)).Properties.GetValueOrDefault("offInBulk") is { } json
        && JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.SingleOrDefault(files => files.Key.Split(',').Contains(id)).Value is { } files
            ? string.Join(' ', files.Split('|').Select(Path.GetFileName))
            : null;

    static async Task<Dictionary<string, string>> OffAsync(TestProject project) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>((await StampAsync(project)).Properties["off"]!)!;
}
