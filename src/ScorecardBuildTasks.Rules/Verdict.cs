using System.Collections.Immutable;

namespace ScorecardBuildTasks.Rules;

/// <summary>Why a rule that reports nothing has not passed.</summary>
enum StandsAside
{
    NotApplicable,
    Undecided,
}

/// <summary>What a rule says about a service: it passes, it fails for a reason, or the rule stands aside for one.</summary>
sealed record Verdict
{
    public static readonly Verdict Passes = new();

    public bool Fails { get; private init; }

    public StandsAside? StandsAside { get; private init; }

    public string Reason { get; private init; } = "";

    /// <summary>What the rule's fix needs to know.</summary>
    public ImmutableDictionary<string, string?> Properties { get; private init; } = ImmutableDictionary<string, string?>.Empty;

    public static Verdict Failing(string reason) => new() { Fails = true, Reason = reason };

    public static Verdict NotApplicable(string reason) => new() { StandsAside = Rules.StandsAside.NotApplicable, Reason = reason };

    public static Verdict Undecided(string reason) => new() { StandsAside = Rules.StandsAside.Undecided, Reason = reason };

    public Verdict With(string property, string? value) => value is null ? this : this with { Properties = Properties.SetItem(property, value) };
}
