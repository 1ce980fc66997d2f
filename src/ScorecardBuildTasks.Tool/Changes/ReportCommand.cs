using System.CommandLine;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tool.Options;
using ScorecardBuildTasks.Tool.Output;
using ScorecardBuildTasks.Tool.Push;

namespace ScorecardBuildTasks.Tool.Changes;

/// <summary><c>scorecard report</c>: what builds left in a directory, or what of it is not as it was before.</summary>
static class ReportCommand
{
    public static Command Create(ToolContext context)
    {
        var directory = new Argument<string>("DIR") { Description = "Every outcomes.json below it is reported; those of one entity are merged." };
        var baseline = new Option<string?>("--baseline") { Description = "Only what is not as it was there: a folder of outcomes, an outcomes.json, or the scorecard.baseline.json that 'check --write-baseline' writes.", HelpName = "PATH" };
        var compare = new Option<bool>("--api") { Description = "Only what is not as the API has it now." };
        var lockFile = new LockFileOption();
        var api = new ApiOption();
        var format = new FormatOption();
        var command = new Command("report", "Reports the outcomes that builds left in a directory; with --baseline or --api only what a change makes fail or pass.") { directory, baseline, compare, lockFile, api, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(baseline) is not null && result.GetValue(compare))
                result.AddError("--baseline and --api cannot both be what is compared with");
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            var documents = PushCommand.Read(context.FullPath(result.GetValue(directory)!), context);
            var before = result.GetValue(baseline) is { } path ? Before.Read(context.FullPath(path), context) : result.GetValue(compare) ? await ReadAsync() : null;
            await context.Output.WriteAsync(before is null ? Whole(documents, format.Of(result)) : Changed([.. documents.Select(document => EntityChanges.Of(document, before))], before, format.Of(result)));
            WaivedEntities.Tell(context.Directory, documents, context);
            return ExitCode.Done;

            async Task<Before> ReadAsync()
            {
                var options = api.Read(result, context);
                using var client = new ScorecardClient(options);
                return await Before.ReadAsync(new Publisher(client, lockFile.Read(result, context)), options.ApiUrl.Host, documents, cancellationToken);
            }
        });
        return command;
    }

    static string Whole(IReadOnlyList<OutcomesDocument> documents, OutputFormat format) => format switch
    {
        OutputFormat.Json => ToolJson.Write(documents),
        OutputFormat.Markdown => Report.Markdown(documents),
        _ => string.Concat(documents.Select(document => Report.Text(document) + "\n")),
    };

    static string Changed(IReadOnlyList<EntityChanges> entities, Before before, OutputFormat format) => format switch
    {
        OutputFormat.Json => EntityChanges.Json(entities, before),
        OutputFormat.Markdown => Comment.Of(entities, before),
        _ => EntityChanges.Text(entities, before),
    };
}
