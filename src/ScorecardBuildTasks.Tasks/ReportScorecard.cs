using Microsoft.Build.Framework;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Merges a service's outcomes over its frameworks and writes them where people, CI and <c>scorecard push</c> find them.</summary>
public sealed class ReportScorecard : ScorecardTask
{
    /// <summary>The outcomes of each framework; one that is not there could not be evaluated, and where none is, the service is taken out of the summary.</summary>
    public ITaskItem[] OutcomesFiles { get; set; } = [];

    /// <summary>The service's <c>outcomes.json</c> in the output directory.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>The block that the build prints, as text. Empty where the build has failed and prints none: its frameworks may fail at the same moment, and the file is one for all.</summary>
    public string TextFile { get; set; } = "";

    /// <summary>Written when there was nothing to warn of: the output by which MSBuild skips an unchanged report. Empty where <see cref="TextFile"/> is.</summary>
    public string ReportedFile { get; set; } = "";

    /// <summary>Holds the outcomes of all services of the repository and their <c>summary.md</c>.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The property <c>ScorecardCiOutput</c>.</summary>
    public string CiOutput { get; set; } = "";

    protected override void Run()
    {
        IReadOnlyList<BuildMessage> messages = [];
        var documents = OutcomesFiles.Select(file => file.ItemSpec).Where(File.Exists).Select(OutcomesDocument.Read).ToArray();
        var merged = documents.Length > 0 ? OutcomesDocument.Merge(documents) : null;
        if (merged is not null)
        {
            (merged with { Messages = null }).Write(ReportFile);
            messages = MessagesOf(merged);
            if (TextFile.Length > 0)
                File.WriteAllText(TextFile, Report.Text(merged));
        }
        else
        {
            // Nothing was evaluated: what an earlier build left here is no word on this one.
            foreach (var file in ((string[])[ReportFile, TextFile]).Where(File.Exists))
                File.Delete(file);
        }

        OutcomesDirectory.WriteSummary(OutputDirectory);
        Warn(messages);
        if (merged is not null && !CiOutput.Equals("false", StringComparison.OrdinalIgnoreCase))
            Show(merged);

        if (ReportedFile.Length == 0)
            return;
        // What was warned of must be warned of again by the next build, so the target may not count as done.
        File.Delete(ReportedFile);
        if (messages.Count == 0)
            File.WriteAllText(ReportedFile, "");
    }

    /// <summary>A waiver is the entity's: one that this project does not need may be another's. Which one comes last to report knows all.</summary>
    IReadOnlyList<BuildMessage> MessagesOf(OutcomesDocument own)
    {
        var messages = own.Messages ?? [];
        if (!messages.Any(message => message.Code == BuildMessage.WaiverIsUnused))
            return messages;
        // What cannot be read the summary names; it may be of this entity, and need the waiver.
        var unreadable = new List<string>();
        var others = OutcomesDirectory.OthersOf(own, OutputDirectory, unreadable.Add).ToArray();
        return [.. messages.Where(message => message.Code != BuildMessage.WaiverIsUnused || (unreadable.Count == 0 && !others.Any(other => MayNeedWaiver(other, message.Rule))))];
    }

    static bool MayNeedWaiver(OutcomesDocument other, string? rule) =>
        other.NotEvaluated is not null || other.Outcomes.Any(outcome => outcome.Key == rule && outcome.NeedsWaiver);

    void Show(OutcomesDocument document)
    {
        foreach (var line in new Tasks.CiOutput(Environment.GetEnvironmentVariable, OutputDirectory, Root).Show(document))
            Log.LogMessage(MessageImportance.High, "{0}", line);
    }
}
