using System.Text.RegularExpressions;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>Who gave a rule its severity, as the collector, the compiler and the files each know a part of it.</summary>
public sealed partial class EvaluatorTests
{
    const string Off = "\"configuration\": { \"enabled\": false }";
    const string Noted = "\"configuration\": { \"level\": \"note\" }";
    const string Shown = "\"configuration\": { \"level\": \"warning\" }";

    /// <summary>The severity of a category outweighs one for all analyzers: the collector answers for each category, and csc ran the rule.</summary>
    [Theory]
    [InlineData("ACME0001", true, OutcomeState.Fail, "1 finding")]
    [InlineData("ACME0001", false, OutcomeState.Pass, null)]
    [InlineData("ACME*", true, OutcomeState.Fail, "1 finding")]
    public void CategoryOutweighsSeverityForAllAnalyzers(string diagnostics, bool isFound, OutcomeState state, string? reason)
    {
        var stamp = """
            "off": "{\"ACME0001\":\".editorconfig (Program.cs)\"}", "ownFiles": "1", "categories": "usage", "named": "ACME0001",
            "offInBulk": "{\"*,ACME0001\":\"/repo/shop/src/Shop/Program.cs\",\"*@usage\":\"\"}"
            """;
        var outcome = OfAcme(diagnostics, isExternal: false, stamp, [Shown], isFound);
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    /// <summary>What holds for the rule's category is said behind its id.</summary>
    [Theory]
    [InlineData("{\\\"ACME0001@usage\\\":\\\"NoWarn or -nowarn\\\"}", "", OutcomeState.Skip, "switched off by NoWarn or -nowarn")]
    [InlineData("{}", "ACME0001@usage", OutcomeState.Pass, "1 file was not looked at, where .editorconfig switches off all analyzers")]
    [InlineData("{\\\"ACME0001@design\\\":\\\".editorconfig (Program.cs)\\\"}", "ACME0001@design", OutcomeState.Pass, null)]
    public void AnswerForTheRulesOwnCategoryCounts(string off, string inBulk, OutcomeState state, string? reason)
    {
        var stamp = $$"""
            "off": "{{off}}", "ownFiles": "4", "categories": "design,usage", "named": "ACME0001", "offInBulk": "{\"{{inBulk}}\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}"
            """;
        var outcome = OfAcme("ACME0001", isExternal: true, stamp, [Off, Shown]);
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    /// <summary>csc reported it: whatever the stamp says, that it did not is not so. Only a build that observes shows what another would not, and only of ours.</summary>
    [Theory]
    [InlineData("SCORE2001", "SCORE2001", "true", OutcomeState.Pass)]
    [InlineData("SCORE2001", "SCORE2001", "", OutcomeState.Fail)]
    [InlineData("SCORE2001", "SCORE2005", "true", OutcomeState.Fail)]
    [InlineData("ACME0001", "ACME0001", "true", OutcomeState.Fail)]
    public void FindingInAFileThatIsOffForAllAnalyzersIsNoneOfOursWhereTheBuildOnlyObserves(string id, string off, string observes, OutcomeState state)
    {
        var stamp = $$"""
            "off": "{}", "observes": "{{observes}}", "named": "ACME0001", "offInBulk": "{\"{{off}},*\":\"/repo/shop/src/Shop/Order.cs|/repo/shop/src/Shop/Program.cs\"}"
            """;
        Assert.Equal(state, OfAcme(id, isExternal: true, stamp, [Off, Shown], isFound: true).State);
    }

    /// <summary>The collector knows every severity of an id that the build names, and no section that means none of the project's files is one.</summary>
    [Theory]
    [InlineData("[**/*.Tests/**.cs]")]
    [InlineData("[*Tests.cs]")]
    [InlineData("[*.vb]")]
    public void SectionThatMeansNoFileOfTheProjectSwitchesNamedIdNotOff(string section)
    {
        var stamp = """
            "off": "{}", "ownFiles": "4", "named": "ACME0001", "severityFiles": "/repo/shop/.editorconfig", "offInBulk": "{\"ACME0001,*\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}"
            """;
        var outcome = OfAcme("ACME0001", isExternal: true, stamp, [Off, Shown], files: ("/repo/shop/.editorconfig",
            ["[**/Migrations/*.cs]", "dotnet_analyzer_diagnostic.severity = none", section, "dotnet_diagnostic.ACME0001.severity = none"]));
        Assert.Equal((OutcomeState.Pass, "1 file was not looked at, where .editorconfig(2) switches off all analyzers"), (outcome.State, outcome.Reason));
    }

    /// <summary>As under <c>[*.g.cs]</c>: the collector asks of the project's own files only. One that is hidden by default, and called off there, has the levels of a suggestion that is.</summary>
    [Theory]
    [InlineData("ACME0001", false, OutcomeState.Pass)]
    [InlineData("ACME0002", false, OutcomeState.Skip)]
    [InlineData("ACME0001", true, OutcomeState.NotEvaluated)]
    public void NamedIdThatIsOffInWhatTheBuildWritesIsOn(string named, bool isNote, OutcomeState state) =>
        Assert.Equal(state, OfAcme("ACME0001", isExternal: true, $$""" "off": "{}", "ownFiles": "1", "named": "{{named}}" """, [Off, isNote ? Noted : Shown], isNote: isNote).State);

    /// <summary>As with one that a package's analyzer hides by default: a severity for all analyzers in some files, or one of its own in others, makes it no rule that has looked at the rest.</summary>
    [Theory]
    [InlineData("ACME0001", true, OutcomeState.NotEvaluated, Off, Noted)]
    [InlineData("ACME0001", false, OutcomeState.NotEvaluated, Noted, Shown)]
    [InlineData("ACME0001", false, OutcomeState.NotEvaluated, Noted)]
    [InlineData("ACME*", true, OutcomeState.NotEvaluated, Off, Noted)]
    [InlineData("ACME*", false, OutcomeState.NotEvaluated, Noted, Shown)]
    [InlineData("ACME*", false, OutcomeState.NotEvaluated, Noted)]
    [InlineData("ACME0001", true, OutcomeState.Pass, Off, Shown)]
    public void NoteThatTheCompilerCallsOffSomewhereIsNoPass(string diagnostics, bool isBulkOff, OutcomeState state, params string[] overrides)
    {
        var stamp = $$"""
            "off": "{}", "ownFiles": "4", "named": "{{(diagnostics == "ACME0001" ? diagnostics : "")}}", "offInBulk": "{{(isBulkOff ? """{\"ACME0001,*\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}""" : "{}")}}"
            """;
        var outcome = OfAcme(diagnostics, isExternal: true, stamp, overrides, isNote: true);
        Assert.Equal(state, outcome.State);
        if (state == OutcomeState.NotEvaluated)
            Assert.Contains("ACME0001 may be hidden by default", outcome.Reason, StringComparison.Ordinal);
    }

    /// <summary>A package's global config may have done it, which no file tells; a section for a few files has not.</summary>
    [Theory]
    [InlineData(4, "ACME0001 switched off by configuration")]
    [InlineData(1, "ACME0001 switched off by .editorconfig(2)")]
    public void SectionForAFewFilesIsNotAccusedOfAll(int own, string reason)
    {
        var stamp = $$"""
            "off": "{}", "ownFiles": "{{own}}", "severityFiles": "/repo/shop/.editorconfig", "offInBulk": "{\"*\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}"
            """;
        var outcome = OfAcme("ACME* SCORE2005", isExternal: true, stamp, [Off], files: ("/repo/shop/.editorconfig", ["[**/Migrations/*.cs]", "dotnet_analyzer_diagnostic.severity = none"]));
        Assert.Equal((OutcomeState.Skip, reason), (outcome.State, outcome.Reason));
    }

    [Theory]
    [InlineData("usage", OutcomeState.Pass)]
    [InlineData("design", OutcomeState.NotEvaluated)]
    public void HiddenIdThatItsCategoryShowsRan(string category, OutcomeState state)
    {
        var stamp = $$"""
            "off": "{}", "ownFiles": "1", "categories": "{{category}}", "named": "ACME0001", "unseen": "{\"ACME0001\":\"is hidden by default\"}"
            """;
        Assert.Equal(state, OfAcme("ACME0001", isExternal: false, stamp, [Shown]).State);
    }

    /// <summary>The project lies in src/Shop.</summary>
    [Theory]
    [InlineData("", OutcomeState.Pass)]
    [InlineData("/repo/shop/src/Shared", OutcomeState.Skip)]
    public void SectionThatMeansLinkedSourcesSwitchesOffWhatAWildcardMeans(string linked, OutcomeState state)
    {
        var stamp = $$"""
            "off": "{}", "ownFiles": "4", "linkedFolders": "{{linked}}", "severityFiles": "/repo/shop/src/Shared/.editorconfig", "offInBulk": "{\"*\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}"
            """;
        Assert.Equal(state, OfAcme("ACME*", isExternal: true, stamp, [Off, Shown], files: ("/repo/shop/src/Shared/.editorconfig", ["[*.cs]", "dotnet_diagnostic.ACME0001.severity = none"])).State);
    }

    /// <summary>The file above means no file of the project, whatever stands in it.</summary>
    [Theory]
    [InlineData("root = true", null, "src/Shop/.editorconfig(3)")]
    [InlineData("Root: TRUE # ours", null, "src/Shop/.editorconfig(3)")]
    [InlineData("root = false", null, "src/Shop/.editorconfig(3), .editorconfig(3)")]
    [InlineData("[*.cs]", "root = true", "src/Shop/.editorconfig(3), .editorconfig(3)")]
    [InlineData("root = true", "/repo/shop/src/Shared", "src/Shop/.editorconfig(3), .editorconfig(3)")]
    public void RootAmongEditorConfigsKeepsOutThoseAbove(string first, string? linked, string named)
    {
        var stamp = $$"""
            "off": "{\"ACME0001\":\".editorconfig (Program.cs)\"}", "named": "ACME0001", "linkedFolders": "{{(linked?[0] == '/' ? linked : "")}}", "severityFiles": "/repo/shop/.editorconfig|/repo/shop/src/Shop/.editorconfig"
            """;
        const string off = "dotnet_diagnostic.ACME0001.severity = none";
        var outcome = OfAcme("ACME0001", isExternal: true, stamp, [Off], files: [("/repo/shop/.editorconfig", ["root = true", "[*.cs]", off]), ("/repo/shop/src/Shop/.editorconfig", [first, linked?[0] == 'r' ? linked : "[*.cs]", off])]);
        Assert.Equal((OutcomeState.Skip, $"switched off by {named} (Program.cs)"), (outcome.State, outcome.Reason));
    }

    [Theory]
    [InlineData("root = true", OutcomeState.Pass)]
    [InlineData("", OutcomeState.Skip)]
    public void EditorConfigAboveARootSwitchesNothingOff(string first, OutcomeState state)
    {
        var stamp = """
            "off": "{}", "ownFiles": "4", "severityFiles": "/repo/shop/.editorconfig|/repo/shop/src/.editorconfig", "offInBulk": "{\"*\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}"
            """;
        Assert.Equal(state, OfAcme("ACME*", isExternal: true, stamp, [Off, Shown], files: [("/repo/shop/.editorconfig", ["[*.cs]", "dotnet_diagnostic.ACME0001.severity = none"]), ("/repo/shop/src/.editorconfig", [first])]).State);
    }

    /// <summary>What a rule comes to that an analyzer's ACME0001 feeds, of the category Usage, or others.</summary>
    /// <param name="isExternal">Whether the compiler says that it was off for a part of the compilation.</param>
    /// <param name="stamp">Members of the stamp as JSON, instead of those that it has.</param>
    /// <param name="overrides">What the compiler says of it, a set of files each.</param>
    static Outcome OfAcme(string diagnostics, bool isExternal, string stamp, string[] overrides, bool isFound = false, bool isNote = false, params (string Path, string[] Lines)[] files) =>
        OfAcme(new RuleConfiguration(Diagnostics: diagnostics.Split(' ')), AcmeLog(isExternal, stamp, overrides, isFound, isNote), files);

    static Outcome OfAcme(RuleConfiguration rule, string log, params (string Path, string[] Lines)[] files) =>
        Of(Evaluate("pass", input => With("several", rule)(input) with
        {
            Service = input.Service with { Log = LogOf(log) },
            ReadSource = path => files.FirstOrDefault(file => file.Path == path).Lines,
        }), "several");

    static string AcmeLog(bool isExternal, string stamp, string[] overrides, bool isFound = false, bool isNote = false, string id = "ACME0001")
    {
        var log = WithStamp(File.ReadAllText(LogFile(isFound ? "fail" : "pass")), stamp)
            .Replace("\"rules\": [", $$"""
                "rules": [ { "id": "{{id}}", {{(isNote ? "\"defaultConfiguration\": { \"level\": \"note\" }, " : "")}}"properties": { "category": "Usage" {{(isExternal ? ", \"suppressionKinds\": [\"external\"]" : "")}} } },
                """, StringComparison.Ordinal)
            .Replace("\"ruleConfigurationOverrides\": [", $"\"ruleConfigurationOverrides\": [ {string.Concat(overrides.Select(one => $$""" { "descriptor": { "id": "{{id}}" }, {{one}} }, """))}", StringComparison.Ordinal);
        return !isFound ? log : log.Replace("\"results\": [", $$"""
            "results": [ { "ruleId": "{{id}}", "message": { "text": "m" }, "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "file:///repo/shop/src/Shop/Program.cs" }, "region": { "startLine": 2, "startColumn": 1 } } } ] },
            """, StringComparison.Ordinal);
    }

    /// <summary>A log with members of the stamp as JSON, instead of those that it has.</summary>
    static string WithStamp(string log, string stamp) =>
        new Regex("\"(\\w+)\": \"").Matches(stamp).Select(member => member.Groups[1].Value).Except(["off"])
            .Aggregate(log, (text, member) => text.Replace($"\"{member}\": \"", $"\"instead of {member}\": \"", StringComparison.Ordinal))
            .Replace("\"off\": \"{}\"", stamp, StringComparison.Ordinal);
}
