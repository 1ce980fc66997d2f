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

    /// <summary>The same layers as in a build: the file given over the repository's over what they extend.</summary>
    /// <exception cref="ToolException">A file is malformed, or what it extends is not there: a command does not go on with half of what it was told.</exception>
    public static ScorecardConfiguration Load(string? path, ToolContext context)
    {
        var messages = new List<BuildMessage>();
        var configuration = Load(path, context, messages);
        if (messages.Find(message => message.Code == BuildMessage.ConfigurationIsInvalid) is { } invalid)
            throw new ToolException(invalid.ToString());
        foreach (var message in messages)
            context.Error.WriteLine(message);
        return configuration;
    }

    /// <summary>As much of it as can be read, for a command that does not depend on it; a build says what is wrong with it.</summary>
    public static ScorecardConfiguration LoadLeniently(string? path, ToolContext context) => Load(path, context, []);

    /// <summary>The lock file's place: beside the <c>scorecard.json</c>, or at the repository's root where there is none, which is where a build looks.</summary>
    public static string LockFileBeside(string? configurationFile, ToolContext context) =>
        Path.Combine(configurationFile is null ? Root(context) : Path.GetDirectoryName(configurationFile)!, LockFile.FileName);

    /// <summary>The root of the repository that the current folder is in; in none that folder itself.</summary>
    public static string Root(ToolContext context) => RootOf(context.Directory) ?? context.Directory;

    public static string? Nearest(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, ScorecardConfiguration.FileName) is var path && File.Exists(path))
                return path;
            // What lies above the repository's root belongs to somebody else.
            if (IsRoot(folder))
                return null;
        }

        return null;
    }

    static ScorecardConfiguration Load(string? path, ToolContext context, ICollection<BuildMessage> messages)
    {
        var folder = path is null ? context.Directory : Path.GetDirectoryName(path)!;
        var root = RootOf(folder);
        return ScorecardConfiguration.Load(path, messages, root, id => new RestoredPackages(root ?? folder, context.Environment).FolderOf(id));
    }

    public static string? RootOf(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (IsRoot(folder))
                return folder;
        }

        return null;
    }

    /// <summary>In a worktree .git is a file.</summary>
    static bool IsRoot(string folder) => Path.Exists(Path.Combine(folder, ".git"));
}
