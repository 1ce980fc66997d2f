using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tool.Options;

namespace ScorecardBuildTasks.Tool;

/// <summary>
/// Tells of waivers for an entity that no project of the repository is: a build of one project cannot know it, and a misspelt name would stay without effect and without a word. And of those for all
/// entities that no service of a solution needs, where all of them were evaluated together.
/// </summary>
static class WaivedEntities
{
    /// <param name="directory">In the repository.</param>
    /// <param name="documents">What was reported, in this repository or elsewhere.</param>
    /// <param name="solution">The one that they are all services of; null where they may be some, as those are that one job of several built.</param>
    public static void Tell(string directory, IReadOnlyList<OutcomesDocument> documents, ToolContext context, string? solution = null)
    {
        if (ConfigurationOption.Nearest(directory) is not { } nearest || ConfigurationOption.RootOf(directory) is not { } root)
            return;
        var configuration = ConfigurationOption.LoadLeniently(nearest, context);
        // Those of an organisation's preset may be another repository's.
        string[] own = [nearest, Path.Combine(root, ScorecardConfiguration.FileName)];
        var waivers = configuration.Waivers.Where(waiver => own.Contains(waiver.Place?.File, StringComparer.Ordinal)).ToArray();
        if (solution is not null)
        {
            foreach (var message in Waivers.OfNoUse(waivers, documents, Path.GetFileName(solution), configuration, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)))
                context.Error.WriteLine(message);
        }

        Entity[] reported = [.. documents.Select(document => document.Entity)];
        // The repository is read only where what was reported leaves a doubt.
        if (!Waivers.OfNobody(waivers, reported).Any() || RepositoryEntities.Of(root, configuration) is not { } entities)
            return;
        foreach (var message in Waivers.OfNobody(waivers, [.. reported, .. entities]))
            context.Error.WriteLine(message);
    }
}
