using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules;

/// <summary>Why a rule that reports nothing has not passed.</summary>
enum StandsAside
{
    NotApplicable,
    Undecided,

    /// <summary>What it judges lies in a part of the repository that is not there: elsewhere it may fail.</summary>
    NotVisible,
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

    /// <summary>Where, in files that are no source, the reason stands; the finding itself stays where the source can silence it.</summary>
    public ImmutableArray<Location> Places { get; private init; } = ImmutableArray<Location>.Empty;

    public static Verdict Failing(string reason) => new() { Fails = true, Reason = reason };

    public static Verdict NotApplicable(string reason) => new() { StandsAside = Rules.StandsAside.NotApplicable, Reason = reason };

    public static Verdict Undecided(string reason) => new() { StandsAside = Rules.StandsAside.Undecided, Reason = reason };

    public static Verdict NotVisible(string reason) => new() { StandsAside = Rules.StandsAside.NotVisible, Reason = reason };

    /// <param name="line">Counts from 1, as the column does.</param>
    public Verdict At(string file, int line, int column = 1)
    {
        var position = new LinePosition(line - 1, column - 1);
        return this with { Places = Places.Add(Location.Create(file, default, new LinePositionSpan(position, position))) };
    }

    public Verdict With(string property, string? value) => value is null ? this : this with { Properties = Properties.SetItem(property, value) };
}
