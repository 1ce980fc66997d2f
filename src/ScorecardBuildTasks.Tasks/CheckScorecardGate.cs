using Microsoft.Build.Framework;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Fails a build that does not come to what <c>ScorecardGate</c> asks for. It runs last: what is reported and published stays.</summary>
public sealed class CheckScorecardGate : ScorecardTask
{
    /// <summary>The service's <c>outcomes.json</c>.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>The property <c>ScorecardGate</c>.</summary>
    [Required]
    public string Gate { get; set; } = "";

    protected override void Run()
    {
        if (Evaluation.Gate.Parse(Gate) is not { } gate)
        {
            Fail($"ScorecardGate '{Gate}' is none of none, new, level:1, level:2, level:3 and all");
            return;
        }

        if (!File.Exists(ReportFile))
        {
            Fail($"there are no outcomes to go by, so ScorecardGate={Gate} is not passed; the warnings above say why");
            return;
        }

        var document = OutcomesDocument.Read(ReportFile);
        try
        {
            if (gate.WhyClosed(document, Baseline.Read(Path.Combine(Root, Baseline.FileName))) is { } why)
                Fail($"{document.Entity.Reference} does not pass ScorecardGate={Gate}: {why}");
        }
        catch (InvalidDataException e)
        {
            Fail(e.Message);
        }
    }

    void Fail(string text) => Log.LogError(null, BuildMessage.GateIsClosed, null, ProjectFile, 0, 0, 0, 0, "{0}", text);
}
