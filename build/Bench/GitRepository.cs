using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>What the bench asks git, and the repositories that it makes.</summary>
static partial class GitRepository
{
    /// <returns>The commit that is checked out, with <c>+</c> where files differ from it; null outside a repository.</returns>
    public static async Task<string?> HeadAsync(string folder) =>
        await AskAsync(folder, "rev-parse", "HEAD") is { } head ? await AskAsync(folder, "status", "--porcelain") is "" ? head : $"{head}+" : null;

    /// <returns><c>owner/name@commit</c>, or the commit where there is no origin on the web; null outside a repository.</returns>
    public static async Task<string?> OriginAndHeadAsync(string folder) =>
        await HeadAsync(folder) is not { } head ? null : NameOf(await AskAsync(folder, "remote", "get-url", "origin") ?? "") is { } name ? $"{name}@{head}" : head;

    /// <returns>Owner and name; null of a path, which says more of the machine than of the repository.</returns>
    internal static string? NameOf(string origin) => WebOrigin().Match(origin) is { Success: true } web ? web.Groups["name"].Value : null;

    /// <summary>Makes a folder a repository of its own, so that it is not taken for a part of this one.</summary>
    public static async Task CommitAsync(string folder)
    {
        await Shell.RunAsync(folder, null, "git", "init", "-q", "-b", "main");
        await Shell.RunAsync(folder, null, "git", "add", "-A");
        await Shell.RunAsync(folder, null, "git", "-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "A service");
    }

    static async Task<string?> AskAsync(string folder, params IEnumerable<string> question)
    {
        var (exitCode, output) = await Shell.TryAsync(folder, null, "git", question);
        return exitCode == 0 ? output.Trim() : null;
    }

    [GeneratedRegex(@"^(?:(?:https?|ssh|git)://[^/]+/|[\w.-]+@[\w.-]+:)(?<name>.+?)(?:\.git)?/?$", RegexOptions.CultureInvariant)]
    private static partial Regex WebOrigin();
}
