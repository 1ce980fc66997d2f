using System.CommandLine;
using ScorecardBuildTasks.Server;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Limits;

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
        var keys = new Option<string?>("--keys")
        {
            Description = "A file with the credentials to accept, one a line: NAME:API_KEY:APPLICATION_KEY:SCOPES or NAME:TOKEN:SCOPES; SCOPES is read, write or the API's own joined with '+'.",
            HelpName = "FILE",
        };
        var faults = new Option<string?>("--faults")
        {
            Description = "Answers now and then with a fault, for tests and demos: 429:0.2,500:0.1,slow:0.1,drop:0.1.",
            HelpName = "PLAN",
        };
        var command = new Command("serve", "Runs the Scorecards API until Ctrl+C. The first line of the result is 'scorecard serves URL'.") { urls, database, keys, faults };
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = new ScorecardServerOptions
            {
                Urls = result.GetValue(urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Database = result.GetValue(database)!,
                Keys = result.GetValue(keys) is { } file ? ReadKeys(context.FullPath(file)) : [],
                Faults = result.GetValue(faults) is { } plan ? FaultPlan.Parse(plan) : null,
                OtlpEndpoint = context.Environment("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } endpoint ? new Uri(endpoint, UriKind.Absolute) : null,
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
    /// <summary>The credentials of a file; what is wrong is told by its line, never by its content.</summary>
    static List<AccessKey> ReadKeys(string file)
    {
        if (!File.Exists(file))
            throw new ToolException($"{file}: there is no such file; --keys takes one credential a line");
        var keys = new List<AccessKey>();
        foreach (var (number, line) in File.ReadLines(file).Select((line, index) => (index + 1, line.Trim())))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            try
            {
                keys.AddRange(AccessKey.ParseList(line));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new ToolException($"{file}({number}): {e.Message}", e);
            }
        }

        return keys.Count > 0 ? keys : throw new ToolException($"{file}: the file holds no credential; without --keys any pair of keys is accepted on the loopback interface");
    }
}
