using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>A pass needs what feeds a rule to be known to have run in all files that it judges, however the rule names it.</summary>
public sealed partial class EvaluatorTests
{
    const string Somewhere = """ "off": "{}", "ownFiles": "4" """;

    static readonly string[] RaisedSomewhere = [Noted, Shown];

    /// <summary>Hidden by default, and a suggestion or a warning in some files.</summary>
    [Theory]
    [InlineData("ACME0001", "ACME0001")]
    [InlineData("ACME0001", "")]
    [InlineData("ACME*", "")]
    [InlineData("ACME* ACME0001", "ACME0001")]
    [InlineData("ACME* SCORE2005", "")]
    [InlineData("ACME0001 SCORE2007", "ACME0001")]
    [InlineData("ACME* SCORE2007", "")]
    public void IdThatRanInAFewFilesIsNotEvaluated(string diagnostics, string named)
    {
        foreach (var (whenOff, categories, overrides) in from whenOff in (OutcomeState[])[OutcomeState.Skip, OutcomeState.Fail]
                                                         from categories in (string[])["", "usage"]
                                                         from overrides in (string[][])[[Noted], RaisedSomewhere]
                                                         select (whenOff, categories, overrides))
        {
            var stamp = $$""" "off": "{}", "ownFiles": "4", "named": "{{named}}", "categories": "{{categories}}" """;
            var outcome = OfAcme(new RuleConfiguration(Diagnostics: diagnostics.Split(' '), WhenOff: whenOff), AcmeLog(isExternal: true, stamp, overrides, isNote: true));
            Assert.Equal(
                (OutcomeState.NotEvaluated, "ACME0001 may be hidden by default where no severity of its own reaches; give it one in .editorconfig for all files, such as dotnet_diagnostic.ACME0001.severity = suggestion"),
                (outcome.State, outcome.Reason));
        }
    }

    /// <summary>SCORE2001 ran everywhere, and the wildcard means both.</summary>
    [Fact]
    public void IdOfAWildcardThatRanInAFewFilesIsARemarkWhereAnotherRanInAll()
    {
        var outcome = OfAcme("*001", isExternal: true, Somewhere, RaisedSomewhere, isNote: true);
        Assert.Equal((OutcomeState.Pass, "ACME0001 may be hidden by default where no severity of its own reaches"), (outcome.State, outcome.Reason));
    }

    /// <summary>What starts as a warning and is out of the log for a part was silenced there by somebody, also where csc has it a note.</summary>
    [Theory]
    [InlineData("switched off by .editorconfig(2)", "[Order.cs]", "dotnet_diagnostic.ACME0001.severity = silent")]
    [InlineData("switched off by .editorconfig(2)", "[Order.cs]", "dotnet_analyzer_diagnostic.category-Usage.severity = silent")]
    [InlineData("switched off by configuration", "[Order.cs]", "dotnet_diagnostic.ACME0001.severity = warning")]
    public void WarningThatAWildcardMeansAndSomebodySilencedForAFewFilesIsOff(string reason, params string[] lines)
    {
        var stamp = Somewhere + """, "severityFiles": "/repo/shop/.editorconfig" """;
        var outcome = OfAcme("ACME*", isExternal: true, stamp, RaisedSomewhere, files: ("/repo/shop/.editorconfig", lines));
        Assert.Equal((OutcomeState.Skip, true, reason), (outcome.State, outcome.SwitchedOff, outcome.Reason));
    }

    [Fact]
    public void SuggestionThatAWildcardMeansAndAFileSilencesIsOff()
    {
        var stamp = Somewhere + """, "severityFiles": "/repo/shop/.editorconfig" """;
        var outcome = OfAcme("ACME*", isExternal: true, stamp, [Noted], isNote: true, files: ("/repo/shop/.editorconfig", ["[Order.cs]", "dotnet_diagnostic.ACME0001.severity = silent"]));
        Assert.Equal((OutcomeState.Skip, "switched off by .editorconfig(2)"), (outcome.State, outcome.Reason));
    }

    /// <summary>Of the SDK's own csc does not say that it was out of the log for a part: CA2200 warns by default.</summary>
    [Theory]
    [InlineData("dotnet_diagnostic.CA2200.severity = silent", OutcomeState.Skip, "switched off by .editorconfig(2)")]
    [InlineData("dotnet_diagnostic.CA2200.severity = suggestion", OutcomeState.Pass, null)]
    public void RuleOfTheSdkThatAWildcardMeansIsOffWhereAFileSaysSo(string line, OutcomeState state, string? reason)
    {
        var stamp = Somewhere + """, "severityFiles": "/repo/shop/.editorconfig" """;
        var outcome = OfAcme(new RuleConfiguration(Diagnostics: ["CA22*"]), AcmeLog(isExternal: false, stamp, RaisedSomewhere, id: "CA2200"), ("/repo/shop/.editorconfig", ["[Order.cs]", line]));
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void RuleOfTheSdkThatASeverityForAllAnalyzersLeavesSomeFilesSaysSo()
    {
        var stamp = Somewhere + """, "offInBulk": "{\"*\":\"/repo/shop/src/Shop/Migrations/Init.cs\"}" """;
        var outcome = OfAcme(new RuleConfiguration(Diagnostics: ["CA22*"]), AcmeLog(isExternal: false, stamp, [Off, Shown], id: "CA2200"));
        Assert.Equal((OutcomeState.Pass, "1 file was not looked at, where .editorconfig switches off all analyzers"), (outcome.State, outcome.Reason));
    }

    /// <summary>csc says nothing of code style that it does not show. The build names what it knows of; a later SDK has more.</summary>
    [Theory]
    [InlineData(OutcomeState.NotEvaluated)]
    [InlineData(OutcomeState.NotEvaluated, Noted, Shown)]
    [InlineData(OutcomeState.Pass, Shown)]
    public void CodeStyleThatTheBuildDoesNotKnowIsHidden(OutcomeState state, params string[] overrides) =>
        Assert.Equal(state, OfAcme(new RuleConfiguration(Diagnostics: ["IDE09*"]), AcmeLog(isExternal: false, Somewhere, overrides, isNote: true, id: "IDE0999")).State);

    [Theory]
    [InlineData("csharp_prefer_braces (Program.cs)", "csharp_prefer_braces in .editorconfig(3) (Program.cs)", "[*.cs]", "csharp_prefer_braces = true", "csharp_prefer_braces = true:silent # by habit")]
    [InlineData("csharp_prefer_braces (Program.cs)", "csharp_prefer_braces in .editorconfig(2) (Program.cs)", "[Program.cs]", "CSharp_Prefer_Braces=when_multiline : none", "[Order.cs]", "csharp_prefer_braces = true:none")]
    [InlineData("csharp_prefer_braces (Program.cs)", "csharp_prefer_braces (Program.cs)", "[*.cs]", "csharp_prefer_braces = true # : none", "csharp_prefer_braces = true:warning")]
    [InlineData("dotnet_naming_rule.types.severity (Program.cs)", "dotnet_naming_rule.types.severity in .editorconfig(2) (Program.cs)", "[*.cs]", "dotnet_naming_rule.types.severity = none")]
    [InlineData("global analyzer config (Program.cs)", "global analyzer config .globalconfig(2) (Program.cs)", "is_global = true", "dotnet_diagnostic.IDE0011.severity = none")]
    public void OptionOfCodeStyleThatStopsItsRuleIsNamed(string who, string named, params string[] lines)
    {
        var file = $"/repo/shop/{(lines[0][0] == '[' ? ".editorconfig" : ".globalconfig")}";
        var stamp = $$""" "off": "{\"IDE0011\":\"{{who}}\"}", "named": "IDE0011", "ownFiles": "4", "severityFiles": "{{file}}" """;
        foreach (var whenOff in (OutcomeState[])[OutcomeState.Skip, OutcomeState.Fail])
        {
            var outcome = OfAcme(new RuleConfiguration(Diagnostics: ["IDE0011"], WhenOff: whenOff), AcmeLog(isExternal: false, stamp, [Shown], isNote: true, id: "IDE0011"), (file, lines));
            Assert.Equal((whenOff, $"switched off by {named}"), (outcome.State, outcome.Reason));
        }
    }

    /// <summary>A category raises it in some files, its id silences it in others, and of the wildcard another ran.</summary>
    [Fact]
    public void EachThatIsNamedCountsWhateverAWildcardBesideItComesTo()
    {
        var stamp = """
            "off": "{\"ACME0001@usage\":\".editorconfig (Order.cs)\"}", "ownFiles": "4", "categories": "usage", "named": "ACME0001", "severityFiles": "/repo/shop/.editorconfig"
            """;
        (string, string[]) file = ("/repo/shop/.editorconfig", ["[*.cs]", "dotnet_analyzer_diagnostic.category-Usage.severity = warning", "[Order.cs]", "dotnet_diagnostic.ACME0001.severity = none"]);
        var named = OfAcme("ACME0001 *001", isExternal: true, stamp, [Off, Shown], files: file);
        Assert.Equal((OutcomeState.Skip, "ACME0001 switched off by .editorconfig(4) (Order.cs)"), (named.State, named.Reason));
        var meant = OfAcme("*001", isExternal: true, stamp, [Off, Shown], files: file);
        Assert.Equal((OutcomeState.Pass, "ACME0001 switched off by .editorconfig(4) (Order.cs)"), (meant.State, meant.Reason));
    }

    /// <summary>Its own log, and its files, are another's: what ran in the service may be hidden there, and somebody who silenced it in the service weighs less.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("""{\"ACME0001\":\"NoWarn or -nowarn\"}""")]
    public void IdThatRanInAFewFilesOfALibraryIsNotEvaluated(string offInService)
    {
        var service = LogOf(AcmeLog(isExternal: offInService != "{}", $$""" "off": "{{offInService}}", "ownFiles": "1", "named": "ACME0001" """, [Shown], isNote: true));
        var library = Run("pass", "Money") with { Assembly = "Shop", Log = LogOf(AcmeLog(isExternal: true, Somewhere, RaisedSomewhere, isNote: true)) };
        var document = Evaluate("pass", input => With("several", new RuleConfiguration(Diagnostics: ["ACME*"], WhenOff: OutcomeState.Skip))(input) with { Service = input.Service with { Log = service }, Libraries = [library] });
        var outcome = Of(document, "several");
        Assert.Equal(OutcomeState.NotEvaluated, outcome.State);
        Assert.StartsWith("src/Money/Money.csproj: ACME0001 may be hidden by default", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void IdThatRanInAFewFilesOfOneFrameworkIsNotPassedByAnother()
    {
        OutcomesDocument[] documents =
        [
            .. new[] { (Framework: "net10.0", IsHidden: false), (Framework: "net9.0", IsHidden: true) }.Select(one => Evaluate("pass", input => With("several", new RuleConfiguration(Diagnostics: ["ACME*"]))(input) with
            {
                Service = input.Service with { Log = LogOf(AcmeLog(one.IsHidden, Somewhere, one.IsHidden ? RaisedSomewhere : [Shown], isNote: true)) },
            }) with { Framework = one.Framework }),
        ];
        Assert.Equal([OutcomeState.Pass, OutcomeState.NotEvaluated], documents.Select(document => Of(document, "several").State));
        Assert.Equal(OutcomeState.NotEvaluated, Of(OutcomesDocument.Merge(documents), "several").State);
    }

    /// <summary>A generator silenced what csc found in the source that it wrote; in the project's own nothing ran.</summary>
    [Fact]
    public void WhatGeneratedCodeSuppressesIsNoPassOfWhatIsOff()
    {
        var log = AcmeLog(isExternal: true, """ "off": "{\"ACME0001\":\".editorconfig (Program.cs)\"}", "ownFiles": "1", "named": "ACME0001" """, [Off, Shown]).Replace("\"results\": [", """
            "results": [ { "ruleId": "ACME0001", "message": { "text": "m" }, "suppressions": [ { "kind": "inSource", "properties": { "suppressionType": "Pragma Directive" } } ],
              "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "file:///repo/shop/src/Shop/obj/Order.g.cs" }, "region": { "startLine": 2, "startColumn": 1 } } } ] },
            """, StringComparison.Ordinal);
        var outcome = OfAcme(new RuleConfiguration(Diagnostics: ["ACME0001"]), log);
        Assert.Equal((OutcomeState.Skip, true, "switched off by .editorconfig (Program.cs)"), (outcome.State, outcome.SwitchedOff, outcome.Reason));
    }
}
