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

    [Fact]
    public async Task KeysOfAFileAreTheOnlyOnesAccepted()
    {
        using var folder = new ToolFolder();
        File.WriteAllText(folder["keys"], "# who may\nci:the-api-key:the-application-key:write\n");
        using var process = Start(folder, "serve", "--urls", "http://127.0.0.1:0", "--database", "Data Source=own.db", "--keys", "keys");
        var address = new Uri((await process.StandardOutput.ReadLineAsync())!["scorecard serves ".Length..]);
        using var known = new ScorecardClient(new ScorecardClientOptions { ApiUrl = address, ApiKey = "the-api-key", ApplicationKey = "the-application-key" });
        Assert.Empty(await known.Rules.ListAsync().ToListAsync());
        using var unknown = new ScorecardClient(new ScorecardClientOptions { ApiUrl = address, ApiKey = "the-api-key", ApplicationKey = "another" });
        var refused = await Assert.ThrowsAsync<ScorecardApiException>(async () => await unknown.Rules.ListAsync().ToListAsync());
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.Status);
        process.Kill();
    }

    [Fact]
    public async Task FaultsAreAnsweredAsPlanned()
    {
        using var folder = new ToolFolder();
        using var process = Start(folder, "serve", "--urls", "http://127.0.0.1:0", "--database", "Data Source=own.db", "--faults", "418:1");
        var address = new Uri((await process.StandardOutput.ReadLineAsync())!["scorecard serves ".Length..]);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/v2/scorecard/rules")) { Headers = { { "DD-API-KEY", "any" }, { "DD-APPLICATION-KEY", "pair" } } };
        Assert.Equal(418, (int)(await http.SendAsync(request)).StatusCode);
        process.Kill();
    }

    [Theory]
    [InlineData("--keys", "missing", "there is no such file")]
    [InlineData("--keys", "keys", "keys(2): Key 1 is not of the form")]
    [InlineData("--faults", "sometimes", "sometimes")]
    public async Task WrongOptionIsOneLine(string option, string value, string said)
    {
        using var folder = new ToolFolder();
        File.WriteAllText(folder["keys"], "# who may\nsecret-without-form\n");
        var refusal = (await folder.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--database", "Data Source=own.db", option, value)).Refusal();
        Assert.Contains(said, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-without-form", refusal, StringComparison.Ordinal);
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
