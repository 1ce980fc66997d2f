using System.CommandLine;
using System.CommandLine.Help;
using ScorecardBuildTasks.Tool.Changes;
using ScorecardBuildTasks.Tool.Check;
using ScorecardBuildTasks.Tool.Doctor;
using ScorecardBuildTasks.Tool.Explain;
using ScorecardBuildTasks.Tool.Outcomes;
using ScorecardBuildTasks.Tool.Push;
using ScorecardBuildTasks.Tool.Rules;
using ScorecardBuildTasks.Tool.Serve;

namespace ScorecardBuildTasks.Tool;

/// <summary>The tree of commands, and the one place where a failure becomes a line and an exit code.</summary>
static class ScorecardTool
{
    /// <summary>How long a command may take to leave things tidy after Ctrl+C or SIGTERM.</summary>
    static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolContext context, CancellationToken cancellationToken = default)
    {
        var result = CreateCommand(context).Parse(arguments);
        if (result.Errors is [var error, ..])
        {
            var what = result.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not understood" : error.Message.TrimEnd('.');
            return Fail($"{what}; '{PathOf(result.CommandResult.Command)} --help' shows what there is");
        }

        try
        {
            return await result.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = context.Output,
                    Error = context.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = StoppingTime,
                },
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Fail("stopped before it was done");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whoever runs a command can do something about a sentence, and nothing about a stack trace.
            return Fail(e.Message);
        }

        int Fail(string message)
        {
            context.Error.WriteLine($"scorecard: {message.ReplaceLineEndings(" ")}");
            return ExitCode.CouldNot;
        }
    }

    public static Command CreateCommand(ToolContext context) => new("scorecard", "Checks .NET services against their scorecards and speaks to the Scorecards API.")
    {
        CheckCommand.Create(context),
        DoctorCommand.Create(context),
        ExplainCommand.Create(context),
        PushCommand.Create(context),
        ReportCommand.Create(context),
        new Command("rules", "The rules in the API.")
        {
            RulesListCommand.Create(context),
            RulesPlanCommand.Create(context),
            RulesApplyCommand.Create(context),
        },
        new Command("outcomes", "The outcomes in the API.")
        {
            OutcomesListCommand.Create(context),
        },
        ServeCommand.Create(context),
        new HelpOption(),
        new VersionOption(),
    };

    static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
