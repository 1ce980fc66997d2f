using System.Diagnostics;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary><c>serve</c> as a process, as scripts run it.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task AddressIsPrintedAndTheServerStopsWhenAsked()
    {
        using var folder = new ToolFolder();
        using var process = Start(folder, "serve", "--urls", "http://127.0.0.1:0", "--database", "Data Source=own.db");
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.Matches("^scorecard serves http://127\\.0\\.0\\.1:[1-9][0-9]*$", line);
        using (var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = new Uri(line!["scorecard serves ".Length..]), ApiKey = "any", ApplicationKey = "pair" }))
            await client.Rules.AddAsync(new RuleAttributes { Name = "Traced", ScorecardName = "Observability" });

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("any non-empty DD-API-KEY", said, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["own.db"]));
    }

    [Theory]
    [InlineData("loopback", "http://0.0.0.0:0", "Data Source=FOLDER/x.db")]
    [InlineData("neither 'Data Source=FILE'", "http://127.0.0.1:0", "nonsense=1")]
    [InlineData("'nonsense'", "nonsense", "Data Source=FOLDER/x.db")]
    public async Task ServerThatCannotStartIsOneLine(string said, string urls, string database)
    {
        using var folder = new ToolFolder();
        Assert.Contains(said, (await folder.RunAsync("serve", "--urls", urls, "--database", database.Replace("FOLDER", folder.Root, StringComparison.Ordinal))).Refusal(), StringComparison.Ordinal);
    }

    static Process Start(ToolFolder folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), .. arguments])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
