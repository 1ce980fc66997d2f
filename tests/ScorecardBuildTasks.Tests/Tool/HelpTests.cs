using System.CommandLine;
using ScorecardBuildTasks.Tool;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary>What the commands say of themselves, and what they say of a command line that they do not understand.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. PathsOf(ScorecardTool.CreateCommand(ToolContext.OfThisProcess), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task HelpIsAsApproved(string command)
    {
        using var folder = new ToolFolder();
        var help = (await folder.RunAsync([.. command.Split(' ').Skip(1), "--help"])).Ends(0);
        Approved.Text(help.Output, $"Help/{command}");
    }

    [Fact]
    public void EveryApprovedHelpHasItsCommand() => Assert.Equal(Commands.Cast<object[]>().Select(row => (string)row[0]).Order(), Approved.Names("Help").Order());

    [Theory]
    [InlineData("'bogus'", "bogus")]
    [InlineData("--format is text, json or markdown, not 'xml'; 'scorecard outcomes list --help'", "outcomes", "list", "--format", "xml")]
    [InlineData("'scorecard rules --help'", "rules")]
    [InlineData("--nonsense", "push", "dir", "--nonsense")]
    public async Task CommandLineThatIsNotUnderstoodIsOneLine(string said, params string[] arguments)
    {
        using var folder = new ToolFolder();
        Assert.Contains(said, (await folder.RunAsync(arguments)).Refusal(), StringComparison.Ordinal);
    }

    static IEnumerable<string> PathsOf(Command command, string parent)
    {
        var path = $"{parent} {command.Name}".Trim();
        return command.Subcommands.SelectMany(child => PathsOf(child, path)).Prepend(path);
    }
}
