using FsCheck;
using FsCheck.Fluent;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>Matrix legs, frameworks and projects arrive in any order, in any grouping, and some twice: none of that may show in what they come to.</summary>
public sealed class MergeProperties
{
    static readonly Gen<Outcome> Outcomes =
        from key in Gen.Elements("SCORE2001", "SCORE2005", "arguments")
        from name in Gen.Elements("Traced", "Tracing")
        from level in Gen.Choose(1, 3)
        from state in Gen.Elements(Enum.GetValues<OutcomeState>())
        from reason in Gen.Elements(null, "1 finding", "switched off by NoWarn")
        from lines in Gen.SubListOf(1, 2, 3)
        from off in Gen.Elements(true, false)
        from waived in Gen.Elements(true, false)
        from suppressed in Gen.Choose(0, 2)
        from undecided in Gen.Elements(true, false)
        select new Outcome(key, name, "Observability", level, state, reason, [.. lines.Select(line => new Evidence("src/Shop/Program.cs", line, 1, "m"))], off, waived, suppressed, undecided);

    static readonly Gen<OutcomesDocument> Documents =
        from outcomes in Gen.ListOf(Outcomes)
        from guessed in Gen.Elements(true, false)
        from reason in Gen.Elements("a", "b")
        from sha in Gen.Elements(null, "0123456", "89abcde")
        from hour in Gen.Choose(0, 2)
        from project in Gen.Elements("src/Shop/Shop.csproj", "src/Worker/Worker.csproj")
        from framework in Gen.Elements("net9.0", "net10.0", "net10.0;net9.0")
        from why in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>("no analyzer ran", "the code does not parse")))
        from ends in Gen.Elements(true, false)
        from unused in Gen.Elements(null, "the rule comes to pass", "the rule comes to skip")
        let messages = Messages(ends, unused)
        from held in Gen.Elements(null, "scorecard.json cannot be read")
        select OutcomesDocument.Merge(
        [
            new OutcomesDocument(
                1, new Entity("service:shop", reason, guessed), new Revision(sha, hour == 0 ? null : new DateTimeOffset(2026, 11, 1, hour, 0, 0, TimeSpan.Zero), "main", null),
                project, framework, why, why is null ? [.. outcomes.DistinctBy(outcome => outcome.Key).OrderBy(outcome => outcome.Key, StringComparer.Ordinal)] : [], held, why is null ? null : $"{project} ({framework}): {why}", messages.Length > 0 ? messages : null),
        ]);

    static readonly Arbitrary<OutcomesDocument> Any = Arb.From(Documents);

    [Fact]
    public void MergingIsAssociative() =>
        Prop.ForAll(Any, Any, Any, (a, b, c) =>
        {
            var together = Text(Merge(a, b, c));
            return together == Text(Merge(Merge(a, b), c)) && together == Text(Merge(a, Merge(b, c)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void MergingIsCommutative() => Prop.ForAll(Any, Any, (a, b) => Text(Merge(a, b)) == Text(Merge(b, a))).QuickCheckThrowOnFailure();

    [Fact]
    public void MergingIsIdempotent() =>
        Prop.ForAll(Any, Any, (a, b) => Text(Merge(a, a)) == Text(a) && Text(Merge(Merge(a, b), b)) == Text(Merge(a, b))).QuickCheckThrowOnFailure();

    /// <summary>A pass is no outcome of what somebody silenced, or no rule could tell, in one of them.</summary>
    [Fact]
    public void NoPassOutweighsWhatIsSilencedOrUndecided() =>
        Prop.ForAll(Any, Any, (a, b) => Merge(a, b).Outcomes.All(merged =>
            merged.State != OutcomeState.Pass || a.Outcomes.Concat(b.Outcomes).All(outcome => outcome.Key != merged.Key || outcome.State == OutcomeState.Pass || outcome is { State: OutcomeState.Skip, SwitchedOff: false, Waived: false, Suppressed: 0, Undecided: false }))).QuickCheckThrowOnFailure();

    static OutcomesDocument Merge(params OutcomesDocument[] documents) => OutcomesDocument.Merge(documents);

    static BuildMessage[] Messages(bool ends, string? unused) =>
    [
        .. ends ? [new BuildMessage(BuildMessage.WaiverEnds, "soon", "scorecard.json", 3, 5, "SCORE2001")] : (BuildMessage[])[],
        .. unused is null ? [] : (BuildMessage[])[new BuildMessage(BuildMessage.WaiverIsUnused, unused, "scorecard.json", 4, 5, "SCORE2005")],
    ];

    static string Text(OutcomesDocument document)
    {
        using var folder = new TemporaryFolder();
        document.Write(folder["outcomes.json"]);
        return File.ReadAllText(folder["outcomes.json"]);
    }
}
