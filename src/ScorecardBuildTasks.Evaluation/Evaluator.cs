using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>Everything one evaluation depends on: the same input gives the same outcomes, anywhere and at any time.</summary>
/// <param name="Log">The compiler's error log, or null with <paramref name="NoLog"/>.</param>
/// <param name="NoLog">Why there is no log to read.</param>
/// <param name="Assembly">The assembly that the log must be stamped with.</param>
/// <param name="Framework">The target framework that the log must be stamped with.</param>
/// <param name="ConfigurationHash">The hash of the build configuration that the log must be stamped with.</param>
/// <param name="Project">The project file, relative to the repository's root.</param>
/// <param name="RepositoryRoot">Absolute; findings are named relative to it.</param>
/// <param name="Today">The day in UTC that waivers and starting dates are compared with.</param>
/// <param name="ReadSource">The lines of a source file, or null where it cannot be read: pragma comments are not in the log.</param>
public sealed record EvaluationInput(
    ErrorLog? Log,
    string? NoLog,
    string Assembly,
    string Framework,
    string ConfigurationHash,
    string Project,
    string RepositoryRoot,
    ScorecardConfiguration Configuration,
    Entity Entity,
    Revision Revision,
    DateOnly Today,
    Func<string, IReadOnlyList<string>?> ReadSource);

/// <summary>Error log and configuration in, outcomes out: the table of honest states.</summary>
public static class Evaluator
{
    const string OurRules = "ScorecardBuildTasks";

    public static OutcomesDocument Evaluate(EvaluationInput input)
    {
        var why = WhyNot(input);
        var outcomes = why is null
            ? ScorecardRule.All(input.Log!, input.Configuration).Select(rule => Judge(rule, input)).ToArray()
            : [];
        return new OutcomesDocument(
            OutcomesDocument.CurrentSchemaVersion, input.Entity, input.Revision, input.Project, input.Framework, why, outcomes);
    }

    /// <summary>Why this log says nothing about this project, or null when it can be read.</summary>
    static string? WhyNot(EvaluationInput input)
    {
        if (input.Log is not { } log)
            return input.NoLog ?? "the compiler left no error log";

        foreach (var finding in log.Findings)
        {
            switch (finding.Id)
            {
                case "CS8032" or "CS9057" when finding.Message.Contains(OurRules, StringComparison.Ordinal):
                    return $"the compiler could not load the rules ({finding.Id}: {FirstLine(finding.Message)})";
                case "CS8785" when finding.Message.Contains("FactsGenerator", StringComparison.Ordinal):
                    return $"the facts generator crashed ({finding.Id}: {FirstLine(finding.Message)})";
            }
        }

        if (!log.RulesAreListed)
            return "no analyzer ran in this compilation (RunAnalyzers=false)";
        if (log.Rules.Count > 0 && log.Rules.Keys.All(id => id.StartsWith("CS", StringComparison.Ordinal)))
            return "the code does not parse, so no analyzer ran";
        if (log.Stamp is not { } stamp)
            return "the error log carries no stamp: the rules were not loaded by this compilation";
        if (stamp.Assembly != input.Assembly || stamp.TargetFramework != input.Framework)
            return $"the error log belongs to {stamp.Assembly} ({stamp.TargetFramework}), not to {input.Assembly} ({input.Framework})";
        if (stamp.ConfigurationHash != input.ConfigurationHash)
            return "the error log is older than the configuration; rebuild the project";
        if (stamp.Off.TryGetValue("CS8785", out var who))
            return $"CS8785 is switched off ({who}), so a crash of the facts generator would not show";
        return null;
    }

    static Outcome Judge(ScorecardRule rule, EvaluationInput input)
    {
        var log = input.Log!;
        var outcome = new Outcome(rule.Key, rule.Name, rule.Scorecard, rule.Level, OutcomeState.Pass, null, []);
        var findings = log.Findings.Where(finding => rule.Takes(finding.Id)).ToArray();
        var open = findings.Where(finding => finding.Suppression is null).ToArray();
        var suppressed = findings.Where(finding => finding.Suppression is not null).ToArray();

        if (open.Length > rule.Configuration.AtMost)
            return WithDates(outcome with { State = OutcomeState.Fail, Reason = Count(open.Length, "finding"), Evidence = EvidenceOf(open, input) });

        if (CrashOf(rule, log) is { } crash)
            return outcome with { State = OutcomeState.NotEvaluated, Reason = crash };

        var unjustified = suppressed.Where(finding => Justification.IsPlaceholder(JustificationOf(finding, input), log.Rules.GetValueOrDefault(finding.Id))).ToArray();
        if (unjustified.Length > 0)
            return WithDates(outcome with { State = OutcomeState.Fail, Reason = $"{Count(unjustified.Length, "finding")} suppressed without a justification", Evidence = EvidenceOf(unjustified, input) });

        if (suppressed.Length > 0)
        {
            var reasons = suppressed.Select(finding => JustificationOf(finding, input)).Distinct().Order(StringComparer.Ordinal);
            return WithDates(outcome with
            {
                State = rule.Configuration.Suppressed,
                Reason = $"{Count(suppressed.Length, "finding")} suppressed: {string.Join("; ", reasons)}",
                Evidence = EvidenceOf(suppressed, input),
            });
        }

        if (rule.Loaded.Count == 0)
            return outcome with { State = OutcomeState.NotEvaluated, Reason = $"no analyzer that reports {rule.Diagnostics} is loaded" };

        var off = rule.Loaded.Where(loaded => log.IsSwitchedOff(loaded.Id) || log.Stamp!.Off.ContainsKey(loaded.Id)).ToArray();
        if (off.Length == rule.Loaded.Count)
        {
            var who = off.Select(loaded => log.Stamp!.Off.GetValueOrDefault(loaded.Id, "configuration")).Distinct().Order(StringComparer.Ordinal);
            return WithDates(outcome with { State = rule.Configuration.WhenOff, Reason = $"switched off by {string.Join(", ", who)}", SwitchedOff = true });
        }

        if (log.StandsAside.FirstOrDefault(aside => rule.Takes(aside.Rule)) is { } standsAside)
            return outcome with { State = OutcomeState.Skip, Reason = $"{(standsAside.State == StandsAsideState.Undecided ? "undecided" : "not applicable")}: {standsAside.Reason}" };

        return outcome;

        Outcome WithDates(Outcome judged)
        {
            if (rule.Configuration.EffectiveFrom is { } from && input.Today < from)
                return judged with { State = OutcomeState.Skip, Reason = $"will count from {from:yyyy-MM-dd}: {judged.Reason}" };
            if (judged.State != OutcomeState.Fail || WaiverOf(rule, input) is not { } waiver)
                return judged;
            var ticket = waiver.Ticket is null ? "" : $", {waiver.Ticket}";
            return input.Today <= waiver.Until
                ? judged with { State = OutcomeState.Skip, Waived = true, Reason = $"waived until {waiver.Until:yyyy-MM-dd}: {waiver.Reason}{ticket}" }
                : judged with { Reason = $"{judged.Reason}; the waiver ended on {waiver.Until:yyyy-MM-dd}" };
        }
    }

    static Waiver? WaiverOf(ScorecardRule rule, EvaluationInput input) =>
        input.Configuration.Waivers
            .Where(waiver => waiver.Rule == rule.Key && (waiver.Entity == "*" || waiver.Entity == input.Entity.Reference))
            .MaxBy(waiver => waiver.Until);

    /// <summary>A crashed analyzer looks like a rule without findings; AD0001 names it in its first line, and its ids in the last.</summary>
    static string? CrashOf(ScorecardRule rule, ErrorLog log)
    {
        if (rule.IsOurs && log.Stamp!.Off.TryGetValue("AD0001", out var who))
            return $"AD0001 is switched off ({who}), so a crash of this rule would not show";
        foreach (var crash in log.Findings.Where(finding => finding.Id == "AD0001"))
        {
            var lines = crash.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var named = RuleIds.Matches($"{lines.FirstOrDefault()}\n{lines.LastOrDefault()}");
            if (named.Any(id => rule.Takes(id.Value)))
                return $"its analyzer crashed: {FirstLine(crash.Message)}";
        }

        return null;
    }

    static readonly Regex RuleIds = new(@"[A-Za-z]+\d{2,}", RegexOptions.CultureInvariant);

    static string? JustificationOf(Finding finding, EvaluationInput input) => finding.Suppression switch
    {
        { IsPragma: true } when finding.File is { } file && input.ReadSource(file) is { } source => Justification.OfPragma(source, finding.Line, finding.Id),
        { Justification: { } given } => given,
        { Type: var type } when type.StartsWith("DiagnosticSuppressor", StringComparison.Ordinal) => type,
        _ => null,
    };

    static Evidence[] EvidenceOf(IEnumerable<Finding> findings, EvaluationInput input) =>
    [
        .. findings
            .Select(finding =>
            {
                var file = finding.File is null ? input.Project : RelativePath(finding.File, input.RepositoryRoot);
                return new Evidence(file, finding.Line, finding.Column, FirstLine(finding.Message), SourceLink.To(input.Revision, file, finding.Line));
            })
            .Distinct()
            .OrderBy(evidence => evidence.File, StringComparer.Ordinal).ThenBy(evidence => evidence.Line).ThenBy(evidence => evidence.Column),
    ];

    /// <summary>With forward slashes, and never a path of the building machine: a file outside the repository keeps only its name.</summary>
    static string RelativePath(string file, string root)
    {
        var relative = Path.GetRelativePath(root, file).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? Path.GetFileName(file) : relative;
    }

    static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] : text;
}
