using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class ReportTests
{
    static readonly Revision Commit = new("0123456789abcdef0123456789abcdef01234567", new DateTimeOffset(2026, 11, 1, 12, 30, 0, TimeSpan.Zero), "main", "https://github.com/acme/shop");

    [Theory]
    [InlineData(2, "1:Pass 1:Pass 2:Pass")]
    [InlineData(1, "1:Pass 2:Fail")]
    [InlineData(0, "1:Fail 2:Pass")]
    [InlineData(3, "1:Pass 2:Skip 3:Pass")]
    [InlineData(1, "1:Pass 2:NotEvaluated")]
    [InlineData(1, "1:Pass 2:Skip")]
    [InlineData(0, "1:Skip")]
    [InlineData(0, "")]
    public void LevelNeedsEveryCountingRuleUpToIt(int level, string outcomes) => Assert.Equal(level, Report.Level(Document(outcomes)));

    [Fact]
    public void BlockNamesEachFailingRuleWithItsPlace()
    {
        var document = Document("1:Pass 1:Skip") with { };
        document = document with { Outcomes = [.. document.Outcomes, Failing] };
        Assert.Equal(
            "Scorecard service:shop: 1 of 2 rules pass, level 1, 1 skipped (entity from src/Shop/entity.datadog.yaml)\n" +
            "  fail SCORE2005 Every source is registered: 'Shop' is not (src/Shop/Orders.cs:7) and 1 more",
            Report.Text(document));
    }

    /// <summary>Evaluated from what csc wrote: tracing is off in one build, and waived in the other.</summary>
    [Fact]
    public void HeadlineCountsWhatIsSwitchedOffAndWhatIsWaivedBesideTheLevel()
    {
        var nowarn = EvaluatorTests.Summarized("nowarn");
        Assert.Contains(" rules pass, level ", nowarn, StringComparison.Ordinal);
        Assert.Contains(", 1 switched off (entity from ", nowarn, StringComparison.Ordinal);
        Assert.Contains(", 1 waived (entity from ", EvaluatorTests.Summarized("fail"), StringComparison.Ordinal);
        Assert.Equal(
            "Scorecard service:shop: 1 of 1 rules pass, level 1, 1 skipped, 2 switched off, 1 waived (entity from src/Shop/entity.datadog.yaml)",
            Report.Headline(Document("1:Pass") with { Outcomes = [.. Document("1:Pass 1:Skip").Outcomes, .. Silenced(waived: false), .. Silenced(waived: false), .. Silenced(waived: true)] }));

        static IEnumerable<Outcome> Silenced(bool waived) => Document("1:Skip").Outcomes.Select(outcome => outcome with { SwitchedOff = !waived, Waived = waived });
    }

    [Theory]
    [InlineData("2 findings; the waiver ended on 2026-11-01", "; the waiver ended on 2026-11-01")]
    [InlineData("2 findings suppressed without a justification", "; 2 findings suppressed without a justification")]
    [InlineData("2 findings", "")]
    public void BlockSaysWhatElseThereIsToAFail(string reason, string said) =>
        Assert.EndsWith($": 'Shop' is not (src/Shop/Orders.cs:7) and 1 more{said}", Report.Text(Document("") with { Outcomes = [Failing with { Reason = reason }] }), StringComparison.Ordinal);

    [Fact]
    public void RemarkLinksTheLineAtTheCommitAndEndsInTheCommit() =>
        Assert.Equal(
            "2 findings · <a href=\"https://github.com/acme/shop/blob/0123456789abcdef0123456789abcdef01234567/src/Shop/Orders.cs#L7\">src/Shop/Orders.cs:7</a> · src/Shop/A&amp;B.cs:9 · commit 0123456 · 2026-11-01T12:30:00Z",
            Report.Remarks(Failing, Commit));

    [Fact]
    public void RemarkNamesTheRunAndTheNumberSuppressed() =>
        Assert.Equal(
            "not counting old · 3 suppressed · <a href=\"https://ci.example/run?a=1&amp;b=2\">CI run</a> · commit 0123456 · 2026-11-01T12:30:00Z",
            Report.Remarks(Failing with { Evidence = [], Reason = "not counting old", Suppressed = 3 }, Commit with { Run = "https://ci.example/run?a=1&b=2" }));

    [Theory]
    [InlineData("3 findings suppressed: known", "")]
    [InlineData("1 finding suppressed: known; src/Money/Money.csproj: 2 findings suppressed: known", "")]
    [InlineData("3 advisories suppressed (NuGetAuditSuppress): https://example.com/a and 2 more", "")]
    [InlineData("1 finding suppressed without a justification", " · 3 suppressed")]
    [InlineData("waived until 2999-12-31: planned, suppressed by the vendor", " · 3 suppressed")]
    [InlineData("3 findings suppressed by generated code", " · 3 suppressed")]
    public void RemarkCountsAllThatAreSuppressed(string reason, string said) =>
        Assert.Equal($"{reason}{said} · commit 0123456 · 2026-11-01T12:30:00Z", Report.Remarks(Failing with { Evidence = [], Reason = reason, Suppressed = 3 }, Commit));

    [Fact]
    public void RemarkLinksToTheWebOnlyAndIsNeverCutInsideACharacter()
    {
        var remark = Report.Remarks(Failing with { Reason = new string('a', 499) + "😀", Evidence = [new Evidence("a.cs", 1, 1, "m", "javascript:alert(1)")] }, Commit with { Run = "file:///etc/passwd" });
        Assert.Equal(new string('a', 499) + "… · a.cs:1 · commit 0123456 · 2026-11-01T12:30:00Z", remark);
    }

    /// <summary>However long it is when it is encoded.</summary>
    [Theory]
    [InlineData("<", "&lt;", 125)]
    [InlineData("\"", "&quot;", 83)]
    [InlineData("😀", "&#128512;", 55)]
    public void ReasonThatIsTooLongKeepsItsBeginning(string character, string encoded, int kept) =>
        Assert.Equal(
            $"{string.Concat(Enumerable.Repeat(encoded, kept))}… · a.cs:1 · commit 0123456 · 2026-11-01T12:30:00Z",
            Report.Remarks(Failing with { Reason = string.Concat(Enumerable.Repeat(character, 2000)), Evidence = [new Evidence("a.cs", 1, 1, "m")] }, Commit));

    [Fact]
    public void RemarkIsNeverCutInsideATag()
    {
        var evidence = Enumerable.Range(1, 5).Select(line => new Evidence($"src/{new string('x', 200)}.cs", line, 1, "m", $"https://github.com/{new string('y', 250)}#L{line}")).ToArray();
        var remark = Report.Remarks(Failing with { Evidence = evidence, Reason = new string('<', 2000) }, Commit);
        Assert.InRange(remark.Length, 1, 1000);
        Assert.Equal(remark.Split("<a ").Length, remark.Split("</a>").Length);
        Assert.EndsWith("commit 0123456 · 2026-11-01T12:30:00Z", remark, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkdownEscapesWhatATableWouldBreakOn()
    {
        var document = Document("") with { Outcomes = [Failing with { Reason = "a|b <script>" }] };
        Assert.Contains("a\\|b &lt;script>", Report.Markdown([document]), StringComparison.Ordinal);
    }

    static Outcome Failing => new("SCORE2005", "Every source is registered", "Observability", 2, OutcomeState.Fail, "2 findings",
        [new Evidence("src/Shop/Orders.cs", 7, 3, "'Shop' is not", "https://github.com/acme/shop/blob/0123456789abcdef0123456789abcdef01234567/src/Shop/Orders.cs#L7"), new Evidence("src/Shop/A&B.cs", 9, 1, "neither")]);

    [Fact]
    public void WhatKeepsOutcomesFromBeingPublishedIsSaid() =>
        Assert.EndsWith("(entity from src/Shop/entity.datadog.yaml)\n  not to be published: its entity is a guess\n  fail R0 Rule 0", Report.Text(Document("1:Fail") with { Held = "its entity is a guess" }), StringComparison.Ordinal);

    internal static OutcomesDocument Document(string outcomes) => new(
        1, new Entity("service:shop", "src/Shop/entity.datadog.yaml"), Commit, "src/Shop/Shop.csproj", "net10.0", null,
        [.. outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, index) => text.Split(':') is [var level, var state]
            ? new Outcome($"R{index}", $"Rule {index}", "S", int.Parse(level), Enum.Parse<OutcomeState>(state), null, [])
            : throw new FormatException(text))]);
}
