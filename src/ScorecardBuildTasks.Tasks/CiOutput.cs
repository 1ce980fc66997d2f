using System.Globalization;
using System.Text;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>What GitHub Actions and Azure Pipelines show of a report outside the log: a page with all of it, and a few failing rules at their places.</summary>
/// <remarks>
/// GitHub shows ten warnings of a step; a job gets no more, in however many steps it builds, and one service no more than three of them; the page has the rest. Services report from several nodes at once and share
/// nothing but the output directory: the count lies there, and they take turns.
/// </remarks>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="root">The folder that findings are relative to, absolute.</param>
sealed class CiOutput(Func<string, string?> variable, string outputDirectory, string root)
{
    public const int PerService = 3;
    public const int PerJob = 10;

    /// <summary>GitHub takes no page of more than 1 MiB a step; what is kept free has room for the line that says so.</summary>
    public const int PageLimit = 1024 * 1024 - 1024;

    const string CountFile = ".annotations";
    const string LockFile = ".annotations.lock";

    static readonly string[] JobVariables = ["GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", "BUILD_BUILDID", "SYSTEM_JOBID", "SYSTEM_JOBATTEMPT"];

    bool OnGitHub => variable("GITHUB_ACTIONS") == "true";

    bool OnAzure => "true".Equals(variable("TF_BUILD"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds the service to the page.</summary>
    /// <returns>The lines to print, each of which the service takes for a command.</returns>
    public IReadOnlyList<string> Show(OutcomesDocument document)
    {
        if (!OnGitHub && !OnAzure)
            return [];
        using var turn = OutcomesDirectory.TakeTurn(Path.Combine(outputDirectory, LockFile));
        if (OnGitHub && variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } page)
            Append(page, Report.Markdown([document]));
        var lines = Take(document).Select(pair => OnGitHub ? GitHub(pair.Outcome, pair.Place) : Azure(pair.Outcome, pair.Place));
        return [.. lines, .. OnGitHub ? (string[])[] : [$"##vso[task.uploadsummary]{Path.Combine(outputDirectory, OutcomesDirectory.SummaryFileName)}"]];
    }

    /// <summary>The failing rules to point at, the basic ones first, as far as the job has not had its share.</summary>
    IReadOnlyList<(Outcome Outcome, Evidence? Place)> Take(OutcomesDocument document)
    {
        var file = Path.Combine(outputDirectory, CountFile);
        var job = string.Join('|', JobVariables.Select(variable));
        var before = File.Exists(file) && File.ReadAllLines(file) is [var last, var text] && last == job ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        (Outcome, Evidence?)[] taken =
        [
            .. document.Outcomes.Where(outcome => outcome.State == OutcomeState.Fail)
                .OrderBy(outcome => outcome.Level).ThenBy(outcome => outcome.Key, StringComparer.Ordinal)
                .Take(Math.Min(PerService, PerJob - before))
                .Select(outcome => (outcome, outcome.Evidence.FirstOrDefault())),
        ];
        File.WriteAllLines(file, [job, (before + taken.Length).ToString(CultureInfo.InvariantCulture)]);
        return taken;
    }

    string GitHub(Outcome outcome, Evidence? place)
    {
        var at = place is null ? "" : $"file={Property(Below("GITHUB_WORKSPACE", place.File))},{(place.Line > 0 ? $"line={place.Line},col={Math.Max(place.Column, 1)}," : "")}";
        return $"::warning {at}title={Property($"{outcome.Key} {outcome.Rule}")}::{Data(Text(outcome, place))}";

        static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
    }

    string Azure(Outcome outcome, Evidence? place)
    {
        var at = place is null ? "" : $"sourcepath={Property(Below("BUILD_SOURCESDIRECTORY", place.File))};{(place.Line > 0 ? $"linenumber={place.Line};columnnumber={Math.Max(place.Column, 1)};" : "")}";
        return $"##vso[task.logissue type=warning;{at}code={Property(outcome.Key)};]{Data($"{outcome.Rule}: {Text(outcome, place)}")}";

        static string Data(string text) => text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        static string Property(string text) => Data(text).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
    }

    static string Text(Outcome outcome, Evidence? place) =>
        $"{place?.Message ?? outcome.Reason ?? "fails"}{(outcome.Evidence.Count > 1 ? $" (and {outcome.Evidence.Count - 1} more)" : "")}";

    /// <summary>The services take paths relative to their checkout, which need not be the repository's root.</summary>
    string Below(string folderVariable, string file)
    {
        if (variable(folderVariable) is not { Length: > 0 } folder)
            return file;
        var relative = Path.GetRelativePath(folder, Path.Combine(root, file)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? file : relative;
    }

    static void Append(string page, string markdown)
    {
        const string more = "\nThis page is full; summary.md in the output directory has the other services.\n";
        var there = File.Exists(page) ? File.ReadAllText(page) : "";
        // One heading for all services of the step.
        var heading = markdown[..(markdown.IndexOf('\n', StringComparison.Ordinal) + 1)];
        if (there.Contains(heading, StringComparison.Ordinal))
            markdown = markdown[heading.Length..];
        if (Encoding.UTF8.GetByteCount(there) + Encoding.UTF8.GetByteCount(markdown) <= PageLimit)
            File.AppendAllText(page, markdown);
        else if (!there.EndsWith(more, StringComparison.Ordinal))
            File.AppendAllText(page, more);
    }
}
