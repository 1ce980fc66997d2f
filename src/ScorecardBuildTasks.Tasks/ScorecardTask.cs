using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks.Facts;

namespace ScorecardBuildTasks.Tasks;

/// <summary>What the tasks share: the project they speak of, and one way to tell the user something.</summary>
public abstract class ScorecardTask : Microsoft.Build.Utilities.Task
{
    const string PageAddress = "https://github.com/ScorecardBuildTasks/ScorecardBuildTasks/blob/main/src/ScorecardBuildTasks.Evaluation/Messages/";

    /// <summary>Absolute path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Absolute path of the repository's root; the project's folder where none is known.</summary>
    public string RepositoryRoot { get; set; } = "";

    /// <summary>Absolute path of <c>scorecard.json</c>, or empty.</summary>
    public string ConfigurationFile { get; set; } = "";

    /// <summary>Absolute path of <c>project.assets.json</c>, or empty: where a preset's package lies.</summary>
    public string AssetsFile { get; set; } = "";

    protected string ProjectDirectory => Path.GetDirectoryName(ProjectFile)!;

    protected string Root => RepositoryRoot.Length > 0 ? Path.GetFullPath(RepositoryRoot) : ProjectDirectory;

    /// <summary>Relative to the repository's root, with forward slashes.</summary>
    protected string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public override bool Execute()
    {
        try
        {
            Run();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, it is ours and not the user's: their build goes on, and says what happened.
            Complain(new BuildMessage(BuildMessage.TaskFailed, $"{GetType().Name} did not finish, so nothing is reported for this project: {e.Message}"));
            Log.LogMessage(MessageImportance.Low, "{0}", e);
        }

        return !Log.HasLoggedErrors;
    }

    protected abstract void Run();

    /// <summary>The project's file over the repository's over what they extend.</summary>
    protected ScorecardConfiguration LoadConfiguration(ICollection<BuildMessage> messages) => LoadConfiguration(ConfigurationFile, messages);

    /// <summary>What may be fed by the log of the project: its own configuration and, since what is found in a library counts for services that may have one of their own, all of the repository.</summary>
    /// <param name="own">The configuration of the project itself.</param>
    protected IReadOnlyList<ScorecardConfiguration> LoadMapping(ScorecardConfiguration own, string projectKind) =>
        projectKind.Equals("library", StringComparison.OrdinalIgnoreCase)
            ? [own, .. OnceInBuild(() => ConfigurationFiles.Below(Root)).Files.Where(file => !own.Files.Contains(file)).Select(file => LoadConfiguration(file, []))]
            : [own];

    /// <summary>What one task has read of the repository is there for the others of the process, until the build ends: in the next one anything may have changed.</summary>
    protected T OnceInBuild<T>(Func<T> read) where T : class
    {
        var key = (typeof(T), Root);
        var build = BuildEngine as IBuildEngine4;
        if (build?.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is T known)
            return known;
        var made = read();
        build?.RegisterTaskObject(key, made, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);
        return made;
    }

    ScorecardConfiguration LoadConfiguration(string file, ICollection<BuildMessage> messages)
    {
        return ScorecardConfiguration.Load(file, messages, Root, PackageFolder);

        string? PackageFolder(string id)
        {
            using var assets = Evaluation.AssetsFile.Read(AssetsFile);
            return assets?.PackageFolder(id);
        }
    }

    /// <summary>Something did not work. The build goes on, unless a task has a reason to stop it.</summary>
    protected virtual void Complain(BuildMessage message) => Warn(message);

    protected void Warn(BuildMessage message) => Log.LogWarning(
        subcategory: null, message.Code, helpKeyword: null, $"{PageAddress}{message.Code}.md", message.File ?? ProjectFile, message.Line, message.Column, 0, 0, "{0}", message.Text);

    protected void Warn(IEnumerable<BuildMessage> messages)
    {
        foreach (var message in messages)
            Warn(message);
    }

    /// <summary>Files are written only when they differ, so that nothing downstream runs for nothing.</summary>
    protected static void WriteWhenDifferent(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
