using System.Globalization;
using System.Net.Http;
using Microsoft.Build.Framework;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Publishes one service's outcomes. It reads the keys from the environment itself, so that no property, parameter or log ever holds them.</summary>
public sealed class PublishScorecard : ScorecardTask, ICancelableTask, IDisposable
{
    const int MaxTimeout = 3_600;

    readonly CancellationTokenSource cancellation = new();
    string? cause;
    bool isDue;
    ScorecardConfiguration? configuration;
    volatile bool isCancelled;

    /// <summary>The service's <c>outcomes.json</c>.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Holds the outcomes of all services of the repository; projects that name the same entity are published as one.</summary>
    public string OutputDirectory { get; set; } = "";

    /// <summary>Written when the outcomes are in the API.</summary>
    [Required]
    public string PublishedFile { get; set; } = "";

    /// <summary><c>auto</c>, or what MSBuild takes for true.</summary>
    public string Publish { get; set; } = "auto";

    /// <summary>The property <c>ScorecardPublishRequired</c>: whatever keeps a publish that is due from being complete is an error.</summary>
    public string PublishRequired { get; set; } = "";

    /// <summary>The property <c>ScorecardDefaultBranch</c>.</summary>
    public string DefaultBranch { get; set; } = "";

    /// <summary>The property <c>ScorecardApiUrl</c>; the environment decides where it is empty.</summary>
    public string ApiUrl { get; set; } = "";

    /// <summary>Seconds for all publishing of the build.</summary>
    public string Timeout { get; set; } = "10";

    /// <summary>A name that all nodes of this build know and no other build has.</summary>
    public string BuildKey { get; set; } = "";

    string UsedUp => $"the {Timeout} s for all publishing of the build were used up";

    /// <summary>The names of the keys that were given as properties.</summary>
    public ITaskItem[] KeyProperties { get; set; } = [];

    /// <summary>Read once, where it is first asked for; the evaluation has said what is wrong with it.</summary>
    ScorecardConfiguration Configuration => configuration ??= LoadConfiguration([]);

    /// <summary>The folder to push or to upload: that of all services where there is one, since the one warning of a build speaks for all of them.</summary>
    string Spool => Path.TrimEndingDirectorySeparator(Path.GetFullPath(OutputDirectory.Length > 0 ? OutputDirectory : Path.GetDirectoryName(Path.GetFullPath(ReportFile))!));

    /// <summary>As it can be pasted.</summary>
    string PushAll => $"scorecard push {(Spool.Contains(' ', StringComparison.Ordinal) ? $"\"{Spool}\"" : Spool)}";

    bool IsAuto => Publish.Equals("auto", StringComparison.OrdinalIgnoreCase);

    bool IsRequired => isDue && PublishRequired.Equals("true", StringComparison.OrdinalIgnoreCase);

    public void Cancel()
    {
        isCancelled = true;
        cancellation.Cancel();
    }

    public void Dispose() => cancellation.Dispose();

    protected override void Run()
    {
        try
        {
            RunUncancelled();
        }
        catch (OperationCanceledException) when (isCancelled)
        {
            Log.LogMessage(MessageImportance.High, "Scorecard outcomes not published: the build was cancelled. They lie in {0}", ReportFile);
        }
    }

    void RunUncancelled()
    {
        isDue = !IsAuto;
        var document = Merged(static _ => { });
        var conditions = IsAuto ? Conditions(document) : null;
        isDue = conditions?.AreDue ?? true;
        if (KeyProperties.Length > 0)
        {
            var (were, they) = KeyProperties.Length == 1 ? ("was given as a property, so it is", "the key, and give it as an environment variable") : ("were given as properties, so they are", "the keys, and give them as environment variables");
            Complain(new BuildMessage(BuildMessage.KeyIsInTheBuild, $"{string.Join(" and ", KeyProperties.Select(name => name.ItemSpec))} {were} in every binary log of this build: rotate {they}. Nothing is published"));
            return;
        }

        if ((document.NotEvaluated ?? document.Held) is { } why)
        {
            NotPublished(document, why);
            return;
        }

        ScorecardClientOptions options;
        try
        {
            options = ScorecardClientOptions.FromEnvironment(Environment.GetEnvironmentVariable);
            if (ApiUrl.Length > 0)
                options = options with { ApiUrl = new Uri(ApiUrl, UriKind.Absolute) };
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            Failed(document, ApiUrl.Length > 0 ? $"ScorecardApiUrl '{ApiUrl}': {e.Message}" : e.Message);
            return;
        }

        if (conditions is not null && (conditions with { MissingCredentials = options.MissingCredentials }).FirstUnmet() is { } unmet)
        {
            NotPublished(document, unmet.Fact, unmet.Code);
            return;
        }

        if (conditions is null && options.MissingCredentials is { Count: > 0 } missing)
        {
            Complain(new BuildMessage(BuildMessage.KeyIsMissing, $"{document.Entity.Reference} is not published: set the environment variable{(missing.Count == 1 ? "" : "s")} {string.Join(" and ", missing)}, or run '{PushAll}' where they are set: what all services left lies there"));
            return;
        }

        if (!double.TryParse(Timeout, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is <= 0 or > MaxTimeout)
        {
            Failed(document, $"ScorecardTimeout '{Timeout}' is no number of seconds");
            return;
        }

        try
        {
            PublishInTurn(document, options, TimeSpan.FromSeconds(seconds));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(document, $"a file that publishing needs cannot be written: {e.Message}");
        }
    }

    void PublishInTurn(OutcomesDocument document, ScorecardClientOptions options, TimeSpan whole)
    {
        using var turn = PublishingTurn.Take(BuildKey, whole, cancellation.Token);
        if (turn is null)
        {
            Failed(document, UsedUp);
            return;
        }

        if (turn.Failure is { } failure)
        {
            NotPublished(document, $"it is not tried after what failed before: {failure}. The outcomes lie in {ReportFile}");
            return;
        }

        if (turn.IsFirst && Publisher.ConcernAbout(options) is { } concern)
            Warn(concern);
        var lockFile = LockFile.Find(ConfigurationFile, Root, Configuration.Files);
        // Read anew, because another project of the same entity may have had its turn meanwhile: whoever is last sends all of them.
        var unreadable = new List<string>();
        document = Merged(unreadable.Add);
        var isSent = Send(document, lockFile, options with { TotalTimeout = turn.Left, Trace = line => Log.LogMessage(MessageImportance.Low, "{0}", line) }, turn, turn.Left < whole ? $"what was left of {Timeout} s" : $"{Timeout} s");
        turn.Failure = cause;
        if (unreadable.Count == 0)
            return;
        var leftOut = new BuildMessage(BuildMessage.OutcomesAreUnreadable, string.Join("; ", unreadable));
        if (!isSent)
            Tell(leftOut);
        else if (PublishingTurn.IsFirstToSay(leftOut.Code, BuildKey))
            Warn(leftOut);
    }

    /// <param name="unreadable">Told of each file of another project that cannot be read.</param>
    OutcomesDocument Merged(Action<string> unreadable) =>
        OutcomesDocument.Read(ReportFile) is var own && OutputDirectory.Length > 0 ? OutcomesDirectory.MergedWithOthers(own, OutputDirectory, unreadable) : own;

    /// <summary>Whether it did what there was to do. Where it did not it has warned: one publish is one warning, and the failure is the one to mend first.</summary>
    /// <param name="within">The time that there is, as it is said.</param>
    bool Send(OutcomesDocument document, string? lockFilePath, ScorecardClientOptions options, PublishingTurn turn, string within)
    {
        LockFile? lockFile;
        try
        {
            lockFile = lockFilePath is null ? null : LockFile.Read(lockFilePath);
        }
        catch (InvalidDataException e)
        {
            Complain(new BuildMessage(BuildMessage.LockFileIsInvalid, $"{document.Entity.Reference} is not published: {e.Message}"));
            return false;
        }

        Publisher? publisher = null;
        cancellation.CancelAfter(turn.Left);
        try
        {
            using var client = new ScorecardClient(options, HttpClientOfTheNode());
            publisher = new Publisher(client, lockFile, turn.Rules?.ApiUrl == options.ApiUrl ? turn.Rules.Rules : null) { Repository = Root };
            var published = publisher.PublishAsync([document], cancellation.Token).GetAwaiter().GetResult();
            if (published.IsLate && isCancelled)
                throw new OperationCanceledException(cancellation.Token);
            if (lockFile is null && published.Rules is { } rules)
                turn.Rules = new RuleListing(options.ApiUrl, rules);
            var failure = published.IsLate ? TooLate() : published.Failure;
            foreach (var message in published.Messages)
            {
                if (failure is not null)
                    Tell(message);
                else if (message.Code == BuildMessage.RuleIsMissing)
                    Complain(message);
                else
                    WarnOnce(message);
            }

            if (failure is not null)
                Failed(document, failure);
            Log.LogMessage(MessageImportance.High, "Scorecard {0}: {1} ({2})", document.Entity.Reference, published.Describe(null, published.Evaluated), options.ApiUrl.Host);
            if (published.IsComplete)
                File.WriteAllText(PublishedFile, "");
            return failure is null;
        }
        catch (Exception e) when (!isCancelled && e is OperationCanceledException or ScorecardApiException { InnerException: OperationCanceledException })
        {
            Failed(document, TooLate());
            return false;
        }
        catch (Exception e) when (e is ScorecardApiException or HttpRequestException or ArgumentException)
        {
            Failed(document, e.Message);
            return false;
        }

        string TooLate() => turn.Left <= TimeSpan.Zero || publisher is null ? UsedUp : publisher.Late(options.ApiUrl.Host, within);
    }

    /// <summary>The services that a node publishes share their connections; MSBuild disposes of them after the build. Null where the task runs outside MSBuild, once and alone.</summary>
    HttpClient? HttpClientOfTheNode()
    {
        if (BuildEngine is not IBuildEngine4 engine)
            return null;
        // The type and not a name: a project with another version of the package has another one, which must not meet the handlers of this.
        var key = typeof(ScorecardClient);
        if (engine.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is HttpClient there)
            return there;
        var http = new HttpClient(ScorecardClient.CreateHandler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        engine.RegisterTaskObject(key, http, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return http;
    }

    void Failed(OutcomesDocument document, string why)
    {
        cause = why.TrimEnd('.');
        Complain(new BuildMessage(
            BuildMessage.PublishingFailed,
            $"{document.Entity.Reference} is not published: {cause}. The outcomes lie in {Spool}; the next build sends them, or '{PushAll}'. A runner that is thrown away must upload that folder first"));
    }

    /// <summary>What <c>ScorecardPublish=auto</c> goes by; the keys come later.</summary>
    PublishConditions Conditions(OutcomesDocument document)
    {
        var ci = CiRun.Detect(Environment.GetEnvironmentVariable);
        var defaultBranch = ReadRevision.DefaultBranch(DefaultBranch, Configuration, ci, Root, cancellation.Token);
        return new PublishConditions(ci, ci.BranchOr(document.Revision.Branch), defaultBranch, document.Entity, Configuration.PublishGuessedEntities, []) { CheckedOut = ReadRevision.Of(Root, CiRun.None, cancellationToken: cancellation.Token).Sha };
    }

    /// <summary>What keeps outcomes from being published is a line, but where they are due an error if the user requires it.</summary>
    void NotPublished(OutcomesDocument document, string why, string code = BuildMessage.PublishingFailed)
    {
        if (IsRequired)
            Complain(new BuildMessage(code, $"{document.Entity.Reference} is not published: {why}"));
        else
            Log.LogMessage(MessageImportance.High, "Scorecard {0} not published: {1}", document.Entity.Reference, why);
    }

    /// <summary>A publish that is due and fails is a warning, unless the user requires it.</summary>
    protected override void Complain(BuildMessage message)
    {
        if (IsRequired)
            Log.LogError(null, message.Code, null, ProjectFile, 0, 0, 0, 0, "{0}", message.Text);
        else
            WarnOnce(message);
    }

    /// <summary>What keeps one service from being published mostly keeps all of them: the first of a build warns of it, and for the others it is a line.</summary>
    void WarnOnce(BuildMessage message)
    {
        if (PublishingTurn.IsFirstToSay(message.Code, BuildKey))
            Warn(message);
        else
            Tell(message);
    }

    void Tell(BuildMessage message) => Log.LogMessage(MessageImportance.High, "{0}: {1}: {2}", Path.GetFileName(ProjectFile), message.Code, message.Text);
}
