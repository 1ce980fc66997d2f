using System.Globalization;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>The web address of a line at a commit, on the hosts whose form is known or given.</summary>
static class SourceLink
{
    /// <returns>Null where commit or host is not known: no link is better than a wrong one.</returns>
    /// <param name="template">The form of another host, with <c>{url}</c>, <c>{sha}</c>, <c>{path}</c> and <c>{line}</c>.</param>
    public static string? To(Revision revision, string file, int line, string? template)
    {
        if (revision is not { Sha: { } sha, Url: { } url } || !Uri.TryCreate(url, UriKind.Absolute, out var repository) || repository.Scheme is not ("https" or "http"))
            return null;
        var host = repository.Host;
        var path = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        var at = line > 0 ? line : 1;
        if (template is not null)
            return template.Replace("{url}", url, StringComparison.Ordinal).Replace("{sha}", sha, StringComparison.Ordinal).Replace("{path}", path, StringComparison.Ordinal).Replace("{line}", at.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return host switch
        {
            _ when IsOf("github.com") || host.StartsWith("github.", StringComparison.OrdinalIgnoreCase) => $"{url}/blob/{sha}/{path}#L{at}",
            _ when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => $"{url}/-/blob/{sha}/{path}#L{at}",
            _ when IsOf("bitbucket.org") => $"{url}/src/{sha}/{path}#lines-{at}",
            _ when IsOf("dev.azure.com") || IsOf("visualstudio.com") => $"{url}?path=/{path}&version=GC{sha}&line={at}&lineEnd={at + 1}&lineStartColumn=1&lineEndColumn=1",
            _ => null,
        };

        bool IsOf(string domain) => host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
    }
}
