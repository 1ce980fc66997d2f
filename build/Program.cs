using System.CommandLine;
using Build;

// The one build program: `dotnet run --project build <command>`. Each command is one file.
return await new RootCommand("Builds, packs, shows and measures ScorecardBuildTasks.")
{
    PackCommand.Create(),
}.Parse(args).InvokeAsync();
