namespace ScorecardBuildTasks.Tool;

/// <summary>What a command's exit code means; scripts rely on it.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>A plan found that the API differs, or the doctor something to fix.</summary>
    public const int Drift = 1;

    public const int CouldNot = 2;
}
