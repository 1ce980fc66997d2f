using System.Diagnostics;
using System.Globalization;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Asks git which commit the working tree stands on.</summary>
public static class ReadRevision
{
    const int TimeLimit = 5_000;
    const string CheckedOut = "HEAD -> refs/heads/";

    /// <summary>What git says; members stay null without git or outside a repository, and where CI knows better than a detached HEAD, CI wins.</summary>
    /// <param name="named">Another commit than the one that is checked out; git need not have it.</param>
    public static Revision Of(string folder, CiRun ci, string? named = null)
    {
        // Two questions side by side: a process costs more than its answer.
        var remote = System.Threading.Tasks.Task.Run(() => Git(folder, "config", "--get", "remote.origin.url"));
        var commit = Git(folder, "log", "-1", "--decorate=full", "--format=%H%n%cI%n%D", named ?? "HEAD", "--")?.Split('\n', StringSplitOptions.TrimEntries);
        var sha = commit is [var first, ..] ? first : named ?? ci.Sha;
        var time = commit is [_, var second, ..] && DateTimeOffset.TryParse(second, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed.ToUniversalTime() : (DateTimeOffset?)null;
        var branch = ci.Branch ?? (commit is [_, _, var names, ..] && names.StartsWith(CheckedOut, StringComparison.Ordinal) ? names[CheckedOut.Length..].Split(',')[0] : null);

        // A root below git's own would make every link miss the folders between them.
        var url = commit is null || Path.Exists(Path.Combine(folder, ".git")) ? WebAddress(remote.GetAwaiter().GetResult() ?? ci.RepositoryUrl) : null;
        return new Revision(sha, time, branch, url, ci.RunUrl);
    }

    /// <summary>The property, then <c>scorecard.json</c>, then the CI provider, then <c>origin/HEAD</c>; null where none tells it.</summary>
    public static string? DefaultBranch(string property, ScorecardConfiguration configuration, CiRun ci, string folder) =>
        property.Length > 0 ? property : configuration.DefaultBranch ?? ci.DefaultBranch ?? OriginHead(folder);

    /// <summary>The branch that <c>origin/HEAD</c> points to, or null in a clone that does not know it.</summary>
    static string? OriginHead(string folder) =>
        Git(folder, "symbolic-ref", "--short", "-q", "refs/remotes/origin/HEAD") is { } name && name.Split('/', 2) is [_, var branch] ? branch : null;

    /// <summary><c>git@host:a/b.git</c> and <c>https://user:token@host/a/b.git</c> alike become <c>https://host/a/b</c>.</summary>
    internal static string? WebAddress(string? remote)
    {
        if (string.IsNullOrWhiteSpace(remote))
            return null;
        if (!remote.Contains("://", StringComparison.Ordinal) && remote.Split(':', 2) is [var login, var path] && login.Contains('@', StringComparison.Ordinal))
            remote = $"https://{login[(login.IndexOf('@', StringComparison.Ordinal) + 1)..]}/{path.TrimStart('/')}";
        if (!Uri.TryCreate(remote, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http" or "ssh" or "git"))
            return null;
        var port = address.IsDefaultPort || address.Scheme is "ssh" or "git" ? "" : $":{address.Port}";
        var text = address.AbsolutePath.TrimEnd('/');
        return $"{(address.Scheme == "http" ? "http" : "https")}://{address.Host}{port}{(text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text)}";
    }

    static string? Git(string folder, params string[] arguments)
    {
        // A container's checkout often belongs to another user; reading two facts from it is no reason to refuse.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd();
            return git.WaitForExit(TimeLimit) && git.ExitCode == 0 && output.Trim() is { Length: > 0 } text ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this machine: the outcomes then carry no commit, and say so by its absence.
            return null;
        }
    }
}
