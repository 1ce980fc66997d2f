using System.Collections.Frozen;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>What is known of a diagnostic that feeds a rule, in one compilation.</summary>
enum Reach
{
    /// <summary>It ran in all files of the project's own, but for those where a severity for all analyzers leaves none anything to say.</summary>
    Ran,

    /// <summary>Somebody switched it off, for some files or for all.</summary>
    SwitchedOff,

    /// <summary>Its analyzer hides it by default, and nobody gave it a severity.</summary>
    Hidden,

    /// <summary>Its analyzer may hide it by default, and some files have no severity for it.</summary>
    MayBeHidden,

    /// <summary>The build of a library kept it out of the log, or left it hidden, because it saw nobody count it.</summary>
    KeptQuiet,

    /// <summary>The collector knows why it would not be in the log, though it is on.</summary>
    Unseen,
}

/// <summary>Whether a diagnostic is known to have run in all files that it judges, which a pass needs of what feeds a rule.</summary>
/// <param name="Why">Who switched it off, or why it is not in the log; null where that is plain.</param>
sealed record Coverage(string Id, Reach Reach, string? Why = null)
{
    /// <summary>The files of its own that a diagnostic has not seen which ran in the others.</summary>
    public IReadOnlyCollection<string> NotLookedAt { get; init; } = [];

    /// <summary>Whether the log has no word of it, whoever did that.</summary>
    public bool IsOff => Reach is Reach.SwitchedOff or Reach.Hidden or Reach.MayBeHidden;
}

/// <summary>Puts together what the collector, the compiler and the files that give severities each know a part of.</summary>
sealed class Coverages(ErrorLog log, SeverityPlaces places)
{
    const string Configuration = "configuration";

    const string CodeStyle = "IDE";

    static readonly string[] OfTheSdk = ["CA", "SYSLIB", CodeStyle];

    readonly Dictionary<string, Coverage> known = new(StringComparer.Ordinal);

    public Coverage Of(string id)
    {
        if (!known.TryGetValue(id, out var coverage))
            known.Add(id, coverage = Find(id));
        return coverage;
    }

    Coverage Find(string id)
    {
        var rule = log.Rules.GetValueOrDefault(id);
        var coverage = log.WhoSwitchedOff(id) is { } who ? new Coverage(id, Reach.SwitchedOff, places.Named(who, id, rule?.Category))
            // Of what the compiler says itself, and of our own rules, the collector knows all.
            : rule is null or { Level: not null } ? new Coverage(id, Reach.Ran) { NotLookedAt = log.OffInBulk(id) }
            : OfLogged(rule);
        // Nobody switched these off, and nobody looked.
        return log.Stamp!.Quiet.Contains(id) && (coverage.IsOff || log.SeveritiesOf(id) is null) ? new Coverage(id, Reach.KeptQuiet)
            : !coverage.IsOff && log.WhyUnseen(id) is { } why ? new Coverage(id, Reach.Unseen, why)
            : coverage;
    }

    /// <summary>Of another analyzer's rule, from what the compiler says of it.</summary>
    /// <remarks>
    /// The compiler says <c>external</c> of what is out of its log for a part of the compilation, be that what the build writes; of the SDK's own it does not always. A rule that is hidden by default it calls a
    /// note, as one that suggests and one that somebody silenced.
    /// </remarks>
    Coverage OfLogged(LoggedRule rule)
    {
        var id = rule.Id;
        var isConfigured = log.SeveritiesOf(id) is not null;
        var given = log.SeveritiesOf(id).GetValueOrDefault();
        var isNamed = log.IsNamed(id);
        var isOfTheSdk = OfTheSdk.Any(prefix => IsOf(prefix, id));
        // Code style is hidden by default, and is so in ids that the build does not know yet.
        var isNewStyle = !isNamed && rule.IsNote && IsOf(CodeStyle, id);
        var isOut = rule.SuppressedExternally || given.Off;
        var mayBeOut = isOfTheSdk && !isNamed && given.Note || isNewStyle && !isConfigured;
        if (!isOut && !mayBeOut)
            return !rule.EnabledByDefault && !isConfigured ? ByDefault() : Ran();

        // Who did it to one that the build names, the collector knows; of another a file may tell.
        if (!isNamed && isConfigured && places.OfSeverity(id, rule.Category) is { } place)
            return new Coverage(id, Reach.SwitchedOff, place);
        if (!rule.EnabledByDefault)
            return isOut ? ByDefault() : Ran();
        if (rule.IsNote && !isConfigured)
            return new Coverage(id, Reach.Hidden);
        // Which others of the SDK's are hidden by default the build knows, and the collector what of those is not seen.
        if (rule.IsNote && given.Note && (isNewStyle || !isOfTheSdk))
            return new Coverage(id, Reach.MayBeHidden);
        if (isNamed ? given.HasLevel : !isOut || (given.HasLevel && log.OffForAll(id) is { } files && files.Count < log.Stamp!.Generated.Own))
            return Ran();
        return new Coverage(id, Reach.SwitchedOff, (log.OffForAll(id) is { Count: > 0 } all && all.Count == log.Stamp!.Generated.Own ? places.OfAll() : null) ?? Configuration);

        static bool IsOf(string prefix, string id) => id.Length > prefix.Length && id.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(id[prefix.Length]);

        Coverage ByDefault() => new(id, Reach.SwitchedOff, "its analyzer's default");

        Coverage Ran() => new(id, Reach.Ran) { NotLookedAt = (isNamed ? log.OffInBulk(id) : isOut || mayBeOut ? log.OffForAll(id) : null) ?? FrozenSet<string>.Empty };
    }
}
