using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>Each way to silence a rule, an absence rule included, from the source to the outcome.</summary>
public sealed class SuppressionTests
{
    const string Program = "src/Checkout/Program.cs";

    [Fact]
    public void PragmaWithAReasonIsASkipThatSaysIt()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, "#pragma warning disable SCORE2001 // traced by the sidecar\n" + ServiceRepository.Untraced);
        // The serializer's generator suppresses what it has to use, in a source that is on no disk.
        repository.Write("scorecard.json", """{ "rules": { "obsolete": { "name": "Nothing obsolete is used", "diagnostics": ["CS0612", "CS0618"] } } }""")
            .Write("src/Checkout/Order.cs", """
                using System.Text.Json.Serialization;

                [JsonSerializable(typeof(Order))]
                sealed partial class OrderJson : JsonSerializerContext;

                sealed class Order
                {
                    [Obsolete("Number is what is read.")]
                    public int Id { get; set; }

                    public int Number { get; set; }
                }

                """);
        Assert.Empty(repository.Report().Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Skip, "traced by the sidecar");
        var obsolete = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "obsolete");
        Assert.Equal((OutcomeState.Pass, 0), (obsolete.State, obsolete.Suppressed));
        Assert.EndsWith(" suppressed by generated code", obsolete.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PragmaWithoutAReasonIsAFail()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, "#pragma warning disable SCORE2001\n" + ServiceRepository.Untraced);
        Assert.Empty(repository.Report().Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Fail, "without a justification");
    }

    [Theory]
    [InlineData("TODO: remove later")]
    [InlineData("Pending review")]
    [InlineData("SCORE2001: The service is traced")]
    public void PragmaWithWhatStandsInForAReasonIsAFail(string comment)
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, $"#pragma warning disable SCORE2001 // {comment}\n" + ServiceRepository.Untraced);
        repository.Report();
        AssertOutcome(repository, OutcomeState.Fail, "without a justification");
    }

    [Fact]
    public void PolicyOfTheRuleDecidesWhatSuppressedComesTo()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, "#pragma warning disable SCORE2001 // traced by the sidecar\n" + ServiceRepository.Untraced)
            .Write("scorecard.json", """{ "rules": { "SCORE2001": { "suppressed": "fail" } } }""");
        repository.Report();
        AssertOutcome(repository, OutcomeState.Fail, "1 finding suppressed: traced by the sidecar");
        repository.Write("scorecard.json", """{ "rules": { "SCORE2001": { "suppressed": "pass" } } }""").Report("--no-restore");
        AssertOutcome(repository, OutcomeState.Pass, "1 finding suppressed: traced by the sidecar");
    }

    [Fact]
    public void WaiverThatEndsSoonIsToldWhereItIsWritten()
    {
        using var repository = new ServiceRepository();
        var until = DateTimeOffset.UtcNow.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        repository.Write(Program, ServiceRepository.Untraced).Write("scorecard.json", $$"""
            {
              "waivers": [
                { "rule": "SCORE2001", "entity": "checkout", "reason": "planned", "text": "replaced soon", "until": "{{until}}" }
              ]
            }
            """);
        Assert.Contains($"scorecard.json(3,5): warning SCORE0017: the waiver of SCORE2001 for checkout: it ends on {until}; then the rule fails again", Assert.Single(repository.Report().Warnings("SCORE0017")), StringComparison.Ordinal);
        AssertOutcome(repository, OutcomeState.Skip, $"waived until {until}");
    }

    /// <summary>What stopped the evaluation is told; what an earlier one said is no word on this build.</summary>
    [Fact]
    public void EvaluationThatDoesNotFinishLeavesNoReportOfAnEarlierOne()
    {
        using var repository = new ServiceRepository();
        repository.Report();
        var evaluated = Path.Combine(repository.Intermediate, "scorecard.outcomes.json");
        File.Delete(evaluated);
        Directory.CreateDirectory(evaluated);
        var build = repository.Report("-p:ScorecardGate=all");
        Assert.NotEmpty(build.Warnings("SCORE0016"));
        Assert.False(File.Exists(repository.OutcomesFile));
        Assert.DoesNotContain("rules pass", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void SuppressMessageWithAJustificationIsASkipThatSaysIt()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Write("src/Checkout/Suppressions.cs", """
            using System.Diagnostics.CodeAnalysis;
            [assembly: SuppressMessage("Observability Best Practices", "SCORE2001", Justification = "traced by the sidecar")]
            """);
        Assert.Empty(repository.Report().Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Skip, "traced by the sidecar");
    }

    [Fact]
    public void EditorConfigSwitchesTheRuleOffAndIsNamed()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.SCORE2001.severity = none\n");
        Assert.Empty(repository.Report().Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Skip, ".editorconfig");
        Assert.True(repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE2001").SwitchedOff);
    }

    [Fact]
    public void CodeThatIsCalledGeneratedIsNoPass()
    {
        using var repository = new ServiceRepository();
        repository.Write("src/Checkout/Pump.cs", "class Pump { public static async void Start() => await Task.Yield(); }\n").Report();
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE4008"));
        repository.Write("src/Checkout/Pump.cs", "// <auto-generated/>\nclass Pump { public static async void Start() => await Task.Yield(); }\n").Report("--no-restore");
        AssertOutcome(OutcomeState.Pass, "1 file is called generated by its own header and was not looked at");
        repository.Write("src/Checkout/.editorconfig", "[*.cs]\ngenerated_code = true\n").Report("--no-restore");
        AssertOutcome(OutcomeState.Skip, "switched off by .editorconfig (generated_code)");

        void AssertOutcome(OutcomeState state, string reason)
        {
            var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE4008");
            Assert.Equal((state, reason), (outcome.State, outcome.Reason));
        }
    }

    [Fact]
    public void GlobalConfigSwitchesTheRuleOffAndIsNamed()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Write(".globalconfig", "is_global = true\ndotnet_diagnostic.SCORE2001.severity = none\n");
        Assert.Empty(repository.Report().Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Skip, "switched off by global analyzer config .globalconfig(2)");
    }

    [Fact]
    public void RulesetSwitchesTheRuleOffAndIsNamed()
    {
        using var repository = new ServiceRepository();
        repository.Change("src/Checkout/Checkout.csproj", "<Nullable>", "<CodeAnalysisRuleSet>../../build/shop.ruleset</CodeAnalysisRuleSet><Nullable>").Write(Program, ServiceRepository.Untraced).Write("build/shop.ruleset", """
            <?xml version="1.0" encoding="utf-8"?>
            <RuleSet Name="Shop" ToolsVersion="17.0">
              <Rules AnalyzerId="ScorecardBuildTasks.Rules" RuleNamespace="ScorecardBuildTasks.Rules">
                <Rule Id="SCORE2001" Action="None" />
              </Rules>
            </RuleSet>
            """);
        repository.Report();
        AssertOutcome(repository, OutcomeState.Skip, "switched off by build/shop.ruleset(4)");
    }

    [Fact]
    public void NoWarnSwitchesTheRuleOffAndIsNamed()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced);
        repository.Report();
        Assert.Empty(repository.Report("-p:NoWarn=SCORE2001").Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Skip, "NoWarn");
    }

    [Fact]
    public void WaiverIsASkipUntilItEnds()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Write("scorecard.json", Waiver("2999-12-31"));
        Assert.NotEmpty(repository.Report().Warnings("SCORE2001"));
        AssertOutcome(repository, OutcomeState.Skip, "waived until 2999-12-31: planned, replaced soon, SHOP-12");
        Assert.Contains("; the waiver ended on 2020-01-31", repository.Write("scorecard.json", Waiver("2020-01-31")).Report().Output, StringComparison.Ordinal);
        AssertOutcome(repository, OutcomeState.Fail, "the waiver ended on 2020-01-31");

        static string Waiver(string until) => $$"""{ "waivers": [{ "rule": "SCORE2001", "entity": "service:checkout", "reason": "planned", "text": "replaced soon", "ticket": "SHOP-12", "until": "{{until}}" }] }""";
    }

    [Fact]
    public void ObserveModePrintsNothingAndComesToTheSameOutcomes()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.SCORE2008.severity = none\n").Write("src/Checkout/Orders.cs", """
            class Orders(ILogger<Orders> log)
            {
                public void Add(object order)
                {
                    Console.WriteLine(order);
                    log.LogInformation($"Added {order}");
                    try
                    {
                        order.ToString();
                    }
                    catch (Exception)
                    {
                    }
                }

            #pragma warning disable SCORE4008 // the bus takes no other signature
                public async void Sent() => await Task.Delay(1);
            #pragma warning restore SCORE4008
            }
            """);
        Assert.NotEmpty(repository.Report().Warnings("SCORE2001"));
        var warned = File.ReadAllText(repository.OutcomesFile);
        var outcomes = repository.Outcomes.Outcomes.ToDictionary(outcome => outcome.Key);
        Assert.All(["SCORE2001", "SCORE2010", "SCORE2009"], key => Assert.Equal((key, OutcomeState.Fail), (key, outcomes[key].State)));
        Assert.Equal([1, 2, 3], new[] { "SCORE2001", "SCORE2010", "SCORE2009" }.Select(key => outcomes[key].Level));
        Assert.Equal((true, 1), (outcomes["SCORE2008"].SwitchedOff, outcomes["SCORE4008"].Suppressed));

        File.Delete(repository.OutcomesFile);
        var observed = repository.Report("--no-restore", "-p:ScorecardMode=observe");
        Assert.DoesNotContain("warning SCORE", observed.Output, StringComparison.Ordinal);
        Assert.Equal(warned, File.ReadAllText(repository.OutcomesFile));
    }

    /// <summary>A severity of an id outranks one for all rules, wherever it comes from.</summary>
    [Theory]
    [InlineData("src/Checkout/.editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "SCORE2001 SCORE3001", OutcomeState.Skip)]
    [InlineData(".globalconfig", "is_global = true\ndotnet_analyzer_diagnostic.severity = silent\n", "SCORE2001 SCORE3001", OutcomeState.Skip)]
    [InlineData("src/Checkout/.editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-Testing.severity = none\ndotnet_analyzer_diagnostic.category-Performance.severity = warning\n", "SCORE3001", OutcomeState.Fail)]
    [InlineData("src/Checkout/.editorconfig", "[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "", OutcomeState.Pass)]
    [InlineData("src/Checkout/.editorconfig", "[Program.cs]\ndotnet_analyzer_diagnostic.severity = none\n[Migrations/Init.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "SCORE2001 SCORE3001", OutcomeState.Skip)]
    [InlineData(".editorconfig", "[*.g.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "", OutcomeState.Fail)]
    [InlineData(".globalconfig", "is_global = true\ndotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.SCORE4008.severity = suggestion\n", "SCORE2001 SCORE3001", OutcomeState.Fail)]
    // With either our targets, or the user, name every rule of ours to csc, and then neither severity reaches any.
    [InlineData("src/Checkout/.editorconfig", "[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "", OutcomeState.Fail, "-p:TreatWarningsAsErrors=true")]
    [InlineData("src/Checkout/.editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "", OutcomeState.Fail, "-p:TreatWarningsAsErrors=true")]
    [InlineData("src/Checkout/.editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", "", OutcomeState.Fail, "-p:WarningsNotAsErrors=SCORE2001%3BSCORE3001%3BSCORE4008")]
    public void ObserveModeLeavesOffWhatASeverityForAllRulesOrACategorySwitchesOff(string file, string text, string off, OutcomeState migration, params string[] properties)
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Write("src/Checkout/Migrations/Init.cs", "class Init { public static async void Up() => await Task.Yield(); }\n").Write(file, text);
        repository.Report(properties);
        var warned = repository.Outcomes.Outcomes.Select(outcome => (outcome.Key, outcome.State, outcome.SwitchedOff, outcome.Reason)).ToArray();
        Assert.Equal(migration, repository.StateOf("SCORE4008"));
        Assert.Equal(off, string.Join(' ', warned.Where(outcome => outcome is { SwitchedOff: true, Key: "SCORE2001" or "SCORE3001" }).Select(outcome => outcome.Key)));
        Assert.Empty(repository.Report(["--no-restore", "-p:ScorecardMode=observe", .. properties]).Warnings("SCORE2001"));
        Assert.Equal(warned, repository.Outcomes.Outcomes.Select(outcome => (outcome.Key, outcome.State, outcome.SwitchedOff, outcome.Reason)));
    }

    /// <summary>Of a rule of another analyzer csc says the same as where the rule itself is off in some files, and somebody meant it.</summary>
    [Theory]
    [InlineData("[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n", OutcomeState.Pass, "1 file was not looked at, where src/Checkout/.editorconfig(2) switches off all analyzers")]
    [InlineData("[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\n[*Tests.cs]\ndotnet_diagnostic.CA1510.severity = none\n", OutcomeState.Pass, "1 file was not looked at, where src/Checkout/.editorconfig(2) switches off all analyzers")]
    [InlineData("[*.g.cs]\ndotnet_analyzer_diagnostic.severity = none\n", OutcomeState.Fail, "1 finding")]
    [InlineData("[Migrations/*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.CA1510.severity = none\n", OutcomeState.Skip, "switched off by src/Checkout/.editorconfig(3) (Init.cs)")]
    public void SeverityForAllAnalyzersInSomeFilesMeansTheFiles(string text, OutcomeState state, string reason)
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", """{ "rules": { "arguments": { "name": "Arguments are checked the short way", "diagnostics": ["CA1510"] } } }""")
            .Write("src/Checkout/Migrations/Init.cs", "class Init { public static void Up(object order) { if (order is null) throw new ArgumentNullException(nameof(order)); } }\n")
            .Write("src/Checkout/.editorconfig", text);
        repository.Report();
        var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "arguments");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    /// <summary>CA5351 is hidden by default, and csc asks for the category first.</summary>
    [Theory]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "MD5.Create()", OutcomeState.Fail, "1 finding")]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "SHA256.Create()", OutcomeState.Pass, null)]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.category-Security.severity = warning\n", "SHA256.Create()", OutcomeState.Pass, null)]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = warning\ndotnet_analyzer_diagnostic.category-Security.severity = none\n", "MD5.Create()", OutcomeState.Skip, "switched off by src/Checkout/.editorconfig(3) (Hash.cs, Program.cs)")]
    [InlineData("[*.g.cs]\ndotnet_diagnostic.CA5351.severity = none\n", "SHA256.Create()", OutcomeState.Pass, null)]
    public void CategoryOfAnotherAnalyzersRuleOutweighsSeverityForAll(string text, string hash, OutcomeState state, string? reason)
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", """{ "rules": { "hashes": { "name": "No hash is broken", "diagnostics": ["CA5351"] } } }""")
            .Write("src/Checkout/Hash.cs", $"using System.Security.Cryptography;\nstatic class Hash {{ public static HashAlgorithm Of() => {hash}; }}\n")
            .Write("src/Checkout/.editorconfig", text);
        repository.Report();
        var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "hashes");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    /// <summary>csc drops every warning there, a crash of an analyzer too, and its log has no word of it.</summary>
    [Fact]
    public void WarningLevelThatDropsEveryWarningLeavesNothingToPass()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, ServiceRepository.Untraced).Report("-p:WarningLevel=0");
        Assert.All(repository.Outcomes.Outcomes, outcome => Assert.Equal(
            (OutcomeState.NotEvaluated, "AD0001 is switched off (WarningLevel=0), so a crash of this rule would not show"), (outcome.State, outcome.Reason)));
    }

    [Theory]
    [InlineData("dotnet_analyzer_diagnostic.category-Performance.severity = warning")]
    [InlineData("dotnet_analyzer_diagnostic.severity = warning")]
    public void WarningsThatTheUserAskedForByTheirCategoryStay(string severity)
    {
        using var repository = new ServiceRepository();
        repository.Write(".editorconfig", $"[*.cs]\n{severity}\n").Write("src/Checkout/Orders.cs", "sealed class Orders { int count; public int Count() { count++; return One(); } int One() => 1; }\n");
        var reported = repository.Report();
        Assert.NotEmpty(reported.Warnings("CA1822"));
    }

    /// <summary>Which of its rules only suggest is read from the assembly; a suggestion costs the compiler what a warning does.</summary>
    [Fact]
    public void SuggestionOfAPackagesAnalyzerRunsForTheErrorLogWhereARuleIsFedByIt()
    {
        using var repository = new ServiceRepository();
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<PackageReference Include=\"Roslynator.Analyzers\" Version=\"5.0.1\" PrivateAssets=\"all\" /><PackageReference Include=\"OpenTelemetry\"")
            .Write("scorecard.json", """{ "rules": { "parameters": { "name": "Parameters are used", "diagnostics": ["RCS1163"] } } }""")
            .Write("src/Checkout/Orders.cs", "static class Orders { public static int Add(int count, int unused) { int one = 1; return count + one; } }\n");
        repository.Report();
        Assert.Equal(OutcomeState.Fail, repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "parameters").State);
        Assert.False(Suggests("RCS1118"));
        repository.Report("--no-restore", "-p:ScorecardQuietUnmapped=false");
        Assert.True(Suggests("RCS1118"));

        bool Suggests(string id) => File.ReadAllText(Path.Combine(repository.Intermediate, "scorecard.sarif")).Contains($"\"ruleId\": \"{id}\"", StringComparison.Ordinal);
    }

    /// <summary>RCS1163 suggests that a parameter is used; which ids the wildcard means only its analyzer knows.</summary>
    [Theory]
    [InlineData("<NoWarn>$(NoWarn);RCS1163</NoWarn>", null, "RCS1163 switched off by NoWarn or -nowarn")]
    [InlineData("", "dotnet_diagnostic.RCS1163.severity = none", "RCS1163 switched off by src/Checkout/.editorconfig(2)")]
    [InlineData("", "dotnet_analyzer_diagnostic.category-Roslynator.severity = none", "switched off by src/Checkout/.editorconfig(2)")]
    public void WhoSwitchesOffWhatAWildcardMeansIsNamed(string property, string? line, string reason)
    {
        using var repository = new ServiceRepository();
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<PackageReference Include=\"Roslynator.Analyzers\" Version=\"5.0.1\" PrivateAssets=\"all\" /><PackageReference Include=\"OpenTelemetry\"")
            .Change("src/Checkout/Checkout.csproj", "<Nullable>", $"{property}<Nullable>")
            .Write("scorecard.json", """{ "rules": { "parameters": { "name": "Parameters are used", "diagnostics": ["RCS116*"] } } }""")
            .Write("src/Checkout/Orders.cs", "static class Orders { public static int Add(int count, int unused) => count; }\n");
        if (line is not null)
            repository.Write("src/Checkout/.editorconfig", $"[*.cs]\n{line}\n");
        repository.Report();
        var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "parameters");
        Assert.NotEqual(OutcomeState.Fail, outcome.State);
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RuleOfAnotherAnalyzerIsMappedByConfiguration()
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", """{ "rules": { "parsing": { "name": "Arguments are checked the short way", "scorecard": "Code Quality", "level": 3, "diagnostics": ["CA151*"] } } }""")
            .Write("src/Checkout/Orders.cs", "class Orders { public static void Add(object order) { if (order is null) throw new ArgumentNullException(nameof(order)); } }\n");
        var build = repository.Report();
        Assert.Empty(build.Warnings("CA1510"));
        var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "parsing");
        Assert.Equal(OutcomeState.Fail, outcome.State);
        Assert.Equal("src/Checkout/Orders.cs", Assert.Single(outcome.Evidence).File);
    }

    static void AssertOutcome(ServiceRepository repository, OutcomeState state, string reason)
    {
        var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE2001");
        Assert.Equal(state, outcome.State);
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
    }
}
