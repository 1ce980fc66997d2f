using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class ScorecardConfigurationTests
{
    [Fact]
    public void CommentsAndTrailingCommasAreAllowed()
    {
        var (configuration, messages) = Load("""
            {
              // what counts
              "rules": { "SCORE2001": { "level": 2, "suppressed": "fail", "effectiveFrom": "2027-01-01", }, },
              "waivers": [{ "rule": "SCORE3001", "entity": "*", "reason": "none yet", "until": "2027-03-31" }],
            }
            """);
        Assert.Empty(messages);
        Assert.Equal(2, configuration.Rules["SCORE2001"].Level);
        Assert.Equal(OutcomeState.Fail, configuration.Rules["SCORE2001"].Suppressed);
        Assert.True(configuration.Rules["SCORE2001"].Enabled);
        Assert.Equal(new DateOnly(2027, 3, 31), configuration.Waivers[0].Until);
    }

    [Fact]
    public void MemberThatTheFileLacksKeepsItsDefault()
    {
        var (configuration, messages) = Load("""{ "teams": ["a"] }""");
        Assert.Empty(messages);
        Assert.Equal(["a"], configuration.Teams);
        Assert.Empty(configuration.Rules);
        Assert.Empty(configuration.Waivers);
        Assert.Empty(configuration.Entities);
        Assert.Empty(configuration.Wiring);
    }

    [Theory]
    [InlineData("{\n \"rulez\": {}\n}", 2)]
    [InlineData("{\n \"rules\": {\n  \"A\": { \"level\": \"high\" }\n }\n}", 3)]
    [InlineData("{\n \"rules\": {", 2)]
    [InlineData("{ \"rules\": { \"A\": { \"level\": 4 } } }", 0)]
    [InlineData("{\n \"waivers\": [\n  { \"rule\": \"A\" }\n ]\n}", 3)]
    public void InvalidFileIsOneMessageWithItsLineAndTheDefaultsHold(string text, int line)
    {
        var (configuration, messages) = Load(text);
        var message = Assert.Single(messages);
        Assert.Equal((BuildMessage.ConfigurationIsInvalid, line), (message.Code, message.Line));
        Assert.Same(ScorecardConfiguration.Default, configuration);
    }

    static (ScorecardConfiguration, List<BuildMessage>) Load(string text)
    {
        using var folder = new TemporaryFolder().With("scorecard.json", text);
        var messages = new List<BuildMessage>();
        return (ScorecardConfiguration.Load(folder["scorecard.json"], messages), messages);
    }
}
