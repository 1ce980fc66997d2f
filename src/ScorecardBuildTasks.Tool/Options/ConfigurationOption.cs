using System.CommandLine;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;

namespace ScorecardBuildTasks.Tool.Options;

/// <summary>Which <c>scorecard.json</c> a command goes by: the one given, else the nearest upwards within the repository, as in a build.</summary>
sealed class ConfigurationOption : Option<string?>
{
    public ConfigurationOption()
        : base("--config")
    {
        Description = "The scorecard.json to go by. Default: the nearest upwards.";
        HelpName = "FILE";
    }

    /// <returns>Absolute; null where there is none.</returns>
    /// <exception cref="ToolException">The file that was given does not exist.</exception>
    public string? Find(ParseResult result, ToolContext context)
    {
        if (result.GetValue(this) is not { } given)
            return Nearest(context.Directory);
        var path = context.FullPath(given);
        return File.Exists(path) ? path : throw new ToolException($"{path}: there is no such file; name another one with --config");
    }

    /// <exception cref="ToolException">The file is malformed: a command does not go on with half of what it was told.</exception>
    public static ScorecardConfiguration Load(string? path)
    {
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(path, messages);
        return messages is [var first, ..] ? throw new ToolException(first.ToString()) : configuration;
    }

    /// <summary>The lock file's place: beside the <c>scorecard.json</c>, or in the current folder where there is none.</summary>
    public static string LockFileBeside(string? configurationFile, ToolContext context) =>
        Path.Combine(configurationFile is null ? context.Directory : Path.GetDirectoryName(configurationFile)!, LockFile.FileName);

    public static string? Nearest(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, ScorecardConfiguration.FileName) is var path && File.Exists(path))
                return path;
            // What lies above the repository's root belongs to somebody else; in a worktree .git is a file.
            if (Path.Exists(Path.Combine(folder, ".git")))
                return null;
        }

        return null;
    }
}
