using System.CommandLine;
using ScorecardBuildTasks.Tool.Options;

namespace ScorecardBuildTasks.Tool.Rules;

/// <summary><c>scorecard rules apply</c>: makes the API's rules what they should be, and writes down their ids.</summary>
static class RulesApplyCommand
{
    public static Command Create(ToolContext context)
    {
        var configuration = new ConfigurationOption();
        var api = new ApiOption();
        var format = new FormatOption();
        var command = new Command("apply", "Creates the rules that are missing, updates those that differ, and writes their ids to scorecard.lock.json. Other rules are left alone.") { configuration, api, format };
        command.SetAction(async (result, cancellationToken) =>
        {
            var configurationFile = configuration.Find(result, context);
            var desired = DesiredRule.All(Catalogue.Read(), ConfigurationOption.Load(configurationFile, context));
            using var client = api.Connect(result, context);
            var plan = await RulePlan.MakeAsync(client, desired, cancellationToken);
            var lockFile = await plan.ApplyAsync(client, cancellationToken);
            var lockFilePath = ConfigurationOption.LockFileBeside(configurationFile, context);
            lockFile.Write(lockFilePath);

            await plan.WriteAsync(context, format.Of(result));
            await context.Error.WriteLineAsync($"{lockFilePath} has the ids of {lockFile.Rules.Count} rules; commit it");
            return ExitCode.Done;
        });
        return command;
    }
}
