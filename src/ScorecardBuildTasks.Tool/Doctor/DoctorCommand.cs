using System.CommandLine;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tool.Check;

namespace ScorecardBuildTasks.Tool.Doctor;

/// <summary><c>scorecard doctor</c>: where the way from a project to its scorecard is broken.</summary>
static class DoctorCommand
{
    public static Command Create(ToolContext context)
    {
        var path = new Argument<string>("PROJECT") { Description = "The service's project, or a folder that has one.", DefaultValueFactory = _ => "." };
        var configuration = new Option<string?>("--configuration", "-c") { Description = "The configuration that was built.", HelpName = "NAME" };
        var command = new Command("doctor", "Looks at every link from a project to its scorecard, and names the first thing to fix. Builds nothing, and sends nothing. Exit code 1 where a link is broken.") { path, configuration };
        command.SetAction(async (result, cancellationToken) =>
        {
            var chain = new Chain(context.Output);
            var file = CheckTarget.Find(context.FullPath(result.GetValue(path)!));
            var named = result.GetValue(configuration);
            var project = await EvaluatedProject.ReadAsync(context, file, named, null, cancellationToken);
            var links = new ProjectLinks(chain, context, named);

            var package = links.PackageIsLoaded(project);
            var evaluated = await links.IsEvaluatedAsync(project, package, cancellationToken);
            if (package)
                await PublishedAsync(project, links, chain, context, evaluated, cancellationToken);
            chain.End();
            return chain.Holds ? ExitCode.Done : ExitCode.Drift;
        });
        return command;
    }

    static async Task PublishedAsync(EvaluatedProject project, ProjectLinks links, Chain chain, ToolContext context, bool evaluated, CancellationToken cancellationToken)
    {
        var messages = new List<BuildMessage>();
        var scorecard = project.Configuration(messages);
        foreach (var message in messages)
            chain.No("scorecard.json can be read", message.ToString());
        var entity = links.Entity(project, scorecard);
        var document = links.Outcomes(project, entity, evaluated);
        Conditions(project, scorecard, entity, document, chain, context);
        await new ApiLinks(chain, context) { Repository = project.Root }.ExamineAsync(project["ScorecardApiUrl"], LockFile.Find(project["ScorecardConfigFile"], project.Root, scorecard.Files), document, cancellationToken);
    }

    static void Conditions(EvaluatedProject project, ScorecardConfiguration scorecard, Entity entity, OutcomesDocument? document, Chain chain, ToolContext context)
    {
        if (project["ScorecardReport"].ToLowerInvariant() is not ("auto" or "true") and var report)
            chain.No("reporting is on", $"ScorecardReport={report}; auto reports in CI");
        var publish = project["ScorecardPublish"].ToLowerInvariant();
        if (publish != "auto")
        {
            chain.Add(publish == "true" ? Answer.Ok : Answer.No, "publishing is on", publish == "true" ? "ScorecardPublish=true, so the keys are the one condition" : $"ScorecardPublish={publish}; auto publishes from the default branch");
            return;
        }

        var ci = CiRun.Detect(context.Environment);
        var branch = ci.BranchOr(document?.Revision.Branch);
        var missing = new ScorecardClientOptions { ApiKey = Key("DD_API_KEY", "DATADOG_API_KEY"), ApplicationKey = Key("DD_APP_KEY", "DATADOG_APP_KEY") }.MissingCredentials;
        var conditions = new PublishConditions(ci, branch, ReadRevision.DefaultBranch(project["ScorecardDefaultBranch"], scorecard, ci, project.Root), entity, scorecard.PublishGuessedEntities, missing) { CheckedOut = ReadRevision.Of(project.Root, CiRun.None).Sha };
        foreach (var condition in conditions.All())
            chain.Add(condition.Holds switch { true => Answer.Ok, false => Answer.No, null => Answer.Unknown }, condition.What, condition.Fact);

        string? Key(string name, string older) => context.Environment(name) is { Length: > 0 } value ? value : context.Environment(older);
    }
}
