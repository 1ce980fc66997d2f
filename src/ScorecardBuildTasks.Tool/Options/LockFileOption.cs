using System.CommandLine;
using ScorecardBuildTasks.Tasks;

namespace ScorecardBuildTasks.Tool.Options;

/// <summary>Which <c>scorecard.lock.json</c> a command takes the rules' ids from: the one given, else the one that a build finds.</summary>
sealed class LockFileOption : Option<string?>
{
    public LockFileOption()
        : base("--lock")
    {
        Description = "The scorecard.lock.json with the rules' ids. Default: beside the nearest scorecard.json, at the repository's root (outside of one in the current folder), or beside what that file extends; where there is none the rules are listed.";
        HelpName = "FILE";
    }

    /// <returns>Null where there is none.</returns>
    /// <exception cref="ToolException">The file that was given does not exist.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public LockFile? Read(ParseResult result, ToolContext context)
    {
        if (result.GetValue(this) is not { } given)
        {
            var nearest = ConfigurationOption.Nearest(context.Directory);
            return LockFile.Find(nearest, ConfigurationOption.Root(context), ConfigurationOption.LoadLeniently(nearest, context).Files) is { } found ? LockFile.Read(found) : null;
        }

        var path = context.FullPath(given);
        return File.Exists(path) ? LockFile.Read(path) : throw new ToolException($"{path}: there is no such file; 'scorecard rules apply' writes it");
    }
}
