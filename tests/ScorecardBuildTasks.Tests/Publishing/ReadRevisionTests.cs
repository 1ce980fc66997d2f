using System.Diagnostics;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

public sealed class ReadRevisionTests
{
    const string Signed = "66d417de5ae46b6b9cf606ab0dad9396eba52c07";

    [Theory]
    [InlineData("git@github.com:acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("https://user:token@gitlab.example.com/acme/shop.git", "https://gitlab.example.com/acme/shop")]
    [InlineData("ssh://git@bitbucket.org:22/acme/shop", "https://bitbucket.org/acme/shop")]
    [InlineData("https://dev.azure.com/acme/Shop/_git/shop", "https://dev.azure.com/acme/Shop/_git/shop")]
    [InlineData("git@ssh.dev.azure.com:v3/acme/Shop%20Web/shop", "https://dev.azure.com/acme/Shop%20Web/_git/shop")]
    [InlineData("ssh://git@ssh.dev.azure.com/v3/acme/Shop/shop", "https://dev.azure.com/acme/Shop/_git/shop")]
    [InlineData("acme@vs-ssh.visualstudio.com:v3/acme/Shop/shop", "https://dev.azure.com/acme/Shop/_git/shop")]
    [InlineData("/srv/git/shop.git", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void RemoteBecomesAnAddressWithoutCredentials(string? remote, string? address) => Assert.Equal(address, ReadRevision.WebAddress(remote));

    /// <summary>Git reads its configuration from a pipe, into which nobody writes.</summary>
    [UnixFact]
    public async Task CancelledBuildDoesNotWaitForGit()
    {
        using var folder = new TemporaryFolder();
        foreach (var arguments in (string[][])[["git", "init", "-q", folder.Root], ["git", "-C", folder.Root, "config", "include.path", folder["pipe"]], ["mkfifo", folder["pipe"]]])
        {
            using var process = Process.Start(arguments[0], arguments[1..]);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }

        using var cancellation = new CancellationTokenSource();
        var asking = Task.Run(() => ReadRevision.IsAncestor(folder.Root, "1111111", "2222222", cancellation.Token));
        // It opens when git reads.
        await using (await Task.Run(() => new FileStream(folder["pipe"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite)))
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }
    }

    [Fact]
    public void WhatGitSaidIsForgottenWhenItWouldSayAnother()
    {
        using var folder = new TemporaryFolder();
        Git("init", "-q", "-b", "main");
        Git("remote", "add", "origin", "https://example.com/shop.git");
        Commit("one");
        IsWhatGitSays("main", "https://example.com/shop");
        Commit("two");
        IsWhatGitSays("main", "https://example.com/shop");
        Git("pack-refs", "--all");
        IsWhatGitSays("main", "https://example.com/shop");
        Git("update-ref", "refs/heads/main", "HEAD~1");
        Git("pack-refs", "--all");
        IsWhatGitSays("main", "https://example.com/shop");
        Git("checkout", "-q", "-b", "topic");
        IsWhatGitSays("topic", "https://example.com/shop");
        Git("remote", "set-url", "origin", "https://example.com/other.git");
        IsWhatGitSays("topic", "https://example.com/other");
        Git("checkout", "-q", "--detach", "main");
        IsWhatGitSays(null, "https://example.com/other");

        void IsWhatGitSays(string? branch, string address)
        {
            for (var time = 1; time <= 2; time++)
            {
                var revision = ReadRevision.Of(folder.Root, CiRun.Detect(_ => null));
                Assert.Equal((Git("rev-parse", "HEAD"), branch, address), (revision.Sha, revision.Branch, revision.Url));
            }
        }

        void Commit(string subject) => Git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "--allow-empty", "-m", subject);

        string Git(params string[] arguments)
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Root, RedirectStandardOutput = true })!;
            var output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
            return output;
        }
    }

    /// <summary>What checks it is git itself, which does not know how and says so at length.</summary>
    [Fact]
    public void SignatureThatGitIsToShowIsNoPartOfItsAnswer()
    {
        using var folder = new TemporaryFolder().With("commit", """
            tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            author test <test@example.com> 1700000000 +0000
            committer test <test@example.com> 1700000000 +0000
            gpgsig -----BEGIN PGP SIGNATURE-----
             nothing
             -----END PGP SIGNATURE-----

            signed

            """.ReplaceLineEndings("\n"));
        Git(folder, "init", "-q", "-b", "main");
        Git(folder, "config", "log.showSignature", "true");
        Git(folder, "config", "gpg.program", "git");
        Git(folder, "hash-object", "-t", "commit", "-w", folder["commit"]);
        Git(folder, "update-ref", "refs/heads/main", Signed);
        var revision = ReadRevision.Of(folder.Root, CiRun.None);
        Assert.Equal((Signed, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "main"), (revision.Sha, revision.Time, revision.Branch));
    }

    /// <summary>Jenkins builds what it likes on a local branch of any name.</summary>
    [Theory]
    [InlineData("main", "CI")]
    [InlineData(null, "JENKINS_URL")]
    public void BranchIsNotGitsWhereTheProviderNamesIt(string? branch, string variable)
    {
        using var folder = new TemporaryFolder();
        Git(folder, "init", "-q", "-b", "main");
        Git(folder, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "--allow-empty", "-m", "one");
        var revision = ReadRevision.Of(folder.Root, CiRun.Detect(name => name == variable ? "true" : null));
        Assert.NotNull(revision.Sha);
        Assert.Equal(branch, revision.Branch);
    }

    [Theory]
    [InlineData("property", "property", "file", "payload")]
    [InlineData("file", "", "file", "payload")]
    [InlineData("payload", "", null, "payload")]
    [InlineData("release/origin", "", null, null)]
    public void DefaultBranchIsThatOfTheFirstSourceThatTellsIt(string branch, string property, string? file, string? payload)
    {
        using var folder = new TemporaryFolder();
        Git(folder, "init", "-q");
        Git(folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/origin");
        Assert.Equal(branch, DefaultBranch(folder, property, file, payload));
    }

    [Fact]
    public void DefaultBranchThatNoSourceTellsIsNotKnown()
    {
        using var folder = new TemporaryFolder();
        Git(folder, "init", "-q");
        Assert.Null(DefaultBranch(folder, "", null, null));
    }

    static string? DefaultBranch(TemporaryFolder folder, string property, string? file, string? payload) =>
        ReadRevision.DefaultBranch(property, new ScorecardConfiguration { DefaultBranch = file }, new CiRun("GitHub Actions", null, "main", null, payload, null), folder.Root);

    static void Git(TemporaryFolder folder, params IEnumerable<string> arguments)
    {
        using var git = Process.Start("git", ["-C", folder.Root, .. arguments]);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
