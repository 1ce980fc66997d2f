using System.Text;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class ErrorLogTests
{
    const int Block = 64 * 1024;

    static readonly string Fail = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation", "Logs", "fail.sarif"));

    [Fact]
    public void BlockMayEndAnywhere()
    {
        var whole = Describe(Read(Fail));
        for (var before = 0; before < Block; before += 61)
            Assert.Equal(whole, Describe(Read(new string(' ', before) + Fail)));
    }

    [Fact]
    public void TextLongerThanABlockIsRead()
    {
        var message = new string('x', 5 * Block);
        Assert.Equal(message, Assert.Single(Read(Log("CA2012", message)).FindingsOf("CA2012")).Message);
    }

    [Fact]
    public void FindingThatFeedsNoRuleIsPassedOver()
    {
        var log = Read(Log("CA2012", "{}[]\\\" in a text"), id => id == "CA1000");
        Assert.Empty(log.FindingsOf("CA2012"));
        Assert.Equal("Rule", log.Rules["CA2012"].Title);
    }

    [Theory]
    [InlineData("CA2012")]
    [InlineData("SCORE2001")]
    [InlineData("AD0001")]
    [InlineData("CS8785")]
    public void FindingThatMattersIsKept(string id) => Assert.Single(Read(Log(id, "text"), mapped => mapped == "CA2012").FindingsOf(id));

    /// <summary>A large log would otherwise be held once more in paths.</summary>
    [Fact]
    public void PathOfManyFindingsIsOneText()
    {
        var findings = string.Join(',', ((string[])["file:///repo/A.cs", "file:///repo/B.cs", "file:///repo/A.cs", "null", "file:///repo/B%20b.cs"]).Select(uri =>
            $$"""{ "ruleId": "CA2012", "message": { "text": "m" }, "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "{{uri}}" }, "region": { "startLine": 1, "startColumn": 1 } } } ] }""")
            .Append("""{ "ruleId": "CA2012", "message": { "text": "m" }, "locations": [ { "physicalLocation": { "artifactLocation": { "uri": null } } } ] }"""));
        var files = Read($$"""{ "version": "2.1.0", "runs": [ { "results": [{{findings}}] } ] }""").FindingsOf("CA2012").Select(finding => finding.File).ToList();
        Assert.Equal(["/repo/A.cs", "/repo/B.cs", "/repo/A.cs", "null", "/repo/B b.cs", null], files);
        Assert.Same(files[0], files[2]);
    }

    [Fact]
    public void RuleOfAScorecardIsFoundBehindItsFindings()
    {
        using var folder = new TemporaryFolder().With("log.sarif", Log("ACME1", "text", "ScorecardLevel2"));
        Assert.Single(ErrorLog.Read(folder["log.sarif"], _ => false).FindingsOf("ACME1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void MarkBeforeTheTextIsNone(string mark)
    {
        using var folder = new TemporaryFolder().With("log.sarif", mark + Fail);
        Assert.Equal(Describe(Read(Fail)), Describe(ErrorLog.Read(folder["log.sarif"])));
    }

    [Fact]
    public void LogCutOffSaysWhere()
    {
        using var folder = new TemporaryFolder().With("log.sarif", "{\n \"version\": \"2.1.0\",\n \"runs\": [");
        Assert.Contains("log.sarif(3,", Assert.Throws<InvalidDataException>(() => ErrorLog.Read(folder["log.sarif"])).Message, StringComparison.Ordinal);
    }

    static ErrorLog Read(string text, Func<string, bool>? isMapped = null) => ErrorLog.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), isMapped);

    static string Describe(ErrorLog log) =>
        string.Join('\n', [$"{log.Stamp}", .. log.FindingsOf(_ => true).Select(finding => $"{finding}"), .. log.Rules.Values.Select(rule => $"{rule with { Tags = [] }} {string.Join(' ', rule.Tags)}"), .. log.StandsAside.Select(aside => $"{aside}")]);

    static string Log(string id, string message, string tag = "Other") => $$"""
        { "version": "2.1.0", "runs": [ {
          "results": [ { "ruleId": "{{id}}", "message": { "text": "{{message}}" }, "properties": { "list": [ {} ] } } ],
          "tool": { "driver": { "rules": [ { "id": "{{id}}", "shortDescription": { "text": "Rule" }, "properties": { "category": "Design", "tags": [ "{{tag}}" ] } } ] } } } ] }
        """;
}
