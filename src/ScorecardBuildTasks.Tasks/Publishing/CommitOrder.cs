using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Tells whether what the API says is of a newer commit than an evaluation, which is then not published over it.</summary>
/// <param name="repository">A folder of the repository whose commits they name, where one is at hand: git knows which of two commits comes from the other, whatever their times say.</param>
public sealed class CommitOrder(string? repository)
{
    readonly Dictionary<(string Older, string Newer), bool> ancestors = [];

    /// <exception cref="OperationCanceledException"/>
    public bool IsOfNewer(OutcomeAttributes? said, Revision than, CancellationToken cancellationToken) =>
        CommitMark.Parse(said?.Remarks) is { } there && CommitMark.Of(than) is { } here
        && here.IsOlderThan(there) && there.IsPossibleAt(said!.ModifiedAt?.ToDateTimeOffset()) && !IsAncestor(there, than, cancellationToken);

    /// <summary>A child that was made on a machine whose clock was behind seems older than its parent.</summary>
    bool IsAncestor(CommitMark older, Revision newer, CancellationToken cancellationToken)
    {
        if (repository is null || newer.Sha is null)
            return false;
        if (!ancestors.TryGetValue((older.Sha, newer.Sha), out var isAncestor))
            ancestors[(older.Sha, newer.Sha)] = isAncestor = ReadRevision.IsAncestor(repository, older.Sha, newer.Sha, cancellationToken);
        return isAncestor;
    }
}
