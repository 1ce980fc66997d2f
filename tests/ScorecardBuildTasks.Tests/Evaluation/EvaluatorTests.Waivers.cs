using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed partial class EvaluatorTests
{
    static readonly Waiver UntilMidDecember = new(Rule, "service:shop", WaiverReason.Retiring, "replaced by checkout", new DateOnly(2026, 12, 15), "SHOP-12") { Place = new Place("/repo/shop/scorecard.json", 4, 7) };

    [Fact]
    public void WaiverSkipsUntilItsLastDay()
    {
        Assert.Equal((OutcomeState.Skip, "waived until 2026-12-15: retiring, replaced by checkout, SHOP-12", true), Waived(new DateOnly(2026, 12, 15)));
        Assert.Equal((OutcomeState.Fail, "1 finding; the waiver ended on 2026-12-15", false), Waived(new DateOnly(2026, 12, 16)));

        static (OutcomeState, string?, bool) Waived(DateOnly day) => Of(Evaluate("fail", Waiver(UntilMidDecember, day))) is var outcome ? (outcome.State, outcome.Reason, outcome.Waived) : default;
    }

    [Fact]
    public void WaiverMayLeaveOutTheKindAsEveryEntityMay()
    {
        Assert.Equal((OutcomeState.Skip, true), (Of(Evaluate("fail", Waiver(UntilMidDecember with { Entity = "shop" }))).State, Of(Evaluate("fail", Waiver(UntilMidDecember with { Entity = "shop" }))).Waived));
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("fail", Waiver(UntilMidDecember with { Entity = "queue:shop" }))).State);
    }

    [Fact]
    public void WaiverOfAnotherEntityDoesNotCount()
    {
        var document = Evaluate("fail", Waiver(UntilMidDecember with { Entity = "service:other" }));
        Assert.Equal(OutcomeState.Fail, Of(document).State);
        Assert.Null(document.Messages);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(1, "SCORE0017 the waiver of SCORE2001 for service:shop: it ends on 2026-12-15; then the rule fails again")]
    [InlineData(16, null)]
    public void WaiverThatEndsIsToldFourteenDaysBefore(int day, string? message)
    {
        // The thirtieth is that of November.
        var today = new DateOnly(2026, day == 30 ? 11 : 12, day);
        var said = Evaluate("fail", Waiver(UntilMidDecember, today)).Messages?.Single();
        Assert.Equal(message, said is null ? null : $"{said.Code} {said.Text}");
        Assert.Equal(message is null ? null : "/repo/shop/scorecard.json(4,7)", said is null ? null : $"{said.File}({said.Line},{said.Column})");
    }

    [Theory]
    [InlineData("SCORE2001", "service:shop", "SCORE0018 the waiver of SCORE2001 for service:shop: the rule comes to pass without it; remove it, unless a project of the entity that is not built yet needs it")]
    [InlineData("SCORE2OO1", "service:shop", "SCORE0018 the waiver of SCORE2OO1 for service:shop: no rule of that key counts here; remove it, unless a project of the entity that is not built yet needs it")]
    [InlineData("SCORE2OO1", "*", "SCORE0018 the waiver of SCORE2OO1 for *: no rule of that key counts here; remove it, unless a project of the entity that is not built yet needs it")]
    [InlineData("SCORE2001", "*", null)]
    public void WaiverThatNobodyNeedsIsTold(string rule, string entity, string? message)
    {
        var said = Evaluate("pass", Waiver(UntilMidDecember with { Rule = rule, Entity = entity })).Messages?.Single();
        Assert.Equal(message, said is null ? null : $"{said.Code} {said.Text}");
    }

    /// <summary>Each service alone cannot tell.</summary>
    [Theory]
    [InlineData("pass", "*", "the waiver of SCORE2001 for *: no service of Shop.slnx needs it; remove it, unless one that is not part of that does")]
    [InlineData("suppressed", "*", "the waiver of SCORE2001 for *: no service of Shop.slnx needs it; remove it, unless one that is not part of that does")]
    [InlineData("fail", "*", null)]
    [InlineData("crash-silenced", "*", null)]
    [InlineData("syntax-error", "*", null)]
    [InlineData("pass", "service:shop", null)]
    public void WaiverForAllThatNoneNeedsIsToldByWhoSeesAll(string other, string entity, string? message)
    {
        var waiver = UntilMidDecember with { Entity = entity };
        OutcomesDocument[] documents = [Evaluate("pass", Waiver(waiver)), Evaluate(other, Waiver(waiver)) with { Entity = new Entity("service:mail", "") }];
        Assert.Equal(message, OfNoUse(new ScorecardConfiguration()));
        Assert.Null(OfNoUse(new ScorecardConfiguration { Rules = new Dictionary<string, RuleConfiguration> { [Rule] = new(EffectiveFrom: new DateOnly(2026, 12, 2)) } }));
        Assert.Empty(Waivers.OfNoUse([waiver], [], "Shop.slnx", new ScorecardConfiguration(), new DateOnly(2026, 12, 1)));

        string? OfNoUse(ScorecardConfiguration configuration) => Waivers.OfNoUse([waiver], documents, "Shop.slnx", configuration, new DateOnly(2026, 12, 1)).SingleOrDefault()?.Text;
    }

    [Fact]
    public void WaiverOfARuleThatWillCountLaterIsNotTold() => Assert.Null(Evaluate("fail", input => input with
    {
        Configuration = new ScorecardConfiguration { Waivers = [UntilMidDecember], Rules = new Dictionary<string, RuleConfiguration> { ["SCORE2001"] = new(EffectiveFrom: input.Today.AddDays(30)) } },
    }).Messages);

    [Theory]
    [InlineData("pass", "pass", "SCORE0018")]
    [InlineData("pass", "suppressed", "SCORE0018")]
    [InlineData("pass", "fail", null)]
    [InlineData("pass", "syntax-error", null)]
    public void WaiverIsUnusedWhereNoFrameworkNeedsIt(string one, string other, string? code)
    {
        var waiver = Waiver(UntilMidDecember with { Until = new DateOnly(2027, 3, 31) });
        OutcomesDocument[] documents = [Evaluate(one, waiver), Evaluate(other, waiver) with { Framework = "net9.0" }];
        Assert.Equal(code, OutcomesDocument.Merge(documents).Messages?.Single().Code);
        Assert.Equal(code, OutcomesDocument.Merge([.. documents.Reverse()]).Messages?.Single().Code);
    }

    [Fact]
    public void WaiverBeyondWhatIsAllowedDoesNotCount()
    {
        var document = Evaluate("fail", input => Waiver(UntilMidDecember)(input) is var waived ? waived with { Configuration = waived.Configuration with { MaxWaiverDays = 10 } } : input);
        Assert.Equal((OutcomeState.Fail, "1 finding; the waiver until 2026-12-15 does not count, 10 days are allowed"), (Of(document).State, Of(document).Reason));
        Assert.Equal("the waiver of SCORE2001 for service:shop: it ends on 2026-12-15, and 10 days are allowed; until it ends on 2026-12-11 or before it does not count", Assert.Single(document.Messages!).Text);
    }

    static Func<EvaluationInput, EvaluationInput> Waiver(Waiver waiver, DateOnly? today = null) =>
        input => input with { Today = today ?? input.Today, Configuration = new ScorecardConfiguration { Waivers = [waiver] } };
}
