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
        var failing = document.Outcomes.Where(outcome => outcome.State == OutcomeState.Fail).ToArray();
        switch (Kind)
        {
            case GateKind.All when failing.Length > 0:
                return $"{Keys(failing)} {(failing.Length == 1 ? "fails" : "fail")}";
            case GateKind.New when failing.Where(outcome => !baseline.Has(document.Entity.Reference, outcome.Key)).ToArray() is { Length: > 0 } added:
                return $"{Keys(added)} {(added.Length == 1 ? "fails" : "fail")} and did not in {Baseline.FileName}";
            case GateKind.Level when document.NotEvaluated is { } why:
                return $"level {Level} cannot be claimed: {why}";
            case GateKind.Level when document.Outcomes.Where(Misses).ToArray() is { Length: > 0 } missing:
                return $"level {Level} is not reached for {Keys(missing)}";
            default:
                return null;
        }
    }

    /// <summary>A rule that is skipped does not count, and a service without a rule of the level has nothing to miss.</summary>
    bool Misses(Outcome outcome) => outcome.Level <= Level && outcome.State is (OutcomeState.Fail or OutcomeState.NotEvaluated);

    static string Keys(IEnumerable<Outcome> outcomes) => string.Join(", ", outcomes.Select(outcome => outcome.Key));
}

public enum GateKind
{
    None,

    /// <summary>Closed by a rule that fails and is not in the baseline.</summary>
    New,

    /// <summary>Closed by a rule of the level or below that fails or could not be evaluated.</summary>
    Level,

    /// <summary>Closed by any rule that fails.</summary>
    All,
}
