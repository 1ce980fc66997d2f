using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Tests.Facts;

public sealed class AppSettingsTests
{
    [Theory]
    [InlineData("""{ "Logging": { "Console": { "FormatterName": "json" } } }""", "Logging:Console:FormatterName", "json")]
    [InlineData("""{ "logging": { "console": { "formattername": "json" } } }""", "Logging:Console:FormatterName", "json")]
    [InlineData("""{ "A": [ { "Name": "x" }, { "Name": "y" } ] }""", "A:1:Name", "y")]
    [InlineData("""{ "A": true, "B": -1.5e3 }""", "B", "-1.5e3")]
    [InlineData("""{ "A": true }""", "A", "true")]
    [InlineData("""{ "A": "say \"hi\"\n\u0041" }""", "A", "say \"hi\"\nA")]
    [InlineData("""
        {
          // a comment, with "quotes"
          "A": "http://x", /* another */
          "B": "2",
        }
        """, "B", "2")]
    [InlineData("""{ "A:B": "flat" }""", "A:B", "flat")]
    [InlineData("""{ "A": {}, "B": [], "C": "3" }""", "C", "3")]
    [InlineData("""{ "A": "1" }""", "B", null)]
    public void SettingIsFoundByItsPath(string json, string path, string? value) => Assert.Equal(value, AppSettings.Parse(json)[path]);

    /// <summary>The editor hands over what is being typed.</summary>
    [Fact]
    public void HalfOfAFileIsRead()
    {
        const string Json = """{ "A": "1", /* c */ "B": [ "2", { "C": "\u0041" } ], "D": 3 } // end""";
        for (var cut = 0; cut <= Json.Length; cut++)
            Assert.True(AppSettings.Parse(Json[..cut])["A"] is null or "1");
        Assert.Equal("3", AppSettings.Parse(Json)["D"]);
        Assert.Null(AppSettings.Parse(string.Concat(Enumerable.Repeat("[", 100_000)))["A"]);
    }
}
