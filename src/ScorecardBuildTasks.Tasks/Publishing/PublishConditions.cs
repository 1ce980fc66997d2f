using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>One of the things that must hold for <c>ScorecardPublish=auto</c> to publish.</summary>
/// <param name="What">A statement that is true when it holds.</param>
/// <param name="Holds">Null where only a CI build can tell.</param>
/// <param name="Fact">Why it holds; or what holds instead, and what would change it.</param>
public sealed record PublishCondition(string What, bool? Holds, string Fact)
{
    /// <summary>The code of the error that it is where a publish is required.</summary>
    public string Code { get; init; } = BuildMessage.PublishingFailed;
}

/// <summary>What <c>ScorecardPublish=auto</c> knows of a build when it decides.</summary>
/// <param name="Branch">The branch that is built; null where nobody tells it.</param>
/// <param name="DefaultBranch">Null where no source tells it.</param>
/// <param name="MissingCredentials">The variables that are not set.</param>
public sealed record PublishConditions(CiRun Ci, string? Branch, string? DefaultBranch, Entity Entity, bool PublishGuessedEntities, IReadOnlyList<string> MissingCredentials)
{
    /// <summary>The commit that git says is checked out; null where it does not say.</summary>
    public string? CheckedOut { get; init; }

    bool InCi => Ci.Provider is not null;

    string Them => MissingCredentials.Count == 1 ? "it" : "them";

    /// <summary>
    /// Whether this is a build that publishes, so that a key or a name that is missing keeps something back: in CI, of no pull request and of the default branch. Where the default
    /// branch is not known it may be one, and never comes to be published. What may be a pull request's is not due: its author could do nothing about an error.
    /// </summary>
    public bool AreDue => InCi && Ci.TellsPullRequests && !Ci.IsPullRequest && (DefaultBranch is null || OnDefaultBranch().Holds == true);

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<PublishCondition> All() =>
    [
        new("a CI provider is detected", InCi ? true : null, Ci.Provider ?? "this is no CI build; set ScorecardPublish=true to publish from here"),
        new("no pull request is built", InCi && Ci.TellsPullRequests ? !Ci.IsPullRequest : null,
            !InCi ? "only the provider can tell"
            : !Ci.TellsPullRequests ? $"{(Ci.NamesBranches ? $"{Ci.Provider} does not say in a job of this kind" : "the environment says that this is CI and not")} whether a pull request is built; set ScorecardPublish=true in a job that builds the default branch only"
            : Ci.IsPullRequest ? $"{Ci.Provider} {Ci.PullRequest}; outcomes are published from the default branch"
            : $"{Ci.Provider} builds none"),
        new("the default branch is known", DefaultBranch is not null ? true : InCi ? false : null,
            DefaultBranch is not null ? $"'{DefaultBranch}'"
            : InCi ? "the default branch is not known; set ScorecardDefaultBranch"
            : $"no source here tells it; {string.Join(", ", CiRun.Providers.Where(provider => provider.TellsDefaultBranch).Select(provider => provider.Name))} do, elsewhere set ScorecardDefaultBranch"),
        OnDefaultBranch(),
        OnItsCommit(),
        new("both keys are in the environment", MissingCredentials.Count == 0 ? true : InCi ? false : null,
            MissingCredentials.Count == 0 ? "they are"
            : $"{string.Join(" and ", MissingCredentials)} {(MissingCredentials.Count == 1 ? "is" : "are")} not set; give {Them} to {(InCi ? "this" : "the build's")} step as secret") { Code = BuildMessage.KeyIsMissing },
        new("the entity is not merely guessed", !Entity.Guessed || PublishGuessedEntities,
            !Entity.Guessed ? $"{Entity.Reference} is from {Entity.Reason}"
            : PublishGuessedEntities ? $"'{Entity.Reference}' is guessed, and publishGuessedEntities allows it"
            : $"'{Entity.Reference}' is only guessed from the assembly's name; add <ScorecardEntity>{Entity.Reference}</ScorecardEntity> to the project"),
    ];

    /// <returns>Null when all hold; else the first that does not, and what would change it.</returns>
    public PublishCondition? FirstUnmet() => All().FirstOrDefault(condition => condition.Holds != true);

    PublishCondition OnDefaultBranch()
    {
        const string what = "the default branch is built";
        if (!InCi)
            return new(what, null, $"a CI build of {(DefaultBranch is null ? "it" : $"'{DefaultBranch}'")} would publish{(Branch is null ? "" : $"; '{Branch}' is checked out here")}");
        return DefaultBranch is null ? new(what, null, "the default branch is not known")
            : Branch is null ? new(what, false, $"{Ci.Provider} does not tell the branch of this build; set ScorecardPublish=true in the job that builds '{DefaultBranch}'")
            : Branch != DefaultBranch ? new(what, false, $"'{Branch}' is not the default branch '{DefaultBranch}'; set ScorecardDefaultBranch if it is")
            : new(what, true, $"'{Branch}'");
    }

    /// <summary>A run for the default branch may have checked out anything, such as the pull request that a comment is about.</summary>
    PublishCondition OnItsCommit()
    {
        const string what = "the provider's commit is checked out";
        return !InCi ? new(what, null, "only the provider can tell")
            : !IsHash(Ci.Sha) ? new(what, true, $"{Ci.Provider} names no commit")
            : !IsHash(CheckedOut) ? new(what, true, $"{Ci.Provider} names {Ci.Sha![..7]}, and git does not say what is checked out")
            : !Ci.Sha!.Equals(CheckedOut, StringComparison.OrdinalIgnoreCase) ? new(what, false, $"{CheckedOut![..7]} is checked out, and {Ci.Provider} runs for {Ci.Sha[..7]}; set ScorecardPublish=true in this step if it is to speak for '{DefaultBranch}' all the same")
            : new(what, true, Ci.Sha[..7]);
    }

    /// <summary>Some providers name <c>HEAD</c> for a build that was started by hand.</summary>
    static bool IsHash(string? commit) => commit is { Length: 40 or 64 } && commit.All(char.IsAsciiHexDigit);
}
