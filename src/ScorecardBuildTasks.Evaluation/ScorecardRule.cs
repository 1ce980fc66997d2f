using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>One rule of a scorecard as it is judged: what the log brings for it, adjusted by the configuration.</summary>
/// <remarks>There is no list of rules here: our own are those that the log shows with a level, all others come from <c>scorecard.json</c>.</remarks>
/// <param name="ReachesLibraries">Counts in the libraries that a service references too: rules of ours that judge code, and all of other analyzers.</param>
/// <param name="WalksCode">Has not seen what is called generated: rules of ours that look at code, and, for all that is known, those of other analyzers.</param>
sealed partial record ScorecardRule(string Key, string Name, string Scorecard, int Level, bool ReachesLibraries, bool WalksCode, RuleConfiguration Configuration)
{
    /// <summary>The kind of the compiler's own that is off in most of the projects where one is: it is asked after for a wildcard that means more.</summary>
    public const string NullableWarnings = "CS86*";

    const int DefaultLevel = 3;

    /// <summary>What analyzers and the compiler feed it with, ids and wildcards, without what is taken out again: none where all it is fed by are restore's own messages.</summary>
    public IReadOnlyList<string> CompilerPatterns { get; } =
        [.. Inclusions(Key, Configuration).Where(pattern => !IsRestores(pattern))];

    /// <summary>What restore's audit feeds it with.</summary>
    public IReadOnlyList<string> AuditPatterns { get; } = [.. Inclusions(Key, Configuration).Where(IsRestores)];

    public bool Takes(string id) => Takes(Key, Configuration, id);

    /// <summary>
    /// The ids that a pattern brings in, of those that could be reported. The compiler lists its own only where it reports them, but can report any; that all of a wildcard are off, the collector says of
    /// the wildcard, and of one that means most of what the compiler says, that a kind of it is off.
    /// </summary>
    public IReadOnlyList<string> IdsOf(string pattern, ErrorLog log) =>
        IsCompilers(pattern) && (!HasWildcard(pattern) || log.WhoSwitchedOff(pattern) is not null) ? [pattern]
        : !HasWildcard(pattern) ? (log.Rules.ContainsKey(pattern) && !Excludes(Key, Configuration, pattern) ? [pattern] : [])
        : IsCompilers(pattern) && log.WhoSwitchedOff(NullableWarnings) is not null && Matches(pattern, NullableWarnings) && !Excludes(Key, Configuration, NullableWarnings) ? [pattern, NullableWarnings]
        : [.. log.Rules.Keys.Where(id => Matches(pattern, id) && !Excludes(Key, Configuration, id))];

    /// <summary>Whether restore's audit feeds it.</summary>
    public bool TakesAudit => RestoreAudit.Ids.Any(Takes);

    public static IEnumerable<ScorecardRule> All(ErrorLog log, ScorecardConfiguration configuration)
    {
        var ours = log.Rules.Values.Where(rule => rule.Level is not null).ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        foreach (var key in ours.Keys.Union(configuration.Rules.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var configured = configuration.Rules.GetValueOrDefault(key, RuleConfiguration.Default);
            if (!configured.Enabled)
                continue;
            var own = ours.GetValueOrDefault(key);
            yield return new ScorecardRule(
                key,
                configured.Name ?? own?.Title ?? key,
                configured.Scorecard ?? own?.Category ?? "Code Quality",
                configured.Level ?? own?.Level ?? DefaultLevel,
                own?.JudgesLibraries ?? true,
                own?.WalksCode ?? true,
                configured);
        }
    }

    public static bool Takes(string key, RuleConfiguration configured, string id) =>
        Patterns(key, configured).Any(pattern => pattern[0] != '!' && Matches(pattern, id)) && !Excludes(key, configured, id);

    /// <summary>What feeds a rule as it is written; where nothing is, its own key.</summary>
    public static IReadOnlyList<string> Patterns(string key, RuleConfiguration configured) => configured.Diagnostics is { Count: > 0 } patterns ? patterns : [key];

    /// <summary>Why nothing can ever feed the rule, or not all that it names, and where that is written; null where there is nothing to say.</summary>
    public static (string Text, string Member)? MistakeIn(string key, RuleConfiguration configured)
    {
        if (configured.Diagnostics is { Count: 0 } || Inclusions(key, configured).Length == 0)
            return ($"rule '{key}' is fed by nothing; name the diagnostics that it counts before those that it does not", $"rules.{key}.diagnostics");
        if (Inclusions(key, configured).FirstOrDefault(pattern => IsCompilers(pattern) && !HasWildcard(pattern) && !CompilersId().IsMatch(pattern)) is { } misspelt)
            return ($"'{misspelt}' is no id of the compiler's: behind CS it has four digits, as in CS0618", MemberOf(misspelt));
        var restores = Inclusions(key, configured).FirstOrDefault(pattern => IsRestores(pattern) && !RestoreAudit.Ids.Any(id => Matches(pattern, id) && !Excludes(key, configured, id)));
        return restores is null ? null
            : ($"of restore's messages only {RestoreAudit.Ids[0]} to {RestoreAudit.Ids[^1]} feed a rule, not {restores}", MemberOf(restores));

        string MemberOf(string pattern) => $"rules.{key}.diagnostics[{Patterns(key, configured).ToList().IndexOf(pattern)}]";
    }

    /// <summary>The patterns that take something in, without those that another takes out altogether.</summary>
    static string[] Inclusions(string key, RuleConfiguration configured) => [.. Patterns(key, configured).Where(pattern => pattern[0] != '!' && !Excludes(key, configured, pattern))];

    /// <summary>NU1901 is restore's own, NUnit1001 an analyzer's.</summary>
    static bool IsRestores(string pattern) => pattern.StartsWith("NU", StringComparison.Ordinal) && (pattern.Length == 2 || !char.IsAsciiLetter(pattern[2]));

    /// <summary>CS8602 and CS86* need no analyzer.</summary>
    public static bool IsCompilers(string pattern) => pattern.StartsWith("CS", StringComparison.Ordinal) && (pattern.Length == 2 || !char.IsAsciiLetter(pattern[2]));

    /// <summary>CS86* means what the compiler says of one thing, CS8* and CS* most of what it says at all.</summary>
    public static bool IsKindOfCompilers(string pattern) => IsCompilers(pattern) && pattern.AsSpan().IndexOfAny('*', '?') >= "CS00".Length;

    static bool Excludes(string key, RuleConfiguration configured, string id) => Patterns(key, configured).Any(pattern => pattern[0] == '!' && Matches(pattern[1..], id));

    [GeneratedRegex(@"^CS\d{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex CompilersId();

    // Nearly all patterns are ids, and each is asked for every id of a log.
    public static bool Matches(string pattern, string id) => HasWildcard(pattern) ? FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false) : pattern == id;

    public static bool HasWildcard(string pattern) => pattern.AsSpan().ContainsAny('*', '?');
}
