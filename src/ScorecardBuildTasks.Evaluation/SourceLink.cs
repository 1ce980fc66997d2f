namespace ScorecardBuildTasks.Evaluation;

/// <summary>The web address of a line at a commit, on the hosts whose form is known.</summary>
static class SourceLink
{
    /// <returns>Null where commit or host is not known: no link is better than a wrong one.</returns>
    public static string? To(Revision revision, string file, int line)
    {
        if (revision is not { Sha: { } sha, Url: { } url } || !Uri.TryCreate(url, UriKind.Absolute, out var repository) || repository.Scheme is not ("https" or "http"))
            return null;
        var host = repository.Host;
        var path = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        var at = line > 0 ? line : 1;
        return host switch
        {
            _ when host.EndsWith("github.com", StringComparison.OrdinalIgnoreCase) || host.StartsWith("github.", StringComparison.OrdinalIgnoreCase) => $"{url}/blob/{sha}/{path}#L{at}",
            _ when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => $"{url}/-/blob/{sha}/{path}#L{at}",
            _ when host.EndsWith("bitbucket.org", StringComparison.OrdinalIgnoreCase) => $"{url}/src/{sha}/{path}#lines-{at}",
            _ when host.EndsWith("dev.azure.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith("visualstudio.com", StringComparison.OrdinalIgnoreCase) => $"{url}?path=/{path}&version=GC{sha}&line={at}&lineEnd={at + 1}&lineStartColumn=1&lineEndColumn=1",
            _ => null,
        };
    }
}
