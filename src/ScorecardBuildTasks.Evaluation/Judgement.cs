using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>One rule judged over all compilations that count for a service: the table of honest states.</summary>
sealed partial class Judgement
{
    const int FewIds = 3;
    const string MayBeHidden = "may be hidden by default where no severity of its own reaches";

    readonly ScorecardRule rule;
    readonly EvaluationInput input;
    readonly CompilerRun[] runs;
    readonly string[] folders;
    readonly RestoreAudit? audit;
    readonly (CompilerRun Run, Finding Finding)[] open;
    readonly (CompilerRun Run, Finding Finding)[] suppressed;
    readonly (CompilerRun Run, Finding Finding)[] suppressedByGenerators;
    readonly Outcome outcome;

    public Judgement(ScorecardRule rule, EvaluationInput input)
    {
        (this.rule, this.input) = (rule, input);
        runs = rule.CompilerPatterns.Count == 0 ? []
            : rule.ReachesLibraries
            ? [input.Service, .. input.Libraries.DistinctBy(run => (run.Project, run.Framework)).OrderBy(run => run.Project, StringComparer.Ordinal).ThenBy(run => run.Framework, StringComparer.Ordinal)]
            : [input.Service];
        folders = [input.RepositoryRoot, .. runs.Select(FolderOf).Distinct()];
        audit = rule.TakesAudit ? input.Audit() : null;
        // A file linked into several projects is one place, however many compilers saw it.
        var findings = runs
            .Where(run => run.WhyNot() is null)
            .SelectMany(run => run.Log!.FindingsOf(rule.Takes).Where(finding => !IsOnlyObserved(run.Log!, finding)).Select(finding => (Run: run, Finding: finding)))
            .Concat((audit?.Findings ?? []).Where(finding => rule.Takes(finding.Id)).Select(finding => (Run: input.Service, Finding: finding)))
            .DistinctBy(pair => (pair.Finding, Project: pair.Finding.File is null ? pair.Run.Project : null))
            .ToLookup(pair => pair.Finding.Suppression is null);
        open = [.. findings[true]];
        var bySource = findings[false].ToLookup(pair => IsGenerators(pair.Finding, pair.Run));
        suppressed = [.. bySource[false]];
        suppressedByGenerators = [.. bySource[true]];
        outcome = new Outcome(rule.Key, rule.Name, rule.Scorecard, rule.Level, OutcomeState.Pass, null, [], Suppressed: suppressed.Length + (audit?.SuppressedAdvisories.Count ?? 0));
    }

    /// <summary>What a build that only observes shows of ours, and another would not.</summary>
    static bool IsOnlyObserved(ErrorLog log, Finding finding) =>
        log.Stamp is { OnlyObserves: true } && finding.File is { } file && log.Rules.GetValueOrDefault(finding.Id)?.Level is not null && log.OffInBulk(finding.Id).Contains(file);

    public Outcome Outcome()
    {
        var judged = Judge();
        return WithDates(rule is { ReachesLibraries: true, CompilerPatterns.Count: > 0 } && input.WithoutRules.Count > 0
            ? judged with { Reason = Join([judged.Reason, $"not counting {string.Join(", ", input.WithoutRules.Order(StringComparer.Ordinal))}, where these rules do not run"]) }
            : judged);
    }

    Outcome Judge()
    {
        if (runs.Length == 0 && audit is null)
            return outcome with { State = OutcomeState.NotEvaluated, Reason = "no diagnostic feeds it" };
        if (open.Length > rule.Configuration.AtMost)
            return outcome with { State = OutcomeState.Fail, Reason = Count(open.Length, "finding"), Evidence = EvidenceOf(open) };

        var unjustified = suppressed.Where(pair => Justification.IsPlaceholder(JustificationOf(pair.Finding, pair.Run), RuleOf(pair.Finding, pair.Run))).ToArray();
        if (unjustified.Length > 0)
            return outcome with { State = OutcomeState.Fail, Reason = $"{Count(unjustified.Length, "finding")} suppressed without a justification", Evidence = EvidenceOf(unjustified) };

        ProjectState[] states = [.. runs.SelectMany(StatesOf), .. audit is null ? [] : StatesOf(audit), .. open.Length == 0 ? [] : (ProjectState[])[new(OutcomeState.Pass, $"{open.Length} of at most {rule.Configuration.AtMost} allowed")]];
        var heaviest = states.Max(state => state.Weight);
        var deciding = states.Where(state => state.Weight == heaviest).ToArray();
        return outcome with
        {
            State = deciding[0].State,
            Reason = Join(deciding.Select(state => state.Reason)),
            SwitchedOff = deciding.Any(state => state.SwitchedOff),
            Undecided = deciding.Any(state => state.Undecided),
            Evidence = deciding.Any(state => state.Suppressed) ? EvidenceOf(suppressed) : [],
        };
    }

    /// <summary>What one compilation comes to, when nothing in any of them fails: the heaviest decides.</summary>
    IEnumerable<ProjectState> StatesOf(CompilerRun run)
    {
        var place = run == input.Service ? "" : $"{run.Project}: ";
        return (run.WhyNot() is { } why ? [new(OutcomeState.NotEvaluated, why)] : StatesOf(run, run.Log!))
            .Select(state => state.Reason is null ? state : state with { Reason = place + state.Reason });
    }

    IEnumerable<ProjectState> StatesOf(CompilerRun run, ErrorLog log)
    {
        if (CrashIn(log) is { } crash)
        {
            yield return new(OutcomeState.NotEvaluated, crash);
            yield break;
        }

        var places = new SeverityPlaces(input.ReadSource, RelativePath, [FolderOf(run), .. log.Stamp!.LinkedFolders], log.Stamp.SeverityFiles);
        var here = suppressed.Where(pair => pair.Run == run).ToArray();
        if (here.Length > 0)
            yield return new(rule.Configuration.Suppressed, $"{Count(here.Length, "finding")} suppressed: {string.Join("; ", here.Select(pair => JustificationOf(pair.Finding, pair.Run)).Distinct().Order(StringComparer.Ordinal))}", Suppressed: true);

        var byGenerators = suppressedByGenerators.Where(pair => pair.Run == run).ToArray();

        // A pass needs each diagnostic that the rule names to have run in all files that it judges, and of each wildcard some; what of that one is out besides is a remark.
        var coverages = new Coverages(log, places);
        var standAside = log.StandsAside.Where(aside => rule.Takes(aside.Rule)).ToLookup(aside => aside.Rule, StringComparer.Ordinal);
        var fed = rule.CompilerPatterns.Select(pattern => (Pattern: pattern, Ids: rule.IdsOf(pattern, log).Select(coverages.Of).ToArray())).ToArray();
        Coverage[] all = [.. fed.SelectMany(one => one.Ids).DistinctBy(one => one.Id)];
        var missing = fed.Where(one => one.Ids.Length == 0 && !ScorecardRule.IsCompilers(one.Pattern)).Select(one => one.Pattern).ToArray();
        if (missing.Length > 0)
            yield return new(OutcomeState.NotEvaluated, $"no analyzer that reports {string.Join(", ", missing)} is loaded{WhatLoads(missing, log)}");
        if (Ids(all, Reach.KeptQuiet) is { Length: > 0 } quiet)
            yield return new(OutcomeState.NotEvaluated, KeptQuiet(quiet, log.Stamp.MissingPresets));
        foreach (var unseen in all.Where(one => one.Reach == Reach.Unseen).Take(FewIds))
            yield return new(OutcomeState.NotEvaluated, $"{unseen.Id} {unseen.Why}");

        var off = all.Where(one => one.IsOff).ToArray();
        var offBy = off.Length == 0 ? null : SwitchedOffBy(off, named: fed.Any(one => !one.Ids.All(id => id.IsOff)));
        // What nothing was judged for, and why: that somebody switched it off weighs less than that nobody can tell.
        foreach (var (pattern, ids) in fed.Where(one => one.Ids.Length > 0 && !one.Ids.Any(Judged)))
        {
            if (Ids(ids, Reach.Hidden) is { Length: > 0 } hidden)
                yield return new(OutcomeState.NotEvaluated, $"{Few(hidden)} {(hidden.Length == 1 ? "is hidden by default; give it" : "are hidden by default; give them")} a severity in .editorconfig");
            else if (Ids(ids, Reach.MayBeHidden) is [var uncertain, ..])
                yield return new(OutcomeState.NotEvaluated, $"{uncertain} {MayBeHidden}; give it one in .editorconfig for all files, such as dotnet_diagnostic.{uncertain}.severity = suggestion");
            else if (ids.Any(one => one.Reach == Reach.SwitchedOff && (one.Id == pattern || !standAside.Contains(one.Id))))
                yield return new(rule.Configuration.WhenOff, offBy, SwitchedOff: true);
        }

        var generated = rule.WalksCode ? log.Stamp!.Generated : CalledGenerated.None;
        if (generated.Whole is { } whole)
        {
            yield return new(rule.Configuration.WhenOff, $"switched off by {whole}", SwitchedOff: true);
            yield break;
        }

        // One that has nothing to judge says nothing of the others, and the compiler judges what it does not list.
        var isJudged = fed.Any(one => one.Ids.Length > 0 ? one.Ids.Any(Judged) : !missing.Contains(one.Pattern));
        foreach (var aside in standAside.SelectMany(one => one).Where(aside => !isJudged || aside.State != StandsAsideState.NotApplicable))
            yield return StateOf(aside);
        if (isJudged)
            yield return new(OutcomeState.Pass, Join([offBy, NotLookedAt(places, all), byGenerators.Length == 0 ? null : $"{Count(byGenerators.Length, "finding")} suppressed by generated code", generated.Part(all.All(one => log.Rules.GetValueOrDefault(one.Id)?.Level is not null))]));

        bool Judged(Coverage one) => one.Reach == Reach.Ran && !standAside.Contains(one.Id);

        static string[] Ids(IEnumerable<Coverage> among, Reach reach) => [.. among.Where(one => one.Reach == reach).Select(one => one.Id).Order(StringComparer.Ordinal)];
    }

    /// <summary>The next build of the library may see what the service's saw, but for a preset that it does not reference.</summary>
    static string KeptQuiet(string[] ids, IReadOnlyList<string> missingPresets)
    {
        var (are, them) = ids.Length == 1 ? ("is", "it") : ("are", "them");
        return missingPresets.Count == 0
            ? $"{Few(ids)} {are} kept quiet here, where no scorecard.json said that a rule counts {them}; build the project again, or write the rule into the repository's scorecard.json"
            : $"{Few(ids)} {are} kept quiet here, where {string.Join(", ", missingPresets)} is not referenced, which scorecard.json extends and which may say that a rule counts {them}; reference it here too, or write the rule into the repository's scorecard.json";
    }

    /// <summary>Files in which a severity for all analyzers leaves a rule nothing to say, though it ran in others.</summary>
    static string? NotLookedAt(SeverityPlaces places, IEnumerable<Coverage> ids)
    {
        var files = ids.SelectMany(one => one.NotLookedAt).Distinct(StringComparer.Ordinal).Count();
        return files == 0 ? null
            : $"{Count(files, "file")} {(files == 1 ? "was" : "were")} not looked at, where {places.OfAll() ?? ".editorconfig"} switches off all analyzers";
    }

    static string WhatLoads(IReadOnlyCollection<string> missing, ErrorLog log) =>
        missing.Any(pattern => pattern.StartsWith("IDE", StringComparison.Ordinal)) ? "; code style runs in builds with <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>"
        : missing.Any(pattern => pattern.StartsWith("CA", StringComparison.Ordinal)) && !log.Rules.Keys.Any(id => id.StartsWith("CA", StringComparison.Ordinal)) ? "; the SDK's own run with <EnableNETAnalyzers>true</EnableNETAnalyzers> or an AnalysisLevel of 5 or above"
        : "";

    static ProjectState StateOf(StandsAside aside) => aside.State switch
    {
        StandsAsideState.NotVisible => new(OutcomeState.NotEvaluated, aside.Reason),
        StandsAsideState.Undecided => new(OutcomeState.Skip, $"undecided: {aside.Reason}", Undecided: true),
        _ => new(OutcomeState.Skip, $"not applicable: {aside.Reason}"),
    };

    /// <summary>Who did it, and with which of them where others are on.</summary>
    static string SwitchedOffBy(IEnumerable<Coverage> off, bool named) => string.Join("; ", off
        .GroupBy(one => one.Reach switch { Reach.Hidden => "hidden by default", Reach.MayBeHidden => MayBeHidden, _ => $"switched off by {one.Why}" }, one => one.Id, StringComparer.Ordinal)
        .OrderBy(by => by.Key, StringComparer.Ordinal)
        .Select(by => named ? $"{Few([.. by.Order(StringComparer.Ordinal)])} {by.Key}" : by.Key));

    static string Few(IReadOnlyList<string> ids) => ids.Count <= FewIds ? string.Join(", ", ids) : $"{string.Join(", ", ids.Take(FewIds - 1))} and {ids.Count - FewIds + 1} more";

    IEnumerable<ProjectState> StatesOf(RestoreAudit audited)
    {
        if (audited.WhyNot is { } why)
        {
            yield return new(OutcomeState.NotEvaluated, why);
            yield break;
        }

        foreach (var one in audited.OffFor.Where(one => rule.Takes(one.Id)))
            yield return new(rule.Configuration.WhenOff, $"{one.Id} switched off for {one.Of} by NoWarn", SwitchedOff: true);
        if (audited.SuppressedAdvisories is { Count: > 0 } advisories)
            yield return new(rule.Configuration.Suppressed, $"{(advisories.Count == 1 ? "1 advisory" : $"{advisories.Count} advisories")} suppressed (NuGetAuditSuppress): {Few(advisories)}", Suppressed: true);

        var fed = RestoreAudit.Ids.Where(rule.Takes).ToArray();
        var off = fed.Where(audited.Off.Contains).ToArray();
        var offBy = off.Length == 0 ? null : $"{(off.Length < fed.Length ? $"{Few(off)} " : "")}switched off by NoWarn";
        var below = fed.Where(audited.BelowLevel.Contains).Except(off).ToArray();
        yield return rule.AuditPatterns.Any(pattern => fed.Where(id => ScorecardRule.Matches(pattern, id)).All(id => off.Contains(id) || below.Contains(id)))
            ? new(rule.Configuration.WhenOff, Join([offBy, below.Length == 0 ? null : $"{Few(below)} below the severity that restore reports, {audited.Level} (NuGetAuditLevel)"]), SwitchedOff: true)
            : audited.AsksKnownSource || audited.Findings.Count > 0 ? new(OutcomeState.Pass, Join([offBy, audited.Narrowed]))
            : new(OutcomeState.Skip, Join([offBy, "undecided: restore does not say whether a source has vulnerability data; name one in <auditSources> of NuGet.Config"]), Undecided: true);
    }

    /// <summary>A crashed analyzer looks like a rule without findings; AD0001 names it in its first line, and its ids in the last.</summary>
    string? CrashIn(ErrorLog log)
    {
        if (log.WhoSwitchedOff("AD0001") is { } who)
            return $"AD0001 is switched off ({who}), so a crash of this rule would not show";
        foreach (var crash in log.FindingsOf("AD0001"))
        {
            var lines = crash.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (RuleIds().Matches($"{lines.FirstOrDefault()}\n{lines.LastOrDefault()}").Any(id => rule.Takes(id.Value)))
                return $"its analyzer crashed: {crash.FirstLine}";
        }

        return null;
    }

    Outcome WithDates(Outcome judged)
    {
        if (rule.Configuration.EffectiveFrom is { } from && input.Today < from)
            return judged with { State = OutcomeState.Skip, Reason = judged.Reason is null ? $"will count from {from:yyyy-MM-dd}" : $"will count from {from:yyyy-MM-dd}: {judged.Reason}" };
        if (judged.State != OutcomeState.Fail || Waiver() is not { } waiver)
            return judged;
        return waiver.TooFar(input) ? judged with { Reason = $"{judged.Reason}; the waiver until {waiver.Until:yyyy-MM-dd} does not count, {input.Configuration.MaxWaiverDays} days are allowed" }
            : waiver.HasEnded(input) ? judged with { Reason = $"{judged.Reason}; the waiver ended on {waiver.Until:yyyy-MM-dd}" }
            : judged with { State = OutcomeState.Skip, Waived = true, Reason = $"waived until {waiver.Until:yyyy-MM-dd}: {waiver}" };
    }

    /// <summary>One that holds before one that does not, and the latest of several.</summary>
    Waiver? Waiver() =>
        input.Configuration.Waivers
            .Where(waiver => waiver.Covers(rule.Key, input.Entity))
            .OrderBy(waiver => waiver.TooFar(input)).ThenByDescending(waiver => waiver.Until)
            .FirstOrDefault();

    string? JustificationOf(Finding finding, CompilerRun run) => finding.Suppression switch
    {
        { IsSuppressor: true, Type: var type } => Justification.OfSuppressor(type, RuleOf(finding, run)),
        { IsPragma: true } when finding.File is { } file && input.ReadSource(file) is { } source => Justification.OfPragma(source, finding.Line, finding.Id),
        { Justification: { } given } => given,
        _ => null,
    };

    static LoggedRule? RuleOf(Finding finding, CompilerRun run) => run.Log!.Rules.GetValueOrDefault(finding.Id);

    /// <summary>
    /// A pragma stands where the finding is. An attribute may stand elsewhere; where it gives a reason, somebody wrote it. What a service lacks it lacks whoever wrote the file that the finding stands in.
    /// </summary>
    bool IsGenerators(Finding finding, CompilerRun run) =>
        finding is { File: { } file, Suppression: { IsSuppressor: false } suppression }
        && RuleOf(finding, run) is not { ReportsALack: true }
        && (suppression.IsPragma || Justification.IsPlaceholder(suppression.Justification, RuleOf(finding, run)))
        && GeneratedSource.Is(file, folders, input.ReadSource);

    Evidence[] EvidenceOf(IEnumerable<(CompilerRun Run, Finding Finding)> findings) =>
    [
        .. findings
            .Select(pair =>
            {
                var (run, finding) = pair;
                var file = finding.File is null ? run.Project : RelativePath(finding.File);
                return new Evidence(file, finding.Line, finding.Column, finding.FirstLine, IsCommitted(finding.File ?? Path.Combine(input.RepositoryRoot, run.Project)) ? SourceLink.To(input.Revision, file, finding.Line, input.Configuration.SourceLink) : null);
            })
            .Distinct()
            .OrderBy(evidence => evidence.File, StringComparer.Ordinal).ThenBy(evidence => evidence.Line).ThenBy(evidence => evidence.Column),
    ];

    string FolderOf(CompilerRun run) => Path.GetFullPath(Path.Combine(input.RepositoryRoot, Path.GetDirectoryName(run.Project)!));

    /// <summary>With forward slashes, and never a path of the building machine: a file outside the repository keeps only its name.</summary>
    string RelativePath(string file) => InRepository(file) ?? Path.GetFileName(file);

    /// <summary>Whether the commit may have the file: none from outside the repository has it, and none that a build writes below <c>obj</c>.</summary>
    bool IsCommitted(string file) => InRepository(file) is { } path && !$"/{path}".Contains("/obj/", StringComparison.Ordinal);

    string? InRepository(string file)
    {
        var relative = Path.GetRelativePath(input.RepositoryRoot, file).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    static string? Join(IEnumerable<string?> reasons) => reasons.Where(reason => reason is not null).Distinct().ToArray() is { Length: > 0 } said ? string.Join("; ", said) : null;

    [GeneratedRegex(@"[A-Za-z]+\d{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex RuleIds();

    readonly record struct ProjectState(OutcomeState State, string? Reason, bool SwitchedOff = false, bool Suppressed = false, bool Undecided = false)
    {
        public Weight Weight => Weights.Of(State, SwitchedOff || Suppressed, Undecided);
    }
}
