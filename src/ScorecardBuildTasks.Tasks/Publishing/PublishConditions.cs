using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>When <c>ScorecardPublish=auto</c> publishes.</summary>
static class PublishConditions
{
    /// <returns>Null when all hold; else the first that does not, and what would change it.</returns>
    /// <param name="defaultBranch">Null where no source tells it.</param>
    public static string? FirstUnmet(CiRun ci, string? branch, string? defaultBranch, Entity entity, bool publishGuessedEntities, IReadOnlyList<string> missingCredentials) =>
        ci.Provider is null ? "this is no CI build; set ScorecardPublish=true to publish from here"
        : ci.IsPullRequest ? $"{ci.Provider} builds a pull request; outcomes are published from the default branch"
        : defaultBranch is null ? "the default branch is not known; set ScorecardDefaultBranch"
        : branch is null ? $"{ci.Provider} does not tell the branch of this build; set ScorecardPublish=true in the job that builds '{defaultBranch}'"
        : branch != defaultBranch ? $"'{branch}' is not the default branch '{defaultBranch}'; set ScorecardDefaultBranch if it is"
        : missingCredentials.Count > 0 ? $"{string.Join(" and ", missingCredentials)} {(missingCredentials.Count == 1 ? "is" : "are")} not set; give {(missingCredentials.Count == 1 ? "it" : "them")} to this step as secret"
        : entity.Guessed && !publishGuessedEntities ? $"'{entity.Reference}' is only guessed from the assembly's name; add <ScorecardEntity>{entity.Reference}</ScorecardEntity> to the project"
        : null;
}
