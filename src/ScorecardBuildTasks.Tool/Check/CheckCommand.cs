using System.CommandLine;
using System.Text;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tool.Options;
using ScorecardBuildTasks.Tool.Output;

namespace ScorecardBuildTasks.Tool.Check;

/// <summary><c>scorecard check</c>: the outcomes of any solution or project, without a change to it.</summary>
static class CheckCommand
{
    public static Command Create(ToolContext context)
    {
        var path = new Argument<string>("PATH") { Description = "A solution, a project, or a folder that has one.", DefaultValueFactory = _ => "." };
        var configuration = new Option<string?>("--configuration", "-c") { Description = "The configuration to build.", HelpName = "NAME" };
        var properties = new Option<string[]>("--property", "-p") { Description = "A property for the build. May be given several times.", HelpName = "NAME=VALUE" };
        var output = new Option<string?>("--output") { Description = "Where to leave outcomes.json of each service and summary.md, for 'scorecard push'.", HelpName = "DIR" };
        var keep = new Option<string?>("--keep") { Description = "Where to keep what the build writes: the next check that names it builds only what has changed.", HelpName = "DIR" };
        var baseline = new Option<string?>("--write-baseline") { Description = "Where to write the rules that fail now or could not be evaluated; with ScorecardGate=new a build fails on any other.", HelpName = "FILE" };
        var format = new FormatOption();
        var command = new Command("check", "Builds a solution or project with the rules and prints the outcomes. Nothing is created or changed where it lies.") { path, configuration, properties, output, keep, baseline, format };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var build = CheckBuild.Prepare(context, CheckTarget.Find(context.FullPath(result.GetValue(path)!)), result.GetValue(keep) is { } folder ? context.FullPath(folder) : null);
            var succeeded = await build.RunAsync(result.GetValue(configuration), result.GetValue(properties) ?? [], cancellationToken);

            var documents = OutcomesDirectory.ReadEntities(build.Outcomes, context.Tell);
            await context.Output.WriteAsync(format.Of(result) switch
            {
                OutputFormat.Json => ToolJson.Write(documents),
                OutputFormat.Markdown => Report.Markdown(documents),
                _ => string.Concat(documents.Select(Text)),
            });
            WaivedEntities.Tell(Path.GetDirectoryName(build.Target)!, documents, context, succeeded && CheckTarget.IsWholeSolution(build.Target) ? build.Target : null);
            if (result.GetValue(output) is { } directory)
                build.CopyOutcomes(context.FullPath(directory));
            // What does not build has not said all that fails.
            if (succeeded && result.GetValue(baseline) is { } file)
                Baseline.Of(documents).Write(context.FullPath(file));
            if (!succeeded)
                throw new ToolException($"{build.Target} does not build (see above){(documents.All(document => document.NotEvaluated is not null) ? "" : "; the other services above were evaluated all the same")}");
            if (documents.Count == 0)
                await context.Error.WriteLineAsync($"scorecard: {build.Target} has no service project, so there is nothing to evaluate; <ScorecardProjectKind>service</ScorecardProjectKind> makes one");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The headline of the build's own report, and a line for every rule.</summary>
    static string Text(OutcomesDocument document)
    {
        var text = new StringBuilder(Report.Headline(document)).Append('\n');
        foreach (var outcome in document.Outcomes)
        {
            text.Append($"  {Report.Name(outcome.State),-13}  {outcome.Key} {outcome.Rule}");
            if (outcome.State != OutcomeState.Pass && outcome.Reason is { } reason)
                text.Append($": {reason}");
            text.Append('\n');
            foreach (var evidence in outcome.Evidence)
                text.Append($"                 {evidence.File}{(evidence.Line > 0 ? $":{evidence.Line}" : "")}: {evidence.Message}\n");
        }

        return text.ToString();
    }
}
