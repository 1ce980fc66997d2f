using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Asks git which commit the working tree stands on.</summary>
public static class ReadRevision
{
    const int TimeLimit = 5_000;

    /// <summary>Milliseconds for which a folder about which git did not answer in time is not asked about again: the services of a build would each wait for the same.</summary>
    const int Silence = 60_000;

    const string CheckedOut = "HEAD -> refs/heads/";
    const string Symbolic = "ref: ";

    /// <summary>By folder, with what git's files said then: the projects of a solution ask for one commit, and asking git costs more than all the rest of an evaluation.</summary>
    static readonly ConcurrentDictionary<string, (string Files, Answer Answer)> Answers = new(StringComparer.Ordinal);

    /// <summary>By folder, when git was given up.</summary>
    static readonly ConcurrentDictionary<string, long> Silent = new(StringComparer.Ordinal);

    /// <summary>What git says; members stay null without git or outside a repository, and what the CI provider says of the branch goes before what git has checked out.</summary>
    /// <param name="named">Another commit than the one that is checked out; git need not have it.</param>
    /// <exception cref="OperationCanceledException"/>
    public static Revision Of(string folder, CiRun ci, string? named = null, CancellationToken cancellationToken = default)
    {
        var (commit, remote) = named is null ? OfHead(folder, cancellationToken) : Ask(folder, named, cancellationToken);
        var sha = commit is [var first, ..] ? first : named ?? ci.Sha;
        var time = commit is [_, var second, ..] && DateTimeOffset.TryParse(second, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed.ToUniversalTime() : (DateTimeOffset?)null;
        var branch = ci.BranchOr(commit is [_, _, var names, ..] && names.StartsWith(CheckedOut, StringComparison.Ordinal) ? names[CheckedOut.Length..].Split(',')[0] : null);

        // A root below git's own would make every link miss the folders between them.
        var url = commit is null || Path.Exists(Path.Combine(folder, ".git")) ? WebAddress(remote ?? ci.RepositoryUrl) : null;
        return new Revision(sha, time, branch, url, ci.RunUrl);
    }

    /// <summary>The property, then <c>scorecard.json</c>, then the CI provider, then <c>origin/HEAD</c>; null where none tells it.</summary>
    /// <exception cref="OperationCanceledException"/>
    public static string? DefaultBranch(string property, ScorecardConfiguration configuration, CiRun ci, string folder, CancellationToken cancellationToken = default) =>
        property.Length > 0 ? property : configuration.DefaultBranch ?? ci.DefaultBranch ?? OriginHead(folder, cancellationToken);

    /// <summary>Whether git has both commits and says that one comes from the other; a shallow clone often lacks the older one.</summary>
    /// <param name="older">Its first hex digits will do.</param>
    /// <exception cref="OperationCanceledException"/>
    public static bool IsAncestor(string folder, string older, string newer, CancellationToken cancellationToken) =>
        // Neither is ours: what is no hash might be an option.
        older.All(char.IsAsciiHexDigit) && newer.All(char.IsAsciiHexDigit) && Run(folder, cancellationToken, "merge-base", "--is-ancestor", older, newer) is not null;

    /// <summary>The branch that <c>origin/HEAD</c> points to, or null in a clone that does not know it.</summary>
    static string? OriginHead(string folder, CancellationToken cancellationToken) =>
        Git(folder, cancellationToken, "symbolic-ref", "--short", "-q", "refs/remotes/origin/HEAD") is { } name && name.Split('/', 2) is [_, var branch] ? branch : null;

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
        // Azure Repos has hosts of its own for SSH, where no page is.
        if (address.Host is "ssh.dev.azure.com" or "vs-ssh.visualstudio.com" && text.Split('/') is ["", "v3", var organisation, var project, var repository])
            return $"https://dev.azure.com/{organisation}/{project}/_git/{repository}";
        return $"{(address.Scheme == "http" ? "http" : "https")}://{address.Host}{port}{(text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text)}";
    }

    static Answer OfHead(string folder, CancellationToken cancellationToken)
    {
        if (FilesOf(folder) is not { } files)
            return Ask(folder, "HEAD", cancellationToken);
        if (Answers.TryGetValue(folder, out var last) && last.Files == files)
            return last.Answer;
        var answer = Ask(folder, "HEAD", cancellationToken);
        if (answer.Commit is not null)
            Answers[folder] = (files, answer);
        return answer;
    }

    static Answer Ask(string folder, string commit, CancellationToken cancellationToken)
    {
        // Two questions side by side: a process costs more than its answer.
        var remote = System.Threading.Tasks.Task.Run(() => Git(folder, cancellationToken, "config", "--get", "remote.origin.url"), CancellationToken.None);
        var answer = Git(folder, cancellationToken, "log", "-1", "--decorate=full", "--format=%H%n%cI%n%D", commit, "--")?.Split('\n', StringSplitOptions.TrimEntries);
        return new Answer(answer, remote.GetAwaiter().GetResult());
    }

    /// <summary>What decides git's answers about HEAD; null where it does not lie in files that a reader can go by: outside a repository's root, in a further working tree, in a table of references.</summary>
    static string? FilesOf(string folder)
    {
        var git = Path.Combine(folder, ".git");
        if (Path.Combine(git, "HEAD") is var head && !File.Exists(head))
            return null;
        var text = File.ReadAllText(head).Trim();
        if (!text.StartsWith(Symbolic, StringComparison.Ordinal))
            return $"{text} {Written("config")}";
        var file = Path.Combine(git, text[Symbolic.Length..]);
        var branch = File.Exists(file) ? File.ReadAllText(file) : Written("packed-refs");
        return text.EndsWith("/.invalid", StringComparison.Ordinal) || branch.StartsWith(Symbolic, StringComparison.Ordinal) ? null : $"{text} {branch} {Written("config")}";

        string Written(string name) => new FileInfo(Path.Combine(git, name)) is { Exists: true } file ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "";
    }

    static string? Git(string folder, CancellationToken cancellationToken, params string[] arguments) => Run(folder, cancellationToken, arguments) is { Length: > 0 } text ? text : null;

    /// <returns>Null where it fails, or does not answer in time.</returns>
    /// <exception cref="OperationCanceledException"/>
    static string? Run(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Silent.TryGetValue(folder, out var since) && Environment.TickCount64 - since < Silence)
            return null;
        // A container's checkout often belongs to another user; reading two facts from it is no reason to refuse. What a user has git say of signatures would go before the answer.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-c", "log.showSignature=false", "-C", folder, .. arguments])
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
            // On a thread of its own, which a pool that is busy need not find: what git started may hold the pipe longer than git lives.
            var output = System.Threading.Tasks.Task.Factory.StartNew(git.StandardOutput.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var answered = false;
            try
            {
                answered = output.Wait(TimeLimit, cancellationToken) && git.WaitForExit(TimeLimit);
            }
            finally
            {
                if (!answered)
                    git.Kill();
            }

            if (answered)
                return git.ExitCode == 0 ? output.Result.Trim() : null;
            Silent[folder] = Environment.TickCount64;
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this machine: the outcomes then carry no commit, and say so by its absence.
            return null;
        }
    }

    /// <param name="Commit">Hash, time and names, a line each.</param>
    sealed record Answer(string[]? Commit, string? Remote);
}
