using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;
using ScorecardBuildTasks.Tool;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>The page on CI says what the code does. With the environment variable <c>APPROVE=true</c> its table is written anew.</summary>
public sealed partial class CiPageTests
{
    const string Start = "<!-- providers -->\n";
    const string End = "<!-- /providers -->";

    [Fact]
    public void TableIsThatOfTheCode()
    {
        var table = new StringBuilder("| provider | detected by | commit | branch | tells pull requests | tells the default branch |\n|---|---|---|---|---|---|\n");
        foreach (var provider in CiRun.Providers)
            table.Append($"| {provider.Name} | {Code(provider.Variable)} | {Code(provider.Sha)} | {Code(provider.Branch)} | {provider.PullRequests} | {(provider.DefaultBranchFrom is { } from ? $"yes: {from}" : "no")} |\n");
        var text = File.ReadAllText(Page());
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("APPROVE") == "true")
            File.WriteAllText(Page(), text[..start] + table + text[end..]);
        else
            Assert.Equal(table.ToString(), text[start..end]);

        static string Code(string? variable) => variable is null ? "" : $"`{variable}`";
    }

    /// <summary>Every provider that is said to tell the default branch does, and no other.</summary>
    [Fact]
    public void ColumnOnTheDefaultBranchIsTrue()
    {
        using var folder = new TemporaryFolder().With("event.json", """{"repository":{"default_branch":"trunk"}}""").With("parameters", "teamcity.build.branch=trunk\nteamcity.build.branch.is_default=true\n");
        folder.With("properties", $"teamcity.configuration.properties.file={folder["parameters"]}\n");
        foreach (var provider in CiRun.Providers)
        {
            var run = CiRun.Detect(name =>
                CiRun.Providers.Any(other => other.Variable == name) ? name == provider.Variable ? "true" : null
                : name switch { "GITHUB_EVENT_PATH" => folder["event.json"], "TEAMCITY_BUILD_PROPERTIES_FILE" => folder["properties"], "BRANCH_IS_PRIMARY" => "true", _ => "trunk" });
            Assert.Equal((provider.Name, provider.TellsDefaultBranch ? "trunk" : null), (run.Provider, run.DefaultBranch));
        }
    }

    /// <summary>Given nothing but what detects it, and then its branch: who tells of pull requests does, and who does with the branch only does with it.</summary>
    [Fact]
    public void ColumnOnPullRequestsIsTrue()
    {
        foreach (var provider in CiRun.Providers)
        {
            Assert.Equal((provider.Name, provider.PullRequests == "yes"), (provider.Name, CiRun.Detect(name => name == provider.Variable ? "true" : null).TellsPullRequests));
            Assert.Equal((provider.Name, provider.PullRequests != "no"), (provider.Name, CiRun.Detect(name => name == provider.Variable ? "true" : name == provider.Branch ? "trunk" : null).TellsPullRequests));
        }
    }

    [Fact]
    public void ConditionsAreThoseOfTheCode()
    {
        var conditions = new PublishConditions(CiRun.None, null, null, new Entity("service:shop", ""), false, []).All().Select(condition => condition.What).ToArray();
        var page = Numbered().Matches(File.ReadAllText(Page())).Select(item => item.Groups["text"].Value).ToArray();
        Assert.Equal(conditions.Length, page.Length);
        Assert.All(conditions.Zip(page), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        // That there is a CI provider the README says in the sentence before.
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Page())!, "..", "README.md"));
        Assert.All(conditions[1..], condition => Assert.Contains(condition, readme, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(BuildMessage.PublishingFailed)]
    [InlineData(BuildMessage.KeyIsMissing)]
    [InlineData(BuildMessage.RuleIsMissing)]
    [InlineData(BuildMessage.KeyIsInTheBuild)]
    [InlineData(BuildMessage.RuleIsAmbiguous)]
    [InlineData(BuildMessage.LockFileIsInvalid)]
    [InlineData(BuildMessage.EnvironmentIsLogged)]
    [InlineData(BuildMessage.SiteIsNotSupported)]
    public void MessageOfAPublishIsOnThePage(string code) =>
        Assert.Contains($"[{code}](../src/ScorecardBuildTasks.Evaluation/Messages/{code}.md)", File.ReadAllText(Page()), StringComparison.Ordinal);

    [Fact]
    public void CommandsThatThePageShowsAreThoseOfTheTool()
    {
        var commands = CommandLine().Matches(File.ReadAllText(Page())).Select(match => match.Groups["arguments"].Value).ToArray();
        Assert.True(commands.Length >= 5, $"{commands.Length} commands");
        Assert.All(commands, command => Assert.Empty(ScorecardTool.CreateCommand(ToolContext.OfThisProcess).Parse(command).Errors));
    }

    static string Page([CallerFilePath] string test = "") => Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "..", "docs", "ci.md");

    [GeneratedRegex(@"^\d\. (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(?:.*tools/)?scorecard (?<arguments>.+)$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
