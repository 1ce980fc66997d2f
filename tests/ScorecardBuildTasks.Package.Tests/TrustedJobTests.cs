using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Server;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>The first road of the page on CI: legs of a matrix leave outcomes, and one job that has the tool and the keys pushes them. By the page's own commands.</summary>
public sealed partial class TrustedJobTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("scorecard-job-").FullName;

    [Fact]
    public async Task OutcomesOfAMatrixArePushedByTheCommandsOfThePage()
    {
        var page = File.ReadAllText(Path.Combine(Package.RepositoryRoot, "docs", "ci.md")).ReplaceLineEndings("\n");
        var commands = YamlBlock().Matches(page).SelectMany(block => Step().Matches(block.Value)).Select(step => step.Groups["command"].Value).ToArray();
        var (github, gitlab) = (commands[0], commands[3]);
        Assert.Equal([github, .. commands[1..3], gitlab, .. commands[1..3]], commands);
        Assert.StartsWith("dotnet build ", github, StringComparison.Ordinal);
        Assert.StartsWith("dotnet build ", gitlab, StringComparison.Ordinal);

        using var repository = new ServiceRepository();
        repository.Write("Shop.slnx", """<Solution><Project Path="src/Checkout/Checkout.csproj" /></Solution>""").Write("entities.txt", "service:checkout\n");
        repository.With("GITHUB_ACTIONS", "true");
        Run(github);
        var downloaded = Path.Combine(repository.Root, "downloaded");
        Directory.CreateDirectory(downloaded);
        Directory.Move(repository.Output, Path.Combine(downloaded, "scorecard-ubuntu-latest"));
        repository.Write("src/Checkout/Program.cs", ServiceRepository.Untraced);
        Run(gitlab);

        await using var server = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = $"Data Source={Path.Combine(folder, "scorecard.db")}" });
        await server.StartAsync();
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "reader", ApplicationKey = "reader" });
        var evaluated = OutcomesDocument.Read(Directory.GetFiles(downloaded, "outcomes.json", SearchOption.AllDirectories)[0]).Outcomes;
        foreach (var outcome in evaluated)
            await client.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true });

        // Of the tool that was built with these tests, from a feed that has nothing else.
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        var pack = Command.Run(Package.RepositoryRoot, null, "dotnet", "pack", "src/ScorecardBuildTasks.Tool", "-c", configuration, "-o", folder, "--no-build", "-v:quiet", "-nologo");
        Assert.True(pack.ExitCode == 0, pack.Output);
        repository.Write("nuget.config", $"""<configuration><packageSources><clear /><add key="feed" value="{folder}" /></packageSources></configuration>""");
        repository.With("DD_API_KEY", "api").With("DD_APP_KEY", "app").With("SCORECARD_API_URL", server.Url.ToString());
        Run(commands[1]);
        Assert.Contains("read back: as sent", Run(commands[2]).Output, StringComparison.Ordinal);

        var published = await client.Outcomes.ListAsync(new OutcomeFilter { ServiceName = "checkout", IncludeRule = true }).ToListAsync();
        Assert.Equal("fail", published.Single(outcome => outcome.Rule!.Name == evaluated.Single(outcome => outcome.Key == "SCORE2001").Rule).Attributes.State?.Value);
        Assert.Contains(published, outcome => outcome.Attributes.State?.Value == "pass");

        Command Run(string line)
        {
            string[] words = [.. line.Split(' ').Select(word => word.Replace("$CI_PROJECT_DIR", repository.Root, StringComparison.Ordinal).Replace("$LEG", "amd64", StringComparison.Ordinal))];
            var command = Command.Run(repository.Root, repository.Environment, words[0].StartsWith("tools/", StringComparison.Ordinal) ? Path.Combine(repository.Root, words[0]) : words[0], words[1..]);
            Assert.True(command.ExitCode == 0, $"{line}\n{command.Output}");
            return command;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex("^```yaml\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("^ +- (?:run: )?(?<command>(?:dotnet|tools/scorecard) .+)$", RegexOptions.Multiline)]
    private static partial Regex Step();
}
