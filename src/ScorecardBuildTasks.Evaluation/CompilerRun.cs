using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>One compilation and the error log that it left: the service's own, or that of a library which the service references.</summary>
/// <param name="Project">The project file, relative to the repository's root.</param>
/// <param name="Assembly">The assembly that the log must be stamped with.</param>
/// <param name="Framework">The target framework that the log must be stamped with.</param>
/// <param name="ConfigurationHash">The hash of the build configuration that the log must be stamped with.</param>
/// <param name="Log">The compiler's error log, or null with <paramref name="NoLog"/>.</param>
/// <param name="NoLog">Why there is no log to read.</param>
public sealed partial record CompilerRun(string Project, string Assembly, string Framework, string ConfigurationHash, ErrorLog? Log, string? NoLog = null)
{
    /// <summary>Why the log says nothing about the project, or null when it can be read.</summary>
    public string? WhyNot()
    {
        if (Log is not { } log)
            return NoLog ?? "the compiler left no error log";

        if (log.FindingsOf("CS8032").Where(finding => OurAnalyzer().IsMatch(finding.Message)).Concat(log.FindingsOf("CS9057").Where(finding => OurAssembly().IsMatch(finding.Message))).FirstOrDefault() is { } unloaded)
            return $"the compiler could not load the rules ({unloaded.Id}: {unloaded.FirstLine})";
        if (log.FindingsOf("CS8785").FirstOrDefault(finding => OurGenerator().IsMatch(finding.FirstLine)) is { } crashed)
            return $"the facts generator crashed ({crashed.Id}: {crashed.FirstLine})";
        if (!log.RulesAreListed)
            return "no analyzer ran in this compilation (RunAnalyzers=false)";
        if (log.Rules.Count > 0 && log.Rules.Keys.All(id => id.StartsWith("CS", StringComparison.Ordinal)))
            return "the code does not parse, so no analyzer ran";
        if (log.Stamp is not { } stamp)
            return "the error log carries no stamp: the rules were not loaded by this compilation";
        if (stamp.Assembly != Assembly || stamp.TargetFramework != Framework)
            return $"the error log belongs to {stamp.Assembly} ({stamp.TargetFramework}), not to {Assembly} ({Framework})";
        if (stamp.ConfigurationHash != ConfigurationHash)
            return "the error log is older than the configuration; rebuild the project";
        if (log.WhoSwitchedOff("CS8785") is { } who)
            return $"CS8785 is switched off ({who}), so a crash of the facts generator would not show";
        return null;
    }

    // The compiler names an analyzer by its type, an assembly by its path and a generator by its type's bare name, with the quotes of its language; a path may hold any name of ours.

    [GeneratedRegex(@"(?<![\w./\\])ScorecardBuildTasks\.Rules\.\w", RegexOptions.CultureInvariant)]
    private static partial Regex OurAnalyzer();

    [GeneratedRegex(@"[/\\]ScorecardBuildTasks\.Rules\.dll(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex OurAssembly();

    [GeneratedRegex(@"(?<![\w./\\])AssemblyFactsGenerator(?![\w./\\])", RegexOptions.CultureInvariant)]
    private static partial Regex OurGenerator();
}
