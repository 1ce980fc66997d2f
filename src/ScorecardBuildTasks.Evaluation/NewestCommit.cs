namespace ScorecardBuildTasks.Evaluation;

/// <summary>The documents of one entity that speak of its newest commit: what an older one came to is no word on it, and must not bear its name.</summary>
/// <param name="Documents">Those that name no commit included, since they may be of any.</param>
/// <param name="LeftOut">A line for each of the others.</param>
public sealed record NewestCommit(IReadOnlyList<OutcomesDocument> Documents, IReadOnlyList<string> LeftOut)
{
    /// <param name="documents">Of one subject, at least one.</param>
    public static NewestCommit Of(IReadOnlyList<OutcomesDocument> documents)
    {
        // Of two commits of one time, or of none, it is always the same one, in whatever order they come.
        var commits = documents.Where(document => document.Revision.Sha is not null)
            .GroupBy(document => document.Revision.Sha, document => document.Revision, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(revision => revision.Time).First())
            .OrderByDescending(revision => revision.Time).ThenByDescending(revision => revision.Sha, StringComparer.Ordinal)
            .ToArray();
        if (commits.Length < 2)
            return new NewestCommit(documents, []);
        var newest = commits[0];
        return new NewestCommit(
            [.. documents.Where(document => document.Revision.Sha is null || document.Revision.Sha == newest.Sha)],
            [.. documents.Where(document => document.Revision.Sha is { } sha && sha != newest.Sha).Select(document => Line(document, newest))]);
    }

    static string Line(OutcomesDocument document, Revision newest) =>
        $"{document.Project} is left out of {document.Entity.Reference}: it is of {CommitMark.Of(document.Revision)}, and there are outcomes of {(document.Revision.Time < newest.Time ? "the newer" : "another,")} {CommitMark.Of(newest)}";
}
