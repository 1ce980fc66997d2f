using System.CommandLine;

namespace ScorecardBuildTasks.Tool.Explain;

/// <summary><c>scorecard explain</c>: a rule's page, without a network.</summary>
static class ExplainCommand
{
    public static Command Create(ToolContext context)
    {
        var rule = new Argument<string>("RULE") { Description = "The id, such as SCORE2001, or the name, such as TracingIsWired; also the code of a build's message, such as SCORE0020." };
        var command = new Command("explain", "Prints the page of a rule: when it fails, when it passes, how to fix and how to suppress it.") { rule };
        command.SetAction(result =>
        {
            context.Output.Write(RulePage.Find(result.GetValue(rule)!).Text);
            return ExitCode.Done;
        });
        return command;
    }
}
