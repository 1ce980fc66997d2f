using System.CommandLine;
using ScorecardBuildTasks.Tool.Options;

namespace ScorecardBuildTasks.Tool.Rules;

/// <summary><c>scorecard rules plan</c>: what <c>rules apply</c> would do.</summary>
static class RulesPlanCommand
{
    public static Command Create(ToolContext context)
    {
        var configuration = new ConfigurationOption();
        var api = new ApiOption();
        var format = new FormatOption();
        var command = new Command("plan", "Shows what 'rules apply' would do. Exit code 1 where it would do anything.") { configuration, api, format };
        command.SetAction(async (result, cancellationToken) =>
        {
            var desired = DesiredRule.All(Catalogue.Read(), ConfigurationOption.Load(configuration.Find(result, context), context));
            using var client = api.Connect(result, context);
            var plan = await RulePlan.MakeAsync(client, desired, cancellationToken);
            await plan.WriteAsync(context, format.Of(result));
            return plan.HasDrift ? ExitCode.Drift : ExitCode.Done;
        });
        return command;
    }

    /// <summary>The plan as result, its warnings as talk.</summary>
    public static async Task WriteAsync(this RulePlan plan, ToolContext context, OutputFormat format)
    {
        foreach (var warning in plan.Warnings)
            await context.Error.WriteLineAsync($"scorecard: {warning}");
        await context.Output.WriteAsync(format switch
        {
            OutputFormat.Json => plan.Json(),
            OutputFormat.Markdown => plan.Markdown(),
            _ => plan.Text(),
        });
    }
}
