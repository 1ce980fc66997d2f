using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;

namespace ScorecardBuildTasks.Tool;

/// <summary>What the builds of a repository left in a directory, one document for each entity.</summary>
static class EntityOutcomes
{
    public static IReadOnlyList<OutcomesDocument> Read(string directory) =>
    [
        .. OutcomesDirectory.Read(directory)
            .GroupBy(document => document.Entity.Reference, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => OutcomesDocument.Merge([.. group])),
    ];
}
