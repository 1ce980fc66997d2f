using System.CommandLine;
using Build;

// The one build program: `dotnet run --project build <command>`. Each command is one file.
var command = new RootCommand("Builds, packs, shows and measures ScorecardBuildTasks.")
{
    PackCommand.Create(),
    DemoCommand.Create(),
    BenchCommand.Create(),
    ConformanceCommand.Create(),
    CorpusCommand.Create(),
};

try
{
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandFailedException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
