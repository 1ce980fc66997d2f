using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>The table of honest states, each row on an error log as the compiler wrote it.</summary>
public sealed partial class EvaluatorTests
{
    const string Rule = "SCORE2001";

    [Fact]
    public void EveryRuleThatRanWithoutAFindingPasses()
    {
        var document = Evaluate("pass");
        Assert.Null(document.NotEvaluated);
        Assert.Equal(27, document.Outcomes.Count(outcome => outcome is { State: OutcomeState.Pass, Reason: null }));
        Assert.All(document.Outcomes, outcome => Assert.True(outcome.State == OutcomeState.Pass || outcome.Reason!.StartsWith("not applicable: ", StringComparison.Ordinal), $"{outcome}"));
    }

    [Fact]
    public void OpenFindingFailsWithItsPlaceRelativeToTheRoot()
    {
        var outcome = Of(Evaluate("fail"));
        Assert.Equal(OutcomeState.Fail, outcome.State);
        Assert.Equal("Observability Best Practices", outcome.Scorecard);
        Assert.Equal(1, outcome.Level);
        var evidence = Assert.Single(outcome.Evidence);
        Assert.Equal(("src/Shop/Program.cs", 2), (evidence.File, evidence.Line));
        Assert.Equal("https://github.com/acme/shop/blob/0123456789abcdef0123456789abcdef01234567/src/Shop/Program.cs#L2", evidence.Link);
    }

    /// <summary>The commit does not have it, and may have another of that name.</summary>
    [Theory]
    [InlineData("/repo/shared/Guard.cs", "Guard.cs")]
    [InlineData("/repo/shop/src/Shop/obj/Debug/net10.0/Guard.g.cs", "src/Shop/obj/Debug/net10.0/Guard.g.cs")]
    public void FileThatNoCommitHasIsNotLinked(string file, string named)
    {
        var log = File.ReadAllText(LogFile("fail")).Replace("file:///repo/shop/src/Shop/Program.cs", $"file://{file}", StringComparison.Ordinal);
        var evidence = Assert.Single(Of(Evaluate("fail", input => input with { Service = input.Service with { Log = LogOf(log) } })).Evidence);
        Assert.Equal((named, null), (evidence.File, evidence.Link));
    }

    [Fact]
    public void HostOfAnotherFormIsLinkedByItsTemplate() =>
        Assert.Equal(
            "https://github.com/acme/shop/+/0123456789abcdef0123456789abcdef01234567/src/Shop/Program.cs#2",
            Assert.Single(Of(Evaluate("fail", input => input with { Configuration = new ScorecardConfiguration { SourceLink = "{url}/+/{sha}/{path}#{line}" } })).Evidence).Link);

    [Theory]
    [InlineData("suppressed", OutcomeState.Skip, "1 finding suppressed: traced by the sidecar")]
    [InlineData("suppressed-pending", OutcomeState.Fail, "1 finding suppressed without a justification")]
    [InlineData("pragma", OutcomeState.Skip, "1 finding suppressed: traced by the sidecar")]
    [InlineData("nowarn", OutcomeState.Skip, "switched off by NoWarn")]
    [InlineData("editorconfig", OutcomeState.Skip, "switched off by .editorconfig")]
    [InlineData("undecided", OutcomeState.Skip, "undecided: ")]
    [InlineData("crash-silenced", OutcomeState.NotEvaluated, "AD0001 is switched off")]
    public void StateOfTheRuleIsToldApart(string log, OutcomeState state, string reason)
    {
        var outcome = Of(Evaluate(log));
        Assert.Equal(state, outcome.State);
        Assert.StartsWith(reason, outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-analyzers", "RunAnalyzers=false")]
    [InlineData("syntax-error", "does not parse")]
    [InlineData("crashed-generator", "the facts generator crashed (CS8785: ")]
    public void LogThatCannotTellIsNotEvaluated(string log, string reason)
    {
        var document = Evaluate(log);
        Assert.Contains(reason, document.NotEvaluated, StringComparison.Ordinal);
        Assert.Empty(document.Outcomes);
    }

    [Theory]
    [InlineData("CS9057", "Analyzer assembly '/p/rules/ScorecardBuildTasks.Rules.dll' cannot be used because it references version '5.12.0.0' of the compiler", true)]
    [InlineData("CS9057", "Analyzer assembly '/p/ScorecardBuildTasks.Extra.dll' cannot be used because it references version '5.12.0.0' of the compiler", false)]
    [InlineData("CS9057", "Analyzer assembly '/ScorecardBuildTasks/tools/Acme.dll' cannot be used because it references version '5.12.0.0' of the compiler", false)]
    [InlineData("CS8032", "An instance of analyzer ScorecardBuildTasks.Rules.Telemetry.SCORE2001TracingIsWired cannot be created from /p/rules/ScorecardBuildTasks.Rules.dll: x.", true)]
    [InlineData("CS8032", "An instance of analyzer Acme.Rule cannot be created from /ScorecardBuildTasks/tools/Acme.dll: x.", false)]
    [InlineData("CS8785", "Generator 'AssemblyFactsGenerator' failed to generate source.", true)]
    [InlineData("CS8785", "Der Generator „AssemblyFactsGenerator“ konnte keine Quelle generieren.", true)]
    [InlineData("CS8785", "Generator 'AcmeFactsGenerator' failed to generate source.", false)]
    public void OnlyWhatNamesOurRulesTakesThemAway(string id, string message, bool ours)
    {
        var log = LogOf($$$"""{"version":"2.1.0","runs":[{"results":[{"ruleId":"{{{id}}}","message":{"text":"{{{message}}}"}}]}]}""");
        Assert.Equal(ours, (Run("pass", "Shop") with { Log = log }).WhyNot()!.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public void CrashIsTheCrashedRulesAlone()
    {
        var document = Evaluate("crashed-rule");
        Assert.Equal(OutcomeState.NotEvaluated, Of(document, "SCORE2999").State);
        Assert.Contains("InvalidOperationException", Of(document, "SCORE2999").Reason, StringComparison.Ordinal);
        Assert.Equal(27, document.Outcomes.Count(outcome => outcome.State == OutcomeState.Pass));
    }

    /// <summary>Of several projects of an entity the outcome says which one it was.</summary>
    [Fact]
    public void RuleThatAnotherProjectLeavesUnevaluatedNamesIt()
    {
        var failed = Failed("Worker");
        Assert.Equal("its build failed", failed.NotEvaluated);
        Assert.Equal(
            (OutcomeState.NotEvaluated, "src/Worker/Worker.csproj (net10.0): its build failed"),
            (Of(OutcomesDocument.Merge([Evaluate("pass"), failed])).State, Of(OutcomesDocument.Merge([Evaluate("pass"), failed])).Reason));
        Assert.Equal("its build failed", OutcomesDocument.Merge([failed, failed with { Framework = "net9.0" }]).NotEvaluated);
        Assert.Equal("src/Mail/Mail.csproj (net10.0): its build failed", OutcomesDocument.Merge([failed, Failed("Mail")]).NotEvaluated);

        static OutcomesDocument Failed(string project) =>
            Evaluate("pass", input => input with { Service = input.Service with { Project = $"src/{project}/{project}.csproj", Log = null, NoLog = "its build failed" } });
    }

    [Fact]
    public void LogOfAnotherProjectIsForeign() =>
        Assert.Contains("belongs to Shop (net10.0), not to Other (net10.0)", Evaluate("pass", input => input with { Service = input.Service with { Assembly = "Other" } }).NotEvaluated, StringComparison.Ordinal);

    [Fact]
    public void LogOfAnotherFrameworkIsForeign() =>
        Assert.Contains("not to Shop (net9.0)", Evaluate("pass", input => input with { Service = input.Service with { Framework = "net9.0" } }).NotEvaluated, StringComparison.Ordinal);

    [Fact]
    public void LogOfAnotherConfigurationIsStale() =>
        Assert.Contains("older than the configuration", Evaluate("pass", input => input with { Service = input.Service with { ConfigurationHash = "other" } }).NotEvaluated, StringComparison.Ordinal);

    [Fact]
    public void MissingLogIsNotEvaluated() =>
        Assert.Equal("the compiler left no error log", Evaluate("pass", input => input with { Service = input.Service with { Log = null } }).NotEvaluated);

    [Fact]
    public void SuppressionInAFileThatIsNotCompiledCountsLikeAnyOther()
    {
        var outcome = Of(Evaluate("suppressed-in-tests", Says("#pragma warning disable SCORE3002 // waits for the clock's own check")), "SCORE3002");
        Assert.Equal((OutcomeState.Skip, "1 finding suppressed: waits for the clock's own check"), (outcome.State, outcome.Reason));
        var evidence = Assert.Single(outcome.Evidence);
        Assert.Equal(("tests/Shop.Tests/OrderTests.cs", 7, "Test 'OrderTests.Waits' asserts nothing (blocks level 2 of 'Testing')"), (evidence.File, evidence.Line, evidence.Message));
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("suppressed-in-tests", Says("#pragma warning disable SCORE3002")), "SCORE3002").State);

        static Func<EvaluationInput, EvaluationInput> Says(string pragma) => input => input with { ReadSource = file => file == "/repo/shop/tests/Shop.Tests/OrderTests.cs" ? ["", "", "", "", pragma, "", ""] : null };
    }

    /// <summary>A pragma of a generator is nobody's decision and nobody's omission, and an attribute that gives no reason may be another's.</summary>
    [Theory]
    [InlineData("/repo/shop/src/Shop/obj/Debug/net10.0/Protos/Greet.cs", "// </auto-generated>\n#pragma warning disable CA1510")]
    [InlineData("/repo/shop/artifacts/obj/Shop/Greet.cs", "// the protocol\n#pragma warning disable CA1510")]
    [InlineData("/repo/shop/src/Shop/Model.Designer.cs", "// the model\n#pragma warning disable CA1510")]
    [InlineData("/repo/shop/src/Shop/Migrations/Snapshot.cs", "// <auto-generated />\n#pragma warning disable CA1510")]
    [InlineData("/repo/shop/src/Shop/Migrations/Snapshot.cs", "/*\n  <auto-generated />\n*/\n#pragma warning disable CA1510")]
    [InlineData("/elsewhere/Linked.cs", "// <auto-generated />\n#pragma warning disable CA1510")]
    [InlineData("/elsewhere/Linked.g.cs", "#pragma warning disable CA1510")]
    [InlineData("/repo/shop/src/Shop/Context.cs", null)]
    public void SuppressionThatAGeneratorWroteNeitherFailsNorCountsAsJustified(string file, string? source)
    {
        foreach (var attribute in (string?[])[null, "", "Arguments are thrown by the short way"])
        {
            var outcome = SuppressedIn(file, source, "CA1510", attribute: attribute);
            Assert.Equal((OutcomeState.Pass, "1 finding suppressed by generated code", 0), (outcome.State, outcome.Reason, outcome.Suppressed));
        }
    }

    /// <summary>It lies above the root where none is known, beside it where it is linked, and a clone may lie anywhere.</summary>
    [Theory]
    [InlineData("/repo/shop/src/Shop/Context.cs", "/repo/shop/", "src/Shop/Shop.csproj")]
    [InlineData("/repo/shop/src/Orders/Orders.cs", "/repo/shop/src/Shop", "Shop.csproj")]
    [InlineData("/elsewhere/Linked.cs", "/repo/shop/", "src/Shop/Shop.csproj")]
    [InlineData("/obj/shop/src/Shop/Context.cs", "/obj/shop/", "src/Shop/Shop.csproj")]
    [InlineData("/repo/obj/src/Shop/Context.cs", "/repo/", "obj/src/Shop/Shop.csproj")]
    public void SuppressionInAFileOnDiskIsSomebodysWhereverItLies(string file, string root, string project)
    {
        Assert.Equal(OutcomeState.Fail, SuppressedIn(file, "#pragma warning disable CA1510", "CA1510", root, project).State);
        var justified = SuppressedIn(file, "#pragma warning disable CA1510 // the message is the partner's", "CA1510", root, project);
        Assert.Equal((OutcomeState.Skip, 1), (justified.State, justified.Suppressed));
    }

    /// <summary>A rule on what is not there reports in generated files, and none of them decides what a service lacks.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SCORE2001: The service is traced")]
    public void LackThatIsSuppressedInGeneratedCodeIsNoPass(string? attribute) =>
        Assert.Equal(OutcomeState.Fail, SuppressedIn("/repo/shop/src/Shop/Program.cs", "// <auto-generated/>\n#pragma warning disable", Rule, attribute: attribute).State);

    [Theory]
    [InlineData("// <auto-generated>", OutcomeState.Fail)]
    [InlineData("// traced by the sidecar", OutcomeState.Skip)]
    public void SuppressionBelowCodeIsSomebodys(string above, OutcomeState state) => Assert.Equal(state, SuppressedIn("/repo/shop/src/Shop/Context.cs", $"using System;\n{above}\n#pragma warning disable CA1510", "CA1510").State);

    [Theory]
    [InlineData("the sidecar traces", OutcomeState.Skip, "1 finding suppressed: SPR0001: the sidecar traces")]
    [InlineData("", OutcomeState.Fail, "1 finding suppressed without a justification")]
    [InlineData("TODO", OutcomeState.Fail, "1 finding suppressed without a justification")]
    public void SuppressorsReasonIsJudgedAsAnyOther(string justification, OutcomeState state, string reason)
    {
        var log = File.ReadAllText(LogFile("pragma")).Replace("Pragma Directive", $"DiagnosticSuppressor {{ Suppression Id: SPR0001, Suppression Justification: {justification} }}", StringComparison.Ordinal);
        var outcome = Of(Evaluate("pragma", input => input with { Service = input.Service with { Log = LogOf(log) } }));
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    /// <param name="attribute">What it gives as the reason; null for a pragma.</param>
    static Outcome SuppressedIn(string file, string? source, string id, string root = "/repo/shop/", string project = "src/Shop/Shop.csproj", string? attribute = null)
    {
        var text = File.ReadAllText(LogFile("pragma"))
            .Replace("/repo/shop/src/Shop/Program.cs", file, StringComparison.Ordinal)
            .Replace("\"startLine\": 3", "\"startLine\": 9", StringComparison.Ordinal)
            .Replace("\"rules\": [", """ "rules": [ { "id": "CA1510", "shortDescription": { "text": "Arguments are thrown by the short way" } }, """, StringComparison.Ordinal)
            .Replace($"\"ruleId\": \"{Rule}\"", $"\"ruleId\": \"{id}\"", StringComparison.Ordinal);
        if (attribute is not null)
            text = text.Replace("\"kind\": \"inSource\"", $"\"kind\": \"inSource\", \"justification\": \"{attribute}\"", StringComparison.Ordinal).Replace("Pragma Directive", "SuppressMessageAttribute", StringComparison.Ordinal);
        Assert.All([$"file://{file}", "\"startLine\": 9", $"\"ruleId\": \"{id}\""], changed => Assert.Contains(changed, text, StringComparison.Ordinal));
        return Of(Evaluate("pragma", input => With("judged", new RuleConfiguration(Diagnostics: [id]))(input) with
        {
            Service = input.Service with { Log = LogOf(text), Project = project },
            RepositoryRoot = root,
            ReadSource = read => read == file ? source?.Split('\n') : null,
        }), "judged");
    }

    [Fact]
    public void PoliciesDecideWhatSuppressedAndSwitchedOffComeTo()
    {
        var strict = With(Rule, new RuleConfiguration(Suppressed: OutcomeState.Fail, WhenOff: OutcomeState.Fail));
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("suppressed", strict)).State);
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("nowarn", strict)).State);
        Assert.True(Of(Evaluate("nowarn", strict)).SwitchedOff);
    }

    [Fact]
    public void RuleThatIsNotYetEffectiveIsSkipped()
    {
        var outcome = Of(Evaluate("fail", With(Rule, new RuleConfiguration(EffectiveFrom: new DateOnly(2027, 3, 1)))));
        Assert.Equal((OutcomeState.Skip, "will count from 2027-03-01: 1 finding"), (outcome.State, outcome.Reason));
        Assert.Equal(OutcomeState.Skip, Of(Evaluate("pass", With(Rule, new RuleConfiguration(EffectiveFrom: new DateOnly(2027, 3, 1))))).State);
    }

    [Fact]
    public void ThresholdAllowsSoManyFindings()
    {
        var allowed = Of(Evaluate("fail", With(Rule, new RuleConfiguration(AtMost: 1))));
        Assert.Equal((OutcomeState.Pass, "1 of at most 1 allowed"), (allowed.State, allowed.Reason));
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("fail", With(Rule, new RuleConfiguration(AtMost: 0)))).State);
    }

    [Fact]
    public void ConfigurationRenamesMovesAndDisables()
    {
        var moved = Of(Evaluate("fail", With(Rule, new RuleConfiguration(Name: "Traced", Scorecard: "Ours", Level: 3))));
        Assert.Equal(("Traced", "Ours", 3), (moved.Rule, moved.Scorecard, moved.Level));
        Assert.DoesNotContain(Evaluate("fail", With(Rule, new RuleConfiguration(Enabled: false))).Outcomes, outcome => outcome.Key == Rule);
    }

    [Fact]
    public void RuleOfOtherDiagnosticsTakesWildcardsAndExclusions()
    {
        var rule = new RuleConfiguration(Name: "All of ours", Scorecard: "Ours", Level: 2, Diagnostics: ["SCORE2*", "!SCORE2005"]);
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("fail", With("ours", rule)), "ours").State);
        Assert.Equal(OutcomeState.Pass, Of(Evaluate("fail", With("ours", rule with { Diagnostics = ["SCORE2*", "!SCORE2001"] })), "ours").State);
    }

    /// <summary>It begins as restore's messages do.</summary>
    [Fact]
    public void RuleOfNUnitIsAnAnalyzers() =>
        Assert.Equal("no analyzer that reports NUnit1001 is loaded", Of(Evaluate("pass", With("tests", new RuleConfiguration(Diagnostics: ["NUnit1001", "!NU1901"]))), "tests").Reason);

    [Fact]
    public void DiagnosticThatNoLoadedAnalyzerReportsIsNotEvaluated()
    {
        var outcome = Of(Evaluate("pass", With("sonar", new RuleConfiguration(Diagnostics: ["S2259"]))), "sonar");
        Assert.Equal((OutcomeState.NotEvaluated, "no analyzer that reports S2259 is loaded"), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void FindingOfALibraryCountsForRulesOnCode()
    {
        var outcome = Of(WithLibrary(Run("library", "Money")), "regex");
        Assert.Equal((OutcomeState.Fail, "src/Money/Money.cs"), (outcome.State, Assert.Single(outcome.Evidence).File));
        Assert.Equal(OutcomeState.Pass, Of(WithLibrary(), "regex").State);
        Assert.Equal(OutcomeState.Fail, Of(WithLibrary(Run("library", "Money") with { Framework = "net9.0" }, Run("library", "Money")), "regex").State);
    }

    [Fact]
    public void LibraryWithoutAResultLeavesRulesOnCodeUnevaluatedAndNoOthers()
    {
        var document = WithLibrary(Run("library", "Money") with { Log = null, NoLog = "it was built without a result" });
        Assert.Equal((OutcomeState.NotEvaluated, "src/Money/Money.csproj: it was built without a result"), (Of(document, "regex").State, Of(document, "regex").Reason));
        Assert.Equal(OutcomeState.NotEvaluated, Of(document, "SCORE2005").State);
        Assert.Equal(OutcomeState.Pass, Of(document, "SCORE1001").State);
    }

    [Fact]
    public void RuleThatIsOffInALibraryIsOffThere()
    {
        var outcome = Of(WithLibrary(Run("nowarn", "Money") with { Assembly = "Shop" }), "regex");
        Assert.Equal((OutcomeState.Skip, true, "src/Money/Money.csproj: switched off by configuration"), (outcome.State, outcome.SwitchedOff, outcome.Reason));
    }

    [Fact]
    public void RuleThatIsOffInTheServiceIsNotPassedByALibrary()
    {
        var outcome = Of(Evaluate("nowarn", input => With("traced", new RuleConfiguration(Diagnostics: [Rule]))(input) with { Libraries = [Run("pass", "Money") with { Assembly = "Shop" }] }), "traced");
        Assert.Equal((OutcomeState.Skip, true, "switched off by NoWarn or -nowarn"), (outcome.State, outcome.SwitchedOff, outcome.Reason));
    }

    [Fact]
    public void WhatCannotBeToldOfTheServiceIsNotPassedByALibrary()
    {
        var outcome = Of(Evaluate("undecided", input => With("registered", new RuleConfiguration(Diagnostics: ["SCORE2005"]))(input) with { Libraries = [Run("pass", "Money") with { Assembly = "Shop" }] }), "registered");
        Assert.Equal(OutcomeState.Skip, outcome.State);
        Assert.StartsWith("undecided: ", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowarn", "pass", OutcomeState.Skip, true)]
    [InlineData("suppressed", "pass", OutcomeState.Skip, false)]
    [InlineData("undecided", "pass", OutcomeState.Skip, false)]
    [InlineData("undecided", "nowarn", OutcomeState.Skip, true)]
    [InlineData("nowarn", "crash-silenced", OutcomeState.NotEvaluated, false)]
    [InlineData("nowarn", "fail", OutcomeState.Fail, false)]
    public void WhatSomebodySilencedInOneFrameworkIsNotPassedByAnother(string one, string other, OutcomeState state, bool off)
    {
        OutcomesDocument[] documents = [Evaluate(one), Evaluate(other) with { Framework = "net9.0" }];
        var merged = Of(OutcomesDocument.Merge(documents));
        Assert.Equal((state, off), (merged.State, merged.SwitchedOff));
    }

    [Fact]
    public void WhatIsWaivedInOneProjectIsNotPassedByAnother()
    {
        var merged = Of(OutcomesDocument.Merge([Evaluate("fail", Waiver(UntilMidDecember)), Evaluate("pass") with { Project = "src/Worker/Worker.csproj" }]));
        Assert.Equal((OutcomeState.Skip, true), (merged.State, merged.Waived));
        Assert.StartsWith("waived until 2026-12-15", merged.Reason, StringComparison.Ordinal);
    }

    /// <summary>No rule on code has seen such a file; a rule on what the repository or the build says has missed nothing.</summary>
    [Theory]
    [InlineData(4, 3, 0, OutcomeState.Pass, "3 files are called generated by .editorconfig and were not looked at")]
    [InlineData(4, 1, 0, OutcomeState.Pass, "1 file is called generated by .editorconfig and was not looked at")]
    [InlineData(4, 1, 2, OutcomeState.Pass, "1 file is called generated by .editorconfig and was not looked at; 2 files are called generated by their own headers and were not looked at")]
    [InlineData(4, 4, 0, OutcomeState.Skip, "switched off by .editorconfig (generated_code)")]
    [InlineData(4, 0, 4, OutcomeState.Skip, "switched off by the <auto-generated> headers of all files")]
    [InlineData(4, 2, 2, OutcomeState.Skip, "switched off by .editorconfig (generated_code) and the <auto-generated> headers of all other files")]
    [InlineData(0, 0, 0, OutcomeState.Pass, null)]
    public void FilesThatAreCalledGeneratedAreNoPass(int own, int byConfiguration, int byHeader, OutcomeState state, string? reason)
    {
        var document = Evaluate("pass", input => input with { Service = WithGenerated(input.Service, new CalledGenerated(own, byConfiguration, byHeader)) });
        var outcome = Of(document, "SCORE2005");
        Assert.Equal((state, reason, state == OutcomeState.Skip), (outcome.State, outcome.Reason, outcome.SwitchedOff));
        Assert.Equal((OutcomeState.Pass, null), (Of(document, "SCORE1001").State, Of(document, "SCORE1001").Reason));
    }

    /// <summary>It counts in services only, and looks at their code all the same.</summary>
    [Theory]
    [InlineData(1, OutcomeState.Pass, "1 file is called generated by its own header and was not looked at")]
    [InlineData(4, OutcomeState.Skip, "switched off by the <auto-generated> headers of all files")]
    public void EndpointsInFilesThatAreCalledGeneratedAreNoPlainPass(int byHeader, OutcomeState state, string reason)
    {
        var log = File.ReadAllText(LogFile("pass"))
            .Replace("\"ownFiles\": \"1\"", "\"ownFiles\": \"4\"", StringComparison.Ordinal)
            .Replace("\"generatedByHeader\": \"0\"", $"\"generatedByHeader\": \"{byHeader}\"", StringComparison.Ordinal)
            .Replace("\"rules\": [", """ "rules": [ { "id": "SCORE4999", "properties": { "category": "Production Readiness", "tags": ["ScorecardLevel2", "ScorecardAppliesTo:http", "ScorecardWalksCode"] } }, """, StringComparison.Ordinal);
        var outcome = Of(Evaluate("pass", input => input with { Service = input.Service with { Log = LogOf(log) } }), "SCORE4999");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void FileThatAnotherAnalyzerMayHaveLookedAtIsToldAsThat()
    {
        var generated = new CalledGenerated(4, 1, 0);
        var library = WithGenerated(Run("library", "Money"), generated);
        Assert.Equal("src/Money/Money.csproj: 1 file is called generated by .editorconfig and may not have been looked at", Of(WithLibrary(["SYSLIB1055"], library), "regex").Reason);
    }

    [Fact]
    public void LibraryThatLacksTheAnalyzerIsNotEvaluated() =>
        Assert.Equal("src/Money/Money.csproj: no analyzer that reports ASP0001 is loaded", Of(WithLibrary(["ASP0001"], Run("library", "Money")), "regex").Reason);

    /// <summary>The build of the library silences what it sees nobody count; a service may have a configuration that it does not see.</summary>
    [Theory]
    [InlineData("SYSLIB1045", OutcomeState.NotEvaluated, "src/Money/Money.csproj: SYSLIB1045 is kept quiet here, where no scorecard.json said that a rule counts it; build the project again, or write the rule into the repository's scorecard.json")]
    [InlineData("SYSLIB1045 SYSLIB1055", OutcomeState.NotEvaluated, "src/Money/Money.csproj: SYSLIB1045 is kept quiet here")]
    [InlineData("SYSLIB*", OutcomeState.NotEvaluated, "src/Money/Money.csproj: SYSLIB1045 is kept quiet here")]
    [InlineData("SCORE2005", OutcomeState.NotEvaluated, "src/Money/Money.csproj: SCORE2005 is kept quiet here")]
    [InlineData("SYSLIB1055", OutcomeState.Pass, null)]
    public void WhatTheBuildOfALibraryKeepsQuietIsSwitchedOffByNobody(string diagnostics, OutcomeState state, string? reason)
    {
        var log = File.ReadAllText(LogFile("pass")).Replace("\"format\": \"1\"", "\"format\": \"1\", \"quiet\": \"CA1510,SYSLIB1045,SCORE2005\"", StringComparison.Ordinal);
        var library = Run("pass", "Money") with { Assembly = "Shop", Log = LogOf(log) };
        var outcome = Of(WithLibrary(diagnostics.Split(' '), library), "regex");
        Assert.Equal((state, false), (outcome.State, outcome.SwitchedOff));
        Assert.StartsWith(reason ?? "", outcome.Reason ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("configuration", outcome.Reason ?? "", StringComparison.Ordinal);
    }

    /// <summary>Another build of the library would see no more.</summary>
    [Fact]
    public void PresetThatALibraryDoesNotReferenceIsNamedWhereItKeepsQuiet()
    {
        var log = File.ReadAllText(LogFile("pass")).Replace("\"format\": \"1\"", "\"format\": \"1\", \"quiet\": \"SYSLIB1045\", \"missingPresets\": \"Acme.Preset\"", StringComparison.Ordinal);
        var outcome = Of(WithLibrary(["SYSLIB1045"], Run("pass", "Money") with { Assembly = "Shop", Log = LogOf(log) }), "regex");
        Assert.Equal(
            (OutcomeState.NotEvaluated, "src/Money/Money.csproj: SYSLIB1045 is kept quiet here, where Acme.Preset is not referenced, which scorecard.json extends and which may say that a rule counts it; reference it here too, or write the rule into the repository's scorecard.json"),
            (outcome.State, outcome.Reason));
    }

    [Fact]
    public void ReferenceWithoutRulesIsNamedInRemarksOnCode()
    {
        var document = Evaluate("pass", input => input with { WithoutRules = ["src/Old/Old.csproj"] });
        Assert.Equal((OutcomeState.Pass, "not counting src/Old/Old.csproj, where these rules do not run"), (Of(document, "SCORE2005").State, Of(document, "SCORE2005").Reason));
        Assert.Null(Of(document, "SCORE1001").Reason);
    }

    [Fact]
    public void RuleMadeSilentIsNoPass() =>
        Assert.Equal((OutcomeState.Skip, "switched off by configuration"), (Of(Evaluate("pass", With("regex", Regex)), "regex").State, Of(Evaluate("pass", With("regex", Regex)), "regex").Reason));

    [Theory]
    [InlineData("{}", "(missing)")]
    [InlineData("""{"version":"1.0.0","runs":[{"results":"none"}]}""", "1.0.0")]
    [InlineData("[]", "a JSON object")]
    public void FileThatIsNoLogSaysWhy(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => LogOf(text)).Message, StringComparison.Ordinal);

    static Func<EvaluationInput, EvaluationInput> With(string key, RuleConfiguration rule) =>
        input => input with { Configuration = new ScorecardConfiguration { Rules = new Dictionary<string, RuleConfiguration> { [key] = rule } } };

    static readonly RuleConfiguration Regex = new(Name: "Patterns are compiled", Diagnostics: ["SYSLIB1045"]);

    static OutcomesDocument WithLibrary(params CompilerRun[] libraries) => WithLibrary(["SYSLIB1045"], libraries);

    static OutcomesDocument WithLibrary(string[] diagnostics, params CompilerRun[] libraries) =>
        Evaluate("with-library", input => With("regex", Regex with { Diagnostics = diagnostics })(input) with { Libraries = libraries });

    static Outcome Of(OutcomesDocument document, string rule = Rule) => document.Outcomes.Single(outcome => outcome.Key == rule);

    static OutcomesDocument Evaluate(string name, Func<EvaluationInput, EvaluationInput>? change = null)
    {
        var input = new EvaluationInput(
            Run(name, "Shop"), "/repo/shop/", ScorecardConfiguration.Default,
            new Entity("service:shop", "src/Shop/entity.datadog.yaml"),
            new Revision("0123456789abcdef0123456789abcdef01234567", DateTimeOffset.UnixEpoch, "main", "https://github.com/acme/shop"),
            new DateOnly(2026, 12, 1),
            file => file == "/repo/shop/src/Shop/Program.cs" ? ["#pragma warning disable SCORE2001 // traced by the sidecar", "var builder = WebApplication.CreateBuilder(args);"] : null);
        return Evaluator.Evaluate(change is null ? input : change(input));
    }

    /// <summary>The headline over what a log comes to, where whatever fails on SCORE2001 is waived.</summary>
    internal static string Summarized(string name) => Report.Headline(Evaluate(name, Waiver(UntilMidDecember)));

    static string LogFile(string name) => Path.Combine(AppContext.BaseDirectory, "Evaluation", "Logs", $"{name}.sarif");

    static ErrorLog LogOf(string text) => ErrorLog.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    static CompilerRun WithGenerated(CompilerRun run, CalledGenerated generated)
    {
        var text = File.ReadAllText(LogFile(run.Assembly == "Shop" ? "pass" : "library"));
        foreach (var (key, written, now) in new[] { ("ownFiles", 1, generated.Own), ("generatedByConfiguration", 0, generated.ByConfiguration), ("generatedByHeader", 0, generated.ByHeader) })
        {
            Assert.Contains($"\"{key}\": \"{written}\"", text, StringComparison.Ordinal);
            text = text.Replace($"\"{key}\": \"{written}\"", $"\"{key}\": \"{now}\"", StringComparison.Ordinal);
        }

        return run with { Log = LogOf(text) };
    }

    static CompilerRun Run(string name, string assembly)
    {
        var log = ErrorLog.Read(LogFile(name));
        return new CompilerRun($"src/{assembly}/{assembly}.csproj", assembly, "net10.0", log.Stamp?.ConfigurationHash ?? "", log);
    }
}
