using ScorecardBuildTasks.Tool.Explain;
using ScorecardBuildTasks.Tool.Rules;

namespace ScorecardBuildTasks.Tests.Tool;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("SCORE2001")]
    [InlineData("score2001")]
    [InlineData("TracingIsWired")]
    [InlineData("tracingiswired")]
    [InlineData("SCORE2001TracingIsWired")]
    [InlineData("the service is traced")]
    public async Task PageIsPrintedById(string rule)
    {
        using var folder = new ToolFolder();
        var page = (await folder.RunAsync("explain", rule)).Ends(0).Output;
        Assert.StartsWith("# SCORE2001 TracingIsWired\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## How to fix\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageOfABuildHasItsPageToo()
    {
        using var folder = new ToolFolder();
        Assert.StartsWith("# SCORE0020: ", (await folder.RunAsync("explain", "SCORE0020")).Ends(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SCORE2099", "SCORE2009 ")]
    [InlineData("TracingWired", "SCORE2001 TracingIsWired")]
    public async Task UnknownRuleNamesTheNearest(string rule, string nearest)
    {
        using var folder = new ToolFolder();
        var refusal = (await folder.RunAsync("explain", rule)).Refusal();
        Assert.Contains($"there is no rule '{rule}'", refusal, StringComparison.Ordinal);
        Assert.Contains(nearest, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryRuleOfTheCatalogueHasItsPage() =>
        Assert.All(Catalogue.Read(), rule => Assert.StartsWith($"# {rule.Id} ", RulePage.Find(rule.Title).Text, StringComparison.Ordinal));
}
