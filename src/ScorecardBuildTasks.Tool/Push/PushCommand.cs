using System.CommandLine;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tool.Options;

namespace ScorecardBuildTasks.Tool.Push;

/// <summary><c>scorecard push</c>: sends the outcomes that builds left in a directory, from the one job that has the keys.</summary>
static partial class PushCommand
{
    /// <summary>A push is a job of its own and keeps no build waiting: a minute, and for each entity a second more.</summary>
    const int DefaultTimeout = 60;

    public static Command Create(ToolContext context)
    {
        var directory = new Argument<string>("DIR") { Description = "Every outcomes.json below it is sent; those of one entity are merged." };
        var lockFile = new LockFileOption();
        var allowed = new Option<string?>("--allow-entities") { Description = "A file of entity references, one a line, # for comments. Outcomes of any other entity are refused, and then nothing is sent.", HelpName = "FILE" };
        var timeout = new Option<int?>("--timeout") { Description = $"Seconds for everything. Default: {DefaultTimeout}, and one more for each entity.", HelpName = "SECONDS" };
        var verify = new Option<bool>("--verify") { Description = "Reads the outcomes back until the API says what was sent, and fails where the time is up before." };
        var commit = new Option<string?>("--commit") { Description = "The commit of outcomes that name none, such as those of a build in a container. Default: what the checkout in the current folder or the CI provider says.", HelpName = "SHA" };
        commit.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<string?>() is { } sha && !Commit().IsMatch(sha))
                option.AddError($"--commit '{sha}' is no commit; give all forty hex digits");
        });
        var api = new ApiOption();
        var command = new Command("push", "Sends the outcomes that builds left in a directory.") { directory, lockFile, allowed, commit, timeout, verify, api };
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = api.Read(result, context);
            if (Publisher.ConcernAbout(options) is { } concern)
                context.Error.WriteLine(concern);
            var documents = WithCommits(Read(context.FullPath(result.GetValue(directory)!), context), result.GetValue(commit), context, cancellationToken);
            if (result.GetValue(allowed) is { } file)
                AllowedEntities.Read(context.FullPath(file)).Check(documents);
            var time = TimeSpan.FromSeconds(result.GetValue(timeout) ?? DefaultTimeout + documents.Count);
            using var client = new ScorecardClient(options with { TotalTimeout = time });
            using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timed.CancelAfter(time);
            var publisher = new Publisher(client, lockFile.Read(result, context)) { Repository = context.Directory };
            try
            {
                var published = await publisher.PublishAsync(documents, timed.Token);
                cancellationToken.ThrowIfCancellationRequested();
                Report(documents, published, context);
                WaivedEntities.Tell(context.Directory, documents, context);
                if (published.IsLate)
                    throw Late();
                var isAsSent = !result.GetValue(verify) || await IsAsSentAsync();
                return published.IsComplete && isAsSent ? ExitCode.Done : ExitCode.CouldNot;

                async Task<bool> IsAsSentAsync()
                {
                    var different = await publisher.VerifyAsync(published, timed.Token);
                    cancellationToken.ThrowIfCancellationRequested();
                    return Report(different, context);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Late();
            }

            ToolException Late() => new($"{publisher.Late(options.ApiUrl.Host, $"{time.TotalSeconds:0} s")}; nothing is lost, push {result.GetValue(directory)} again, or give it more time with --timeout");
        });
        return command;
    }

    /// <exception cref="ToolException">There are none.</exception>
    public static IReadOnlyList<OutcomesDocument> Read(string directory, ToolContext context)
    {
        if (!Directory.Exists(directory))
            throw new ToolException($"{directory}: there is no such folder; name the one that ScorecardOutputDirectory named, artifacts/scorecard by default");
        return OutcomesDirectory.ReadEntities(directory, context.Tell) is { Count: > 0 } documents
            ? documents
            : throw new ToolException($"{directory}: there is no {OutcomesDirectory.OutcomesFileName} below it; build a service with ScorecardReport=true first");
    }

    /// <summary>Without a commit nothing tells which of two publishes is the newer one.</summary>
    static IReadOnlyList<OutcomesDocument> WithCommits(IReadOnlyList<OutcomesDocument> documents, string? commit, ToolContext context, CancellationToken cancellationToken)
    {
        if (documents.All(document => document.Revision.Sha is not null))
            return documents;
        var revision = ReadRevision.Of(context.Directory, CiRun.Detect(context.Environment), commit, cancellationToken);
        return [.. documents.Select(document => document.Revision.Sha is null ? document with { Revision = revision } : document)];
    }

    static bool Report(IReadOnlyList<string> different, ToolContext context)
    {
        foreach (var line in different)
            context.Tell(line);
        if (different.Count == 0)
            context.Output.WriteLine("read back: as sent");
        else
            context.Tell("the API stores what it has accepted in its own time: push again, or give it more with --timeout");
        return different.Count == 0;
    }

    static void Report(IReadOnlyList<OutcomesDocument> documents, Published published, ToolContext context)
    {
        foreach (var document in documents)
        {
            var entity = document.Entity.Reference;
            if (document.NotEvaluated is { } why)
            {
                context.Output.WriteLine($"{entity}: not evaluated, so not sent: {why}");
                continue;
            }

            if (document.Held is { } held)
            {
                context.Output.WriteLine($"{entity}: held back, so not sent: {held}");
                continue;
            }

            var evaluated = document.Outcomes.Count(outcome => outcome.State != Evaluation.OutcomeState.NotEvaluated);
            context.Output.WriteLine($"{entity}: {published.Describe(entity, evaluated)}");
            foreach (var outcome in document.Outcomes.Where(outcome => outcome.State == Evaluation.OutcomeState.NotEvaluated))
                context.Output.WriteLine($"{entity}: {outcome.Key} {outcome.Rule} not evaluated, so not sent: {outcome.Reason}");
        }

        foreach (var message in published.Messages)
            context.Error.WriteLine(message);
        if (published is { IsLate: false, Failure: { } failure })
            context.Error.WriteLine($"scorecard: {failure}");
    }

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}
