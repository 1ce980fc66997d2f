using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using ScorecardBuildTasks.Tasks.Analyzers;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Writes the global analyzer config that keeps the error log cheap: with one, csc runs every rule that only suggests, which it skips without.</summary>
public sealed class SilenceSuggestions : ScorecardTask
{
    // The projects of a solution have the same analyzers, and a node builds many of them.
    static readonly ConcurrentDictionary<(string File, DateTime Written), IReadOnlyList<string>> Known = new();

    /// <summary>The assemblies of the analyzers that packages bring.</summary>
    public ITaskItem[] Analyzers { get; set; } = [];

    /// <summary><c>library</c>: then what any service of the repository may count stays as it is.</summary>
    public string ProjectKind { get; set; } = "";

    /// <summary>The global analyzer config.</summary>
    [Required]
    public string QuietFile { get; set; } = "";

    /// <summary>An empty file, written each time: the config is written only when it differs, because the compiler reads it.</summary>
    [Required]
    public string DoneFile { get; set; } = "";

    protected override void Run()
    {
        // Whoever evaluates says what is wrong with the configuration.
        var mapping = LoadMapping(LoadConfiguration([]), ProjectKind);
        var suggestions = QuietRules.Suggestions.Concat(Analyzers.SelectMany(analyzer => SuggestedIn(analyzer.ItemSpec))).Distinct(StringComparer.Ordinal);
        string[] quiet = [.. suggestions.Where(IsUnmapped)];
        var missing = mapping.SelectMany(configuration => configuration.MissingPresets).Where(GlobalConfig.CanHold).Distinct(StringComparer.OrdinalIgnoreCase);
        // The collector tells it on, with what is hidden by default and not shown: a service may have a configuration that is not seen here.
        WriteWhenDifferent(QuietFile, GlobalConfig.Of([$"scorecard_quiet = {string.Join(',', quiet.Union(HiddenRules.Ids.Where(IsUnmapped)))}", $"scorecard_missing_presets = {string.Join(',', missing)}", .. GlobalConfig.Severities(quiet, "silent")]));
        File.WriteAllText(DoneFile, "");

        bool IsUnmapped(string id) => !mapping.Any(configuration => configuration.Maps(id));
    }

    IReadOnlyList<string> SuggestedIn(string file) => Known.GetOrAdd((file, File.GetLastWriteTimeUtc(file)), _ =>
    {
        try
        {
            return SuggestedRules.In(file);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            // Its rules stay as they are, and cost what they cost.
            Log.LogMessage(MessageImportance.Low, "{0} cannot be read: {1}", file, e.Message);
            return [];
        }
    });
}
