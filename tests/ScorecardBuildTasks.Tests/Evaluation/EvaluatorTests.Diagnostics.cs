using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>A rule that several diagnostics feed passes only where each that it names is there and on.</summary>
public sealed partial class EvaluatorTests
{
    [Theory]
    [InlineData("nowarn", "SCORE2001 SCORE2005", OutcomeState.Skip, "SCORE2001 switched off by NoWarn or -nowarn")]
    [InlineData("nowarn", "SCORE2005 SCORE2001 S2259", OutcomeState.NotEvaluated, "no analyzer that reports S2259 is loaded")]
    [InlineData("pass", "SCORE2005 S2259", OutcomeState.NotEvaluated, "no analyzer that reports S2259 is loaded")]
    [InlineData("pass", "CA1510", OutcomeState.NotEvaluated, "no analyzer that reports CA1510 is loaded; the SDK's own run with <EnableNETAnalyzers>true</EnableNETAnalyzers> or an AnalysisLevel of 5 or above")]
    [InlineData("pass", "SCORE2005 VSTHRD* S2259", OutcomeState.NotEvaluated, "no analyzer that reports VSTHRD*, S2259 is loaded")]
    [InlineData("nowarn", "SCORE2*", OutcomeState.Pass, "SCORE2001 switched off by NoWarn or -nowarn")]
    [InlineData("nowarn", "SCORE2* !SCORE2001", OutcomeState.Pass, null)]
    [InlineData("nowarn", "SCORE2001 SCORE2005 !SCORE2001", OutcomeState.Pass, null)]
    [InlineData("nowarn", "SCORE2001* SCORE2005", OutcomeState.Skip, "SCORE2001 switched off by NoWarn or -nowarn")]
    [InlineData("fail", "SCORE2001 S2259", OutcomeState.Fail, "1 finding")]
    public void EachDiagnosticThatARuleNamesMustHaveRun(string log, string diagnostics, OutcomeState state, string? reason)
    {
        var outcome = Of(Evaluate(log, With("several", new RuleConfiguration(Diagnostics: diagnostics.Split(' ')))), "several");
        Assert.Equal((state, reason, state == OutcomeState.Skip), (outcome.State, outcome.Reason, outcome.SwitchedOff));
    }

    [Theory]
    [InlineData("pass", "CS8602", OutcomeState.Pass, null)]
    [InlineData("pass", "CS0612 CS0618", OutcomeState.Pass, null)]
    [InlineData("pass", "CS86*", OutcomeState.Pass, null)]
    [InlineData("pass", "CS8602 S2259", OutcomeState.NotEvaluated, "no analyzer that reports S2259 is loaded")]
    [InlineData("no-analyzers", "CS8602", OutcomeState.NotEvaluated, null)]
    public void CompilerIsTheAnalyzerOfItsOwnDiagnostics(string log, string diagnostics, OutcomeState state, string? reason)
    {
        var document = Evaluate(log, With("compiler", new RuleConfiguration(Diagnostics: diagnostics.Split(' '))));
        if (log == "no-analyzers")
            Assert.NotNull(document.NotEvaluated);
        else
            Assert.Equal((state, reason), (Of(document, "compiler").State, Of(document, "compiler").Reason));
    }

    [Theory]
    [InlineData("CS8602", "CS8602", "switched off by Nullable, which is not enabled")]
    [InlineData("CS86*", "CS86*", "switched off by Nullable, which is not enabled")]
    [InlineData("CS86*", "CS86* CS0618", "CS86* switched off by Nullable, which is not enabled")]
    public void DiagnosticOfTheCompilerMayBeOff(string off, string diagnostics, string reason)
    {
        var log = File.ReadAllText(LogFile("pass")).Replace("\"off\": \"{}\"", $$""" "off": "{\"{{off}}\":\"Nullable, which is not enabled\"}" """, StringComparison.Ordinal);
        var run = Run("pass", "Shop") with { Log = LogOf(log) };
        var outcome = Of(Evaluate("pass", input => With("compiler", new RuleConfiguration(Diagnostics: diagnostics.Split(' ')))(input) with { Service = run }), "compiler");
        Assert.Equal((OutcomeState.Skip, true, reason), (outcome.State, outcome.SwitchedOff, outcome.Reason));
    }

    /// <summary>Most of what it means is on.</summary>
    [Theory]
    [InlineData("CS8*", OutcomeState.Pass, "CS86* switched off by Nullable, which is not enabled")]
    [InlineData("CS*", OutcomeState.Pass, "CS86* switched off by Nullable, which is not enabled")]
    [InlineData("CS8* !CS86*", OutcomeState.Pass, null)]
    [InlineData("CS01*", OutcomeState.Pass, null)]
    public void KindOfTheCompilersThatIsOffIsToldOfAWildcardThatMeansMore(string diagnostics, OutcomeState state, string? reason)
    {
        var log = File.ReadAllText(LogFile("pass")).Replace("\"off\": \"{}\"", """ "off": "{\"CS86*\":\"Nullable, which is not enabled\"}" """, StringComparison.Ordinal);
        var outcome = Of(Evaluate("pass", input => With("compiler", new RuleConfiguration(Diagnostics: diagnostics.Split(' ')))(input) with { Service = input.Service with { Log = LogOf(log) } }), "compiler");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    [Theory]
    [InlineData(".editorconfig (Program.cs, Order.cs)", ".editorconfig(3) (Program.cs, Order.cs)", "[*.cs]", "dotnet_diagnostic.SCORE2005.severity = none", "  dotnet_diagnostic.score2001.severity = silent # by habit")]
    [InlineData(".editorconfig (Program.cs)", ".editorconfig(1), .editorconfig(3) (Program.cs)", "dotnet_diagnostic.SCORE2001.severity=none", "[Program.cs]", "dotnet_diagnostic.SCORE2001.severity=none")]
    [InlineData(".editorconfig (Program.cs)", ".editorconfig(2) (Program.cs)", "dotnet_analyzer_diagnostic.category-Testing.severity = none", "dotnet_analyzer_diagnostic.severity = none", "dotnet_diagnostic.SCORE2001.severity = default")]
    [InlineData(".editorconfig (Program.cs)", ".editorconfig (Program.cs)", "dotnet_diagnostic.SCORE2001.severity = warning", "# dotnet_diagnostic.SCORE2001.severity = none")]
    [InlineData("global analyzer config", "global analyzer config build/shop.globalconfig(2)", "is_global = true", "dotnet_diagnostic.SCORE2001.severity = none")]
    [InlineData("NoWarn or -nowarn", "build/shop.ruleset(2)", "<Rules>", "<Rule Id=\"SCORE2001\" Action=\"None\" />")]
    [InlineData("NoWarn or -nowarn", "NoWarn or -nowarn", "<Rule Id=\"SCORE2001\" Action=\"Info\" />", "<Rule Id=\"SCORE2005\" Action=\"None\" />")]
    [InlineData("WarningLevel=0", "WarningLevel=0", "dotnet_diagnostic.SCORE2001.severity = none")]
    public void FileAndLineThatSwitchARuleOffAreNamed(string who, string named, params string[] lines)
    {
        var log = File.ReadAllText(LogFile("pass"))
            .Replace("\"off\": \"{}\"", $$""" "off": "{\"SCORE2001\":\"{{who}}\"}", "severityFiles": "/repo/shop/.editorconfig|/repo/shop/build/shop.globalconfig|/repo/shop/build/shop.ruleset" """, StringComparison.Ordinal);
        var file = who[0] == 'g' ? "build/shop.globalconfig" : who[0] == 'N' ? "build/shop.ruleset" : ".editorconfig";
        var outcome = Of(Evaluate("pass", input => input with { Service = input.Service with { Log = LogOf(log) }, ReadSource = path => path == $"/repo/shop/{file}" ? lines : null }));
        Assert.Equal((OutcomeState.Skip, $"switched off by {named}"), (outcome.State, outcome.Reason));
    }

    /// <summary>csc says of every rule that it is off for some files and on for others.</summary>
    [Theory]
    [InlineData("SCORE2005", "SCORE2005,*", OutcomeState.Pass, "1 file was not looked at, where .editorconfig(2) switches off all analyzers")]
    [InlineData("SCORE2005", "*", OutcomeState.Pass, null)]
    [InlineData("ACME0001", "SCORE2005,*", OutcomeState.Pass, "1 file was not looked at, where .editorconfig(2) switches off all analyzers")]
    [InlineData("ACME0001", "SCORE2005,*", OutcomeState.Skip, "switched off by .editorconfig(3)", "dotnet_diagnostic.ACME0001.severity = none")]
    [InlineData("ACME0001", "SCORE2005,*", OutcomeState.Skip, "switched off by .editorconfig(3)", "dotnet_analyzer_diagnostic.category-Usage.severity = silent")]
    public void SeverityForAllAnalyzersInSomeFilesLeavesARuleTheOthers(string id, string stamped, OutcomeState state, string? reason, params string[] more)
    {
        var inBulk = $$"""{\"{{stamped}}\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}""";
        var log = WithStamp(File.ReadAllText(LogFile("pass")), $$""" "off": "{}", "ownFiles": "4", "severityFiles": "/repo/shop/.editorconfig", "offInBulk": "{{inBulk}}" """)
            .Replace("\"rules\": [", """
                "rules": [ { "id": "ACME0001", "properties": { "category": "Usage", "suppressionKinds": ["external"] } },
                """, StringComparison.Ordinal)
            .Replace("\"ruleConfigurationOverrides\": [", $$"""
                "ruleConfigurationOverrides": [ { "descriptor": { "id": "{{id}}" }, "configuration": { "enabled": false } }, { "descriptor": { "id": "{{id}}" }, "configuration": { "level": "warning" } },
                """, StringComparison.Ordinal);
        string[] lines = ["[src/Shop/Migrations/*.cs]", "dotnet_analyzer_diagnostic.severity = none", .. more];
        var outcome = Of(Evaluate("pass", input => With("several", new RuleConfiguration(Diagnostics: [id]))(input) with { Service = input.Service with { Log = LogOf(log) }, ReadSource = path => path == "/repo/shop/.editorconfig" ? lines : null }), "several");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    /// <summary>The stamp knows of none that only a wildcard means, but where a property switches it off.</summary>
    [Theory]
    [InlineData("ACME0001 switched off by .editorconfig(2)", "[*.cs]", "dotnet_diagnostic.ACME0001.severity = none")]
    [InlineData("ACME0001 switched off by .editorconfig(2)", "[*.cs]", "dotnet_analyzer_diagnostic.category-Usage.severity = none")]
    [InlineData("ACME0001 switched off by configuration", "[*.cs]", "dotnet_diagnostic.ACME0002.severity = none")]
    public void FileThatSwitchesOffWhatAWildcardMeansIsNamed(string reason, params string[] lines)
    {
        var log = File.ReadAllText(LogFile("pass"))
            .Replace("\"rules\": [", """
                "rules": [ { "id": "ACME0001", "properties": { "category": "Usage", "suppressionKinds": ["external"] } }, { "id": "ACME0003", "properties": { "category": "Usage" } },
                """, StringComparison.Ordinal)
            .Replace("\"ruleConfigurationOverrides\": [", """ "ruleConfigurationOverrides": [ { "descriptor": { "id": "ACME0001" }, "configuration": { "enabled": false } }, """, StringComparison.Ordinal)
            .Replace("\"off\": \"{}\"", """ "off": "{}", "severityFiles": "/repo/shop/.editorconfig" """, StringComparison.Ordinal);
        var outcome = Of(Evaluate("pass", input => With("several", new RuleConfiguration(Diagnostics: ["ACME*"]))(input) with { Service = input.Service with { Log = LogOf(log) }, ReadSource = path => path == "/repo/shop/.editorconfig" ? lines : null }), "several");
        Assert.Equal((OutcomeState.Pass, reason), (outcome.State, outcome.Reason));
    }

    /// <summary>The project lies in src/Shop.</summary>
    [Theory]
    [InlineData("(Program.cs)", "[tests/**.cs]", "[*.cs]", "src/Shop/.editorconfig(2) (Program.cs)")]
    [InlineData("(Program.cs)", "[*.cs]", "[*.g.cs]", ".editorconfig(2) (Program.cs)")]
    [InlineData("(Program.cs)", "[src/Shop/**.cs] # ours", "[Order.cs]", ".editorconfig(2) (Program.cs)")]
    [InlineData("(Program.cs)", "[{src,tests}/**.cs]", "[{Program,Order}.cs]", "src/Shop/.editorconfig(2), .editorconfig(2) (Program.cs)")]
    [InlineData("(Program.cs, Init.cs)", "[/src/Shop/Program.cs]", "[Migrations/*.cs]", "src/Shop/.editorconfig(2), .editorconfig(2) (Program.cs, Init.cs)")]
    [InlineData("(A.cs, B.cs, C.cs and 2 more)", "[tests/**.cs]", "[D.cs]", "src/Shop/.editorconfig(2) (A.cs, B.cs, C.cs and 2 more)")]
    [InlineData("(Linked.cs)", "[lib/*.cs]", "[Order.cs]", ".editorconfig(2) (Linked.cs)")]
    public void SectionThatMeansOtherFilesSwitchesNothingOff(string files, string ofRoot, string ofProject, string named)
    {
        var log = File.ReadAllText(LogFile("pass"))
            .Replace("\"off\": \"{}\"", $$""" "off": "{\"SCORE2001\":\".editorconfig {{files}}\"}", "linkedFolders": "/repo/shop/lib", "severityFiles": "/repo/shop/.editorconfig|/repo/shop/src/Shop/.editorconfig" """, StringComparison.Ordinal);
        const string off = "dotnet_diagnostic.SCORE2001.severity = none";
        var outcome = Of(Evaluate("pass", input => input with
        {
            Service = input.Service with { Log = LogOf(log) },
            ReadSource = path => path == "/repo/shop/.editorconfig" ? [ofRoot, off] : path == "/repo/shop/src/Shop/.editorconfig" ? [ofProject, off] : null,
        }));
        Assert.Equal((OutcomeState.Skip, $"switched off by {named}"), (outcome.State, outcome.Reason));
    }

    /// <summary>One of them is off in a log where another stands aside.</summary>
    [Fact]
    public void WildcardThatIsPartlyOffIsNoPassOfWhatStandsAside()
    {
        var log = File.ReadAllText(LogFile("undecided")).Replace("\"off\": \"{}\"", """ "off": "{\"SCORE2005\":\"NoWarn or -nowarn\"}" """, StringComparison.Ordinal);
        var run = Run("undecided", "Shop") with { Log = LogOf(log) };
        Assert.Equal(OutcomeState.Skip, Of(Evaluate("undecided", input => With("several", new RuleConfiguration(Diagnostics: ["SCORE2*"]))(input) with { Service = run }), "several").State);
    }

    [Fact]
    public void RuleThatDoesNotSeeWhatItJudgesIsNotEvaluated()
    {
        var log = File.ReadAllText(LogFile("undecided")).Replace("\"state\": \"undecided\"", "\"state\": \"notVisible\"", StringComparison.Ordinal);
        var outcome = Of(Evaluate("undecided", input => input with { Service = input.Service with { Log = LogOf(log) } }));
        Assert.Equal((OutcomeState.NotEvaluated, false), (outcome.State, outcome.Undecided));
        Assert.NotNull(outcome.Reason);
    }

    /// <summary>What the first has nothing to judge for, the second could not tell.</summary>
    [Fact]
    public void EachThatStandsAsideIsWeighed()
    {
        var log = File.ReadAllText(LogFile("undecided")).Replace("\"results\": [", """ "results": [ { "ruleId": "SCORE0002", "message": { "text": "m" }, "properties": { "customProperties": { "rule": "SCORE1001", "state": "notApplicable", "reason": "none here" } } }, """, StringComparison.Ordinal);
        var run = Run("undecided", "Shop") with { Log = LogOf(log) };
        var outcome = Of(Evaluate("undecided", input => With("several", new RuleConfiguration(Diagnostics: ["SCORE1001", "SCORE2001"]))(input) with { Service = run }), "several");
        Assert.Equal((OutcomeState.Skip, true), (outcome.State, outcome.Undecided));
        Assert.StartsWith("undecided: ", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pass", "SCORE2001 SCORE2007", OutcomeState.Pass, null)]
    [InlineData("pass", "SCORE2*", OutcomeState.Pass, null)]
    [InlineData("pass", "SCORE2007 CS*", OutcomeState.Pass, null)]
    [InlineData("pass", "SCORE2007", OutcomeState.Skip, "not applicable: no client is used that has an instrumentation")]
    [InlineData("pass", "SCORE1003 SCORE2007", OutcomeState.Skip, "not applicable: scorecard.json lists no teams; not applicable: no client is used that has an instrumentation")]
    public void OneThatHasNothingToJudgeSaysNothingOfTheOthers(string log, string diagnostics, OutcomeState state, string? reason)
    {
        var outcome = Of(Evaluate(log, With("several", new RuleConfiguration(Diagnostics: diagnostics.Split(' ')))), "several");
        Assert.Equal((state, reason, false, false), (outcome.State, outcome.Reason, outcome.SwitchedOff, outcome.Undecided));
    }

    [Theory]
    [InlineData(OutcomeState.Skip)]
    [InlineData(OutcomeState.Fail)]
    public void WhoeverSwitchesOffAllThatHasSomethingToJudgeSwitchesTheRuleOff(OutcomeState whenOff)
    {
        var outcome = Of(Evaluate("nowarn", With("several", new RuleConfiguration(Diagnostics: ["SCORE200*", "!SCORE2002", "!SCORE2003", "!SCORE2004", "!SCORE2005", "!SCORE2006", "!SCORE2008", "!SCORE2009"], WhenOff: whenOff))), "several");
        Assert.Equal((whenOff, true), (outcome.State, outcome.SwitchedOff));
        Assert.Contains("SCORE2001 switched off by NoWarn or -nowarn", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RuleThatNothingFeedsIsNotEvaluated()
    {
        var outcome = Of(Evaluate("pass", With("packages", new RuleConfiguration(Diagnostics: ["NU*", "!NU190*"]))), "packages");
        Assert.Equal((OutcomeState.NotEvaluated, "no diagnostic feeds it"), (outcome.State, outcome.Reason));
    }

    /// <summary>The compiler calls it a note that was suppressed from without, as it does one that was silenced; who did that the stamp tells.</summary>
    [Theory]
    [InlineData("hidden", "ACME0001", OutcomeState.NotEvaluated, "ACME0001 is hidden by default; give it a severity in .editorconfig")]
    [InlineData("hidden", "ACME0001 SCORE2005", OutcomeState.NotEvaluated, "ACME0001 is hidden by default; give it a severity in .editorconfig")]
    [InlineData("hidden", "ACME* SCORE2005", OutcomeState.NotEvaluated, "ACME0001 is hidden by default; give it a severity in .editorconfig")]
    [InlineData("hidden", "ACME* SYSLIB1*", OutcomeState.NotEvaluated, "ACME0001 is hidden by default; give it a severity in .editorconfig")]
    [InlineData("hidden", "*0001", OutcomeState.Pass, "ACME0001 hidden by default")]
    [InlineData("info", "ACME0001", OutcomeState.Pass, null)]
    [InlineData("shown", "ACME0001", OutcomeState.Pass, null)]
    [InlineData("silenced", "ACME0001", OutcomeState.Skip, "switched off by global analyzer config")]
    public void RuleThatIsHiddenByDefaultIsNoPass(string how, string diagnostics, OutcomeState state, string? reason)
    {
        var suppressed = how is "hidden" or "silenced" ? """, "suppressionKinds": ["external"] """ : "";
        var log = File.ReadAllText(LogFile("pass"))
            .Replace("\"rules\": [", $$"""
                "rules": [ { "id": "ACME0001", "defaultConfiguration": { "level": "note" }, "properties": { "category": "Usage" {{suppressed}} } },
                """, StringComparison.Ordinal);
        if (how is "shown" or "silenced")
            log = log.Replace("\"ruleConfigurationOverrides\": [", """ "ruleConfigurationOverrides": [ { "descriptor": { "id": "ACME0001" }, "configuration": { "level": "note" } }, """, StringComparison.Ordinal);
        if (how is "silenced")
            log = WithStamp(log, """ "off": "{\"ACME0001\":\"global analyzer config\"}" """);
        var run = Run("pass", "Shop") with { Log = LogOf(log) };
        var outcome = Of(Evaluate("pass", input => With("several", new RuleConfiguration(Diagnostics: diagnostics.Split(' ')))(input) with { Service = run }), "several");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void DiagnosticOfSeveralThatIsOffFailsWhereThePolicySaysSo() =>
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("nowarn", With("several", new RuleConfiguration(Diagnostics: ["SCORE2001", "SCORE2005"], WhenOff: OutcomeState.Fail))), "several").State);

    [Fact]
    public void ManySwitchedOffOfAWildcardAreCounted() =>
        Assert.Equal(
            "SYSLIB1045, SYSLIB1054 and 2 more switched off by configuration",
            Of(Evaluate("pass", With("generated", new RuleConfiguration(Diagnostics: ["SYSLIB1*"]))), "generated").Reason);
}
