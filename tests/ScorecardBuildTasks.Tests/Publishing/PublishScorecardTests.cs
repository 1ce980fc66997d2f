using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Api;
using ScorecardBuildTasks.Tests.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>What the task says of a publish, and what it makes of the build.</summary>
public sealed class PublishScorecardTests : IDisposable
{
    static readonly (string, string)[] Keys = [("DD_API_KEY", "api-key-of-the-test"), ("DD_APP_KEY", "app-key-of-the-test")];
    static readonly (string, string)[] FeatureBranch = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_REF", "refs/heads/feature")];
    static readonly (string, string)[] MainBranch = [.. FeatureBranch[..2], ("GITHUB_REF", "refs/heads/main")];

    const string Key = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    static readonly string Mine = $"tmp/scorecard-publishing-{Environment.UserName}";

    readonly TemporaryFolder folder = new();

    public PublishScorecardTests() => ReportTests.Document("1:Pass 1:Fail").Write(folder["out/outcomes.json"]);

    public void Dispose() => folder.Dispose();

    /// <summary>In the folder for temporary files that everybody may write to, somebody else has taken the name.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FolderThatIsNoneOfOursIsNotUsedAndNothingIsHeldUp(bool link)
    {
        await using var api = await ApiAsync();
        folder.With("elsewhere/theirs").With("tmp/.keep");
        if (link)
            Directory.CreateSymbolicLink(folder[Mine], folder["elsewhere"]);
        else
            folder.With(Mine, "not a folder");
        var publish = Publish(Keys, ("Publish", "true"), ("PublishRequired", "true"), ("ApiUrl", api.Server.Url.ToString()));
        Assert.Equal(0, publish.ExitCode);
        Assert.Contains("Scorecard service:shop: 2 of 2 outcomes published (127.0.0.1)", publish.Lines);
        Assert.Equal([folder["elsewhere/theirs"]], Directory.GetFileSystemEntries(folder["elsewhere"]));
    }

    [RootFact]
    public async Task FolderOfAnotherUserIsNotUsed()
    {
        await using var api = await ApiAsync();
        Directory.CreateDirectory(folder[Mine]);
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", folder[Mine]]))
            await chown.WaitForExitAsync();
        Assert.Contains("Scorecard service:shop: 2 of 2 outcomes published (127.0.0.1)", Publish(Keys, ("Publish", "true"), ("ApiUrl", api.Server.Url.ToString())).Lines);
        Assert.Empty(Directory.GetFileSystemEntries(folder[Mine]));
    }

    /// <summary>One that an earlier version has left open to others included.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FolderIsItsOwnersAlone(bool wasOpen)
    {
        await using var api = await ApiAsync();
        Directory.CreateDirectory(folder["tmp"]);
        if (wasOpen && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder[Mine]);
            File.SetUnixFileMode(folder[Mine], (UnixFileMode)0b111_111_111);
        }

        Publish(Keys, ("Publish", "true"), ("ApiUrl", api.Server.Url.ToString()));
        Assert.Equal([folder[$"{Mine}/{Key}"]], Directory.GetFileSystemEntries(folder[Mine]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder[Mine]));
    }

    /// <summary>What cannot be deleted stays: a folder is what nobody's right to delete files takes away. What has another name is no marker of ours.</summary>
    [Fact]
    public async Task MarkersOfOldBuildsAreForgottenAsFarAsTheyCanBe()
    {
        await using var api = await ApiAsync();
        var (old, young) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
        string[] kept = [$"{Mine}/{old}.orig", $"{Mine}/notes", $"tmp/scorecard-publishing-somebody/{old}", $"tmp/{old}"];
        string[] forgotten = [$"{Mine}/{old}", $"{Mine}/{old}.SCORE0021"];
        foreach (var file in kept.Concat(forgotten))
            File.SetLastWriteTimeUtc(folder.With(file)[file], DateTime.UtcNow.AddDays(-3));
        folder.With($"{Mine}/{young}");
        Directory.CreateDirectory(folder[$"{Mine}/{old.Replace('0', '1')}"]);
        Directory.SetLastWriteTimeUtc(folder[$"{Mine}/{old.Replace('0', '1')}"], DateTime.UtcNow.AddDays(-3));

        var publish = Publish(Keys, ("Publish", "true"), ("ApiUrl", api.Server.Url.ToString()));
        Assert.Equal(["Scorecard service:shop: 2 of 2 outcomes published (127.0.0.1)"], publish.Lines);
        Assert.All(kept, file => Assert.True(File.Exists(folder[file]), file));
        Assert.All(forgotten, file => Assert.False(File.Exists(folder[file]), file));
        Assert.True(File.Exists(folder[$"{Mine}/{young}"]));
        Assert.True(File.Exists(folder[$"{Mine}/{Key}"]));
        Assert.True(Directory.Exists(folder[$"{Mine}/{old.Replace('0', '1')}"]));
    }

    [Fact]
    public async Task KeyThatIsAPropertyStopsPublishing()
    {
        await using var api = await ApiAsync();
        var publish = Publish(Keys, ("Publish", "true"), ("ApiUrl", api.Server.Url.ToString()), ("KeyProperties", "DD_APP_KEY;DD_API_KEY"));
        Assert.Equal(0, publish.ExitCode);
        Assert.Contains("warning SCORE0023: DD_APP_KEY and DD_API_KEY were given as properties", Assert.Single(publish.Lines), StringComparison.Ordinal);
        Assert.Equal(0, Writes(api));
    }

    /// <summary>Which publish is due: one that is asked for, and that of the default branch; whatever keeps it from being complete is then an error.</summary>
    [Theory]
    [InlineData("error SCORE0021: ", "main", "DD_API_KEY=a")]
    [InlineData("error SCORE0020: ", "main", "DD_API_KEY=a", "DD_APP_KEY=b", "DD_SITE=no site")]
    [InlineData("error SCORE0023: ", "main", "DD_API_KEY=a", "DD_APP_KEY=b", "=KeyProperties=DD_API_KEY")]
    [InlineData("error SCORE0020: service:shop is not published: the default branch is not known", "main", "=DefaultBranch=")]
    [InlineData("error SCORE0020: service:shop is not published: ScorecardTimeout", "main", "DD_API_KEY=a", "DD_APP_KEY=b", "=Timeout=soon")]
    [InlineData("error SCORE0021: ", null, "=Publish=true")]
    [InlineData("error SCORE0016: ", null, "=Publish=true", "=ReportFile=nowhere.json")]
    [InlineData(null, "feature", "DD_API_KEY=a")]
    [InlineData("warning SCORE0023: ", "feature", "=KeyProperties=DD_API_KEY")]
    [InlineData(null, "main", "GITHUB_EVENT_NAME=pull_request")]
    [InlineData(null, null)]
    [InlineData(null, null, "CI=true")]
    [InlineData(null, null, "CI=true", "DD_API_KEY=a", "=DefaultBranch=")]
    public void RequiredPublishThatIsDueAndDoesNotHappenIsAnError(string? said, string? branch, params string[] settings)
    {
        var pairs = settings.Select(setting => setting.TrimStart('=').Split('=', 2)).Zip(settings, (pair, setting) => (IsParameter: setting.StartsWith('='), Name: pair[0], Value: pair[1])).ToArray();
        var publish = Publish(
            [.. branch is null ? [] : MainBranch, .. branch is null ? ((string, string)[])[] : [("GITHUB_REF", $"refs/heads/{branch}")], .. pairs.Where(pair => !pair.IsParameter).Select(pair => (pair.Name, pair.Value))],
            [("Publish", "auto"), ("PublishRequired", "true"), .. pairs.Where(pair => pair.IsParameter).Select(pair => (pair.Name, pair.Value))]);
        Assert.Equal(said?.StartsWith("error", StringComparison.Ordinal) == true ? 1 : 0, publish.ExitCode);
        var line = Assert.Single(publish.Lines);
        if (said is null)
            Assert.Contains("Scorecard service:shop not published: ", line, StringComparison.Ordinal);
        else
            Assert.Contains($": {said}", line, StringComparison.Ordinal);
    }

    [UnixFact]
    public void GitThatDoesNotAnswerIsNotWaitedFor()
    {
        var publish = Publish([.. MainBranch, ("GITHUB_SHA", "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), SilentGit()], ("Publish", "auto"));
        Assert.Contains("DD_API_KEY and DD_APP_KEY are not set", Assert.Single(publish.Lines), StringComparison.Ordinal);
        Assert.NotEmpty(Asked);
        Assert.DoesNotContain(Asked, IsRunning);

        static bool IsRunning(string process) => $"/proc/{process}/cmdline" is var file && File.Exists(file) && File.ReadAllText(file).Length > 0;
    }

    /// <summary>It is asked for the default branch, and then for the commit: not any more.</summary>
    [UnixFact]
    public void GitThatDoesNotAnswerIsNotAskedAgain()
    {
        var publish = Publish([.. MainBranch, SilentGit()], ("Publish", "auto"), ("DefaultBranch", ""));
        Assert.Contains("the default branch is not known", Assert.Single(publish.Lines), StringComparison.Ordinal);
        Assert.Single(Asked);
    }

    IEnumerable<string> Asked => Directory.GetFiles(folder["bin"], "*.asked").Select(file => Path.GetFileName(file).Split('.')[1]);

    /// <summary>It would answer after twenty seconds, and with another commit than the provider's.</summary>
    (string, string) SilentGit()
    {
        folder.With("bin/git", """
            #!/bin/bash
            echo > "$0.$$.asked"
            mkfifo "$0.$$.fifo"
            read -t 20 <> "$0.$$.fifo"
            echo 2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["bin/git"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return ("PATH", $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}");
    }

    [Theory]
    [InlineData("true", 1, "error")]
    [InlineData("false", 0, "warning")]
    public async Task RequiredPublishOfARuleThatTheApiLacksIsAnError(string required, int exitCode, string kind)
    {
        await using var api = await ApiAsync("Rule 0");
        var publish = Publish(Keys, ("Publish", "true"), ("PublishRequired", required), ("ApiUrl", api.Server.Url.ToString()));
        Assert.Equal(exitCode, publish.ExitCode);
        Assert.Contains($": {kind} SCORE0022: the API lacks a rule, ", Assert.Single(publish.Lines, line => line.Contains("SCORE", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("1 of 2 outcomes published", publish.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out/published"]));
    }

    /// <summary>A rule is missing, and the keys may not write what there is: the one does not happen, whatever becomes of the other.</summary>
    [Fact]
    public async Task PublishThatFailsIsOneWarningWhateverElseThereIsToSay()
    {
        var reader = AccessKey.ForKeys("reader", "api-key-of-the-test", "app-key-of-the-test", AccessScopes.Read);
        await using var api = await TestApi.StartAsync(configure: options => options with { Keys = [reader, AccessKey.ForKeys("writer", "a", "b", AccessScopes.All)] });
        await api.AddRuleAsync("Rule 0", "S");
        var publish = Publish(Keys, ("Publish", "true"), ("ApiUrl", api.Server.Url.ToString()));
        Assert.Equal(0, publish.ExitCode);
        Assert.Contains("warning SCORE0020: service:shop is not published: ", Assert.Single(publish.Lines, line => line.Contains("warning", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("answered 403", publish.Output, StringComparison.Ordinal);
        Assert.Single(publish.Lines, line => line.StartsWith("Shop.csproj: SCORE0022: the API lacks a rule, ", StringComparison.Ordinal));
    }

    [Fact]
    public void RequiredPublishOfAServiceThatWasNotEvaluatedIsAnError()
    {
        (ReportTests.Document("") with { NotEvaluated = "no analyzer ran" }).Write(folder["out/outcomes.json"]);
        var publish = Publish(Keys, ("Publish", "true"), ("PublishRequired", "true"));
        Assert.Equal(1, publish.ExitCode);
        Assert.Contains("error SCORE0020: service:shop is not published: no analyzer ran", Assert.Single(publish.Lines), StringComparison.Ordinal);
    }

    static async Task<TestApi> ApiAsync(params string[] rules)
    {
        var api = await TestApi.StartAsync();
        foreach (var rule in rules.Length > 0 ? rules : ["Rule 0", "Rule 1"])
            await api.AddRuleAsync(rule, "S");
        return api;
    }

    static int Writes(TestApi api) => api.Server.Requests.Requests.Count(request => request.Method == "POST" && request.Path.EndsWith("/outcomes", StringComparison.Ordinal));

    /// <summary>What a test does not give itself.</summary>
    (string, string)[] Parameters =>
    [
        ("ProjectFile", folder["Shop.csproj"]), ("RepositoryRoot", folder.Root), ("ReportFile", folder["out/outcomes.json"]), ("PublishedFile", folder["out/published"]),
        ("DefaultBranch", "main"), ("BuildKey", Key),
    ];

    TasksProgram Publish(IEnumerable<(string, string)> environment, params (string, string)[] parameters)
    {
        // Beside the folder that is published, so that what builds leave in the system's one is no matter to a test.
        Directory.CreateDirectory(folder["tmp"]);
        var publish = TasksProgram.Run(nameof(PublishScorecard), [("TMPDIR", folder["tmp"]), ("TMP", folder["tmp"]), .. environment],
            [.. Parameters.Where(parameter => parameters.All(given => given.Item1 != parameter.Item1)), .. parameters]);
        Assert.DoesNotContain("key-of-the-test", publish.Output, StringComparison.Ordinal);
        return publish;
    }
}
