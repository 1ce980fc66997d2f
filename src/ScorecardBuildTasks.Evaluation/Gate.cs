using System.Globalization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What a build must come to, by the property <c>ScorecardGate</c>.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Level">For <see cref="GateKind.Level"/>: the level to reach.</param>
public sealed record Gate(GateKind Kind, int Level = 0)
{
    /// <returns>Null for a text that is none of <c>none</c>, <c>new</c>, <c>level:N</c> and <c>all</c>.</returns>
    public static Gate? Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "" or "none" => new Gate(GateKind.None),
        "new" => new Gate(GateKind.New),
        "all" => new Gate(GateKind.All),
        var level when level.StartsWith("level:", StringComparison.Ordinal) && int.TryParse(level.AsSpan("level:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 3 => new Gate(GateKind.Level, number),
        _ => null,
    };

    /// <summary>Why the document does not pass the gate, or null.</summary>
    public string? WhyClosed(OutcomesDocument document, Baseline baseline)
    {
        if (Kind == GateKind.None)
            return null;
        if (document.NotEvaluated is { } why)
            return Kind == GateKind.Level ? $"level {Level} cannot be claimed: {why}" : $"it is not evaluated: {why}";
        // What the file would have said of the rules is unknown, so that none of them is known to pass.
        if (document.Unreadable is { } unreadable)
            return unreadable;
        // A rule that is skipped does not count; one that could not be evaluated may fail for all that is known.
        var missed = document.Outcomes.Where(outcome => outcome.State is OutcomeState.Fail or OutcomeState.NotEvaluated).ToArray();
        return Kind switch
        {
            GateKind.Level => WhyBelow(document, missed),
            GateKind.New => Describe([.. missed.Where(outcome => baseline.StateOf(document.Entity.Reference, outcome.Key) is null)], $" and did not in {Baseline.FileName}", $" and {Baseline.FileName} has nothing of that"),
            _ => Describe(missed, "", ""),
        };
    }

    string? WhyBelow(OutcomesDocument document, IEnumerable<Outcome> missed)
    {
        var reached = Report.Level(document);
        if (reached >= Level)
            return null;
        return missed.Where(outcome => outcome.Level <= Level).ToArray() is { Length: > 0 } missing ? $"level {Level} is not reached for {Keys(missing)}"
            : reached == 0 ? $"level {Level} cannot be claimed: every rule is skipped or switched off"
            : $"level {Level} cannot be claimed: every rule above level {reached} is skipped or switched off";
    }

    static string? Describe(Outcome[] missed, string failedSince, string unknownSince)
    {
        var failing = missed.Where(outcome => outcome.State == OutcomeState.Fail).ToArray();
        var unknown = missed.Where(outcome => outcome.State == OutcomeState.NotEvaluated).ToArray();
        string?[] said =
        [
            failing.Length > 0 ? $"{Keys(failing)} {(failing.Length == 1 ? "fails" : "fail")}{failedSince}" : null,
            unknown.Length > 0 ? $"{Keys(unknown)} could not be evaluated{unknownSince}" : null,
        ];
        return missed.Length > 0 ? string.Join("; ", said.Where(part => part is not null)) : null;
    }

    static string Keys(IEnumerable<Outcome> outcomes) => string.Join(", ", outcomes.Select(outcome => outcome.Key));
}

public enum GateKind
{
    None,

    /// <summary>Closed by a rule that fails, or could not be evaluated, and is not in the baseline.</summary>
    New,

    /// <summary>Closed where the report says a lower level: by a rule of the level or below that fails or could not be evaluated, or where no rule counts from the level up.</summary>
    Level,

    /// <summary>Closed by any rule that fails or could not be evaluated.</summary>
    All,
}
