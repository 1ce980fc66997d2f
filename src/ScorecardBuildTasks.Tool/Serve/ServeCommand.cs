using System.CommandLine;
using ScorecardBuildTasks.Server;

namespace ScorecardBuildTasks.Tool.Serve;

/// <summary><c>scorecard serve</c>: the API on this machine.</summary>
static class ServeCommand
{
    const string Listening = "Listening on ";

    static readonly ScorecardServerOptions Defaults = new();

    public static Command Create(ToolContext context)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, several separated by ';'. Port 0 takes a free one.",
            HelpName = "URLS",
            DefaultValueFactory = _ => string.Join(';', Defaults.Urls),
        };
        var database = new Option<string>("--database")
        {
            Description = "'Data Source=FILE' for SQLite, or a PostgreSQL connection string.",
            HelpName = "CONNECTION",
            DefaultValueFactory = _ => Defaults.Database,
        };
        var command = new Command("serve", "Runs the Scorecards API until Ctrl+C. The first line of the result is 'scorecard serves URL'.") { urls, database };
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = new ScorecardServerOptions
            {
                Urls = result.GetValue(urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Database = result.GetValue(database)!,
                Log = Say,
            };
            await using var server = ScorecardServer.Create(options);
            await server.RunAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;

        // The server says where it listens when it does, and only then is the port known.
        void Say(string line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
                context.Output.WriteLine($"scorecard serves {line[Listening.Length..]}");
            else
                context.Error.WriteLine(line);
        }
    }
}
