using ScorecardBuildTasks.Evaluation;

namespace Build.Corpus;

/// <summary>How an outcome stands to what a reader expects.</summary>
enum Standing
{
    Right,

    /// <summary>A pass, a fail or a not applicable that contradicts the reader.</summary>
    Wrong,

    /// <summary>The rule does not say, and a reader could.</summary>
    Aside,

    /// <summary>The rule says, and a reader could not.</summary>
    Claimed,

    /// <summary>Neither says; it counts nowhere.</summary>
    Undecided,
}

/// <summary>One rule on one service: what was expected and what came out.</summary>
sealed record Comparison(string Repository, string Service, Expectation Expectation, Outcome Outcome)
{
    public string Rule => Expectation.Rule;

    public Expected Got => Outcome switch
    {
        { State: OutcomeState.Pass } => Expected.Pass,
        { State: OutcomeState.Fail } => Expected.Fail,
        { State: OutcomeState.Skip, Reason: { } reason } when reason.StartsWith("not applicable:", StringComparison.Ordinal) => Expected.NotApplicable,
        // Also what is switched off, waived or not evaluated: whatever the reason, the rule does not say.
        _ => Expected.Undecided,
    };

    public Standing Standing => (Expectation.Expected, Got) switch
    {
        (Expected.Undecided, Expected.Pass or Expected.Fail) => Standing.Claimed,
        (Expected.Undecided, _) => Standing.Undecided,
        (_, Expected.Undecided) => Standing.Aside,
        var (expected, got) => expected == got ? Standing.Right : Standing.Wrong,
    };

    public override string ToString()
    {
        var ours = string.Join("; ", Outcome.Evidence.Select(evidence => $"{evidence.File}:{evidence.Line} {evidence.Message}").Prepend(Outcome.Reason).Where(part => part is not null));
        return $"{Report.Name(Standing),-7}  {Rule}  {Service}: expected {Report.Name(Expectation.Expected)}, got {Report.Name(Got)}{(ours.Length > 0 ? $" ({ours})" : "")}; {string.Join(", ", Expectation.Evidence)}: {Expectation.Why}";
    }
}

/// <summary>One rule over all services where a reader could decide.</summary>
sealed record Score(int Right, int Wrong, int Aside)
{
    /// <summary>Aside at most for these of a hundred.</summary>
    public const int AsideGoal = 15;

    public int All => Right + Wrong + Aside;

    public bool Met => Wrong == 0 && Aside * 100 <= AsideGoal * All;

    public static Score Of(IEnumerable<Comparison> comparisons)
    {
        var counts = comparisons.CountBy(comparison => comparison.Standing).ToDictionary();
        return new Score(counts.GetValueOrDefault(Standing.Right), counts.GetValueOrDefault(Standing.Wrong), counts.GetValueOrDefault(Standing.Aside));
    }

    public override string ToString() => $"{Right} right, {Wrong} wrong, {Aside} aside of {All}";
}
