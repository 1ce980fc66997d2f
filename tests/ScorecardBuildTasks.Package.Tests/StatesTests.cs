using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>Whatever keeps a log from telling a pass is told apart from one, from the source to the outcome; a rule that it does not concern is judged all the same.</summary>
public sealed class StatesTests(StatesRepository repository) : IClassFixture<StatesRepository>
{
    [Fact]
    public void CrashedRuleIsNotEvaluated() => AssertNotEvaluated("CrashedRule", "SCORE2999", "its analyzer crashed: ", "steady");

    [Fact]
    public void CrashedRuleOfAnotherAnalyzerIsNotEvaluated() => AssertNotEvaluated("CrashedMappedRule", "steady", "its analyzer crashed: ", "SCORE2999");

    [Fact]
    public void RuleThatCannotBeLoadedIsNotEvaluated()
    {
        Assert.NotEmpty(repository.Build.Warnings("CS8032"));
        AssertNotEvaluated("CrashedForeignGenerator", "loaded", "no analyzer that reports TEST0002 is loaded", "steady");
    }

    [Fact]
    public void CrashedFactsGeneratorLeavesNothingEvaluated() => AssertNothingEvaluated("CrashedGenerator", "the facts generator crashed (CS8785: ");

    [Fact]
    public void CrashedGeneratorOfAnotherIsNoneOfOurs() => Assert.Null(repository.Outcomes("CrashedForeignGenerator").NotEvaluated);

    [Fact]
    public void RulesThatTheProjectRemovesAreNotEvaluated() => AssertNothingEvaluated("NoRules", "no analyzer ran");

    [Fact]
    public void CodeThatDoesNotParseIsNotEvaluated()
    {
        Assert.NotEqual(0, repository.Build.ExitCode);
        Assert.All(repository.Build.Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)), line => Assert.Contains("SyntaxError", line, StringComparison.Ordinal));
        Assert.Equal("its build failed", repository.Outcomes("SyntaxError").NotEvaluated);
    }

    [Fact]
    public void RuleOfAnotherAnalyzerThatIsOffIsSkipped()
    {
        var byFile = repository.Outcome("SwitchedOff", "arguments");
        Assert.Equal((OutcomeState.Skip, true, "switched off by src/SwitchedOff/.editorconfig(2) (Code.cs, Program.cs)"), (byFile.State, byFile.SwitchedOff, byFile.Reason));
        var byDefault = repository.Outcome("SwitchedOff", "awaits");
        Assert.Equal((OutcomeState.Skip, true, "switched off by its analyzer's default"), (byDefault.State, byDefault.SwitchedOff, byDefault.Reason));
        Assert.Equal(OutcomeState.Pass, repository.Outcome("CrashedRule", "arguments").State);
    }

    [Fact]
    public void RulesThatNeedANewerCompilerLeaveNothingEvaluated()
    {
        Assert.Contains(repository.Build.Warnings("SCORE0012"), warning => warning.Contains("could not load the rules (CS9057: ", StringComparison.Ordinal));
        AssertNothingEvaluated("Future", "the compiler could not load the rules (CS9057: ");
    }

    [Fact]
    public void RuleThatIsOffInTheServiceIsNotPassedByALibrary() => AssertState("OffInService", "arguments", OutcomeState.Skip, "switched off by NoWarn or -nowarn");

    [Fact]
    public void RuleOfSeveralIsOffWhereOneIs() => AssertState("OffInService", "both", OutcomeState.Skip, "CA1510 switched off by NoWarn or -nowarn");

    [Fact]
    public void RuleThatMustBeOnFailsWhereItIsOff()
    {
        AssertState("OffInService", "must", OutcomeState.Fail, "switched off by NoWarn or -nowarn");
        AssertState("Bulk", "must", OutcomeState.Fail, "switched off by src/Bulk/.editorconfig(2) (");
    }

    /// <summary>Neither the compiler's own nor a crash is concerned.</summary>
    [Fact]
    public void SeverityForAllAnalyzersSwitchesThemOffAndNothingElse()
    {
        Assert.Null(repository.Outcomes("Bulk").NotEvaluated);
        AssertState("Bulk", "SCORE2001", OutcomeState.Skip, "switched off by src/Bulk/.editorconfig(2) (");
        AssertState("Bulk", "obsolete", OutcomeState.Pass, null);
    }

    [Fact]
    public void NullableWarningsThatTheProjectDoesNotEnableAreOff()
    {
        AssertState("LongCheck", "nullable", OutcomeState.Skip, "switched off by Nullable, which is not enabled");
        AssertState("CleanStyle", "nullable", OutcomeState.Pass, null);
    }

    [Fact]
    public void RuleThatHasNothingToJudgeIsSkippedAndItsRemarkSaysWhy()
    {
        AssertState("LongCheck", "SCORE1003", OutcomeState.Skip, "not applicable: scorecard.json lists no teams");
        var outcome = repository.Outcome("LongCheck", "SCORE1003");
        Assert.False(outcome.SwitchedOff || outcome.Waived || outcome.Undecided);
        Assert.StartsWith("not applicable: scorecard.json lists no teams · commit ", Report.Remarks(outcome, repository.Outcomes("LongCheck").Revision), StringComparison.Ordinal);
    }

    [Fact]
    public void AnalysisLevelOrModeThatSwitchesARuleOffIsNamed()
    {
        AssertState("CrashedMappedRule", "arguments", OutcomeState.Skip, "switched off by AnalysisMode=None");
        AssertState("CrashedForeignGenerator", "arguments", OutcomeState.NotEvaluated, "no analyzer that reports CA1510 is loaded; the SDK's own run with <EnableNETAnalyzers>true</EnableNETAnalyzers> or an AnalysisLevel");
    }

    [Fact]
    public void FindingsUpToTheThresholdPassAndAreCounted()
    {
        AssertState("LongCheck", "arguments", OutcomeState.Fail, "1 finding");
        AssertState("LongCheck", "few", OutcomeState.Pass, "1 of at most 1 allowed");
    }

    [Fact]
    public void AttributeWithoutAReasonFails() => AssertState("Attribute", "arguments", OutcomeState.Fail, "1 finding suppressed without a justification");

    [Fact]
    public void RuleThatCannotTellIsUndecided()
    {
        AssertState("Attribute", "SCORE2001", OutcomeState.Skip, "undecided: ScorecardAssemblyFacts=false");
        Assert.True(repository.Outcome("Attribute", "SCORE2001").Undecided);
    }

    /// <summary>csc writes those of several into one text.</summary>
    [Theory]
    [InlineData("Spared", OutcomeState.Skip, "1 finding suppressed: SPR0001: the caller's message is kept")]
    [InlineData("SparedTwice", OutcomeState.Skip, "1 finding suppressed: SPR0001: the caller's message is kept; SPR0002: the runtime, an old one, lacks it")]
    [InlineData("SparedForNothing", OutcomeState.Fail, "1 finding suppressed without a justification")]
    public void SuppressorsReasonIsRead(string service, OutcomeState state, string reason)
    {
        AssertState(service, "arguments", state, reason);
        Assert.Equal((reason, 1), (repository.Outcome(service, "arguments").Reason, repository.Outcome(service, "arguments").Suppressed));
    }

    [Fact]
    public void RuleThatCountsLaterIsSkippedAndSaysFromWhen() => AssertState("LongCheck", "soon", OutcomeState.Skip, "will count from 2999-01-31: 1 finding");

    [Fact]
    public void CodeStyleIsJudgedThoughItIsHiddenByDefault()
    {
        AssertState("Style", "braces", OutcomeState.Fail, "1 finding");
        AssertState("CleanStyle", "braces", OutcomeState.Pass, null);
        Assert.Empty(repository.Build.Warnings("IDE0011"));
    }

    [Fact]
    public void CodeStyleThatDoesNotRunIsNotEvaluated()
    {
        AssertState("LongCheck", "braces", OutcomeState.NotEvaluated, "no analyzer that reports IDE0011 is loaded; code style runs in builds with <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>");
        AssertState("Style", "usings", OutcomeState.NotEvaluated, "IDE0005 reports nothing in a build without <GenerateDocumentationFile>true</GenerateDocumentationFile>");
    }

    /// <summary>A log that the user names may be another project's by the time it is read.</summary>
    [Fact]
    public void LogOfAnotherProjectIsForeign()
    {
        Assert.Null(repository.Outcomes("ForeignLog").NotEvaluated);
        repository.Files.Write("artifacts/foreign.sarif", repository.Files.Read("artifacts/orders.sarif"));
        repository.Run("src/ForeignLog/ForeignLog.csproj", "--no-restore", "--no-dependencies");
        AssertNothingEvaluated("ForeignLog", "the error log belongs to Orders (net10.0), not to ForeignLog (net10.0)");
    }

    [Fact]
    public void LogFromBeforeAChangeOfConfigurationIsStale()
    {
        Assert.Equal(OutcomeState.Pass, repository.Outcome("StaleLog", "arguments").State);
        repository.Run("src/StaleLog/StaleLog.csproj", "--no-restore", "--no-dependencies", "-p:NoWarn=CS0168");
        AssertNotEvaluated("StaleLog", "arguments", "src/Orders/Orders.csproj: the error log is older than the configuration", "SCORE4007");
    }

    void AssertState(string service, string key, OutcomeState state, string? reason)
    {
        var outcome = repository.Outcome(service, key);
        Assert.Equal(state, outcome.State);
        if (reason is null)
            Assert.Null(outcome.Reason);
        else
            Assert.StartsWith(reason, outcome.Reason, StringComparison.Ordinal);
    }

    void AssertNotEvaluated(string service, string key, string reason, string passes)
    {
        var outcome = repository.Outcome(service, key);
        Assert.Equal(OutcomeState.NotEvaluated, outcome.State);
        Assert.StartsWith(reason, outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(OutcomeState.Pass, repository.Outcome(service, passes).State);
    }

    void AssertNothingEvaluated(string service, string reason)
    {
        var document = repository.Outcomes(service);
        Assert.Empty(document.Outcomes);
        Assert.Contains(reason, document.NotEvaluated, StringComparison.Ordinal);
    }
}
