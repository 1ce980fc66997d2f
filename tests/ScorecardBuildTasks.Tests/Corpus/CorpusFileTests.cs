using Build;
using Build.Corpus;

namespace ScorecardBuildTasks.Tests.Corpus;

/// <summary>The files of <c>tests/corpus</c> and their edits.</summary>
public sealed class CorpusFileTests
{
    static readonly string Sound = TemporaryCorpus.Of("SCORE1001", "pass");

    /// <summary>Each is one line, and says where.</summary>
    [Theory]
    [InlineData("\"commit\"", "commit", 3, "invalid start of a property name")]
    [InlineData("\"pass\"", "\"passes\"", 10, "'expected' is one of pass, fail, notApplicable, undecided")]
    [InlineData("\"README.md:2\"", "\"README.md\"", 11, "evidence is path:line")]
    [InlineData("[\"README.md:2\"]", "[]", 13, "SCORE1001 has no evidence")]
    [InlineData("\"why\": \"Because.\", ", "", 13, "'why'")]
    [InlineData("\"why\"", "\"reason\"", 12, "'reason'")]
    [InlineData("\"SCORE1001\"", "\"CA1001\"", 13, "'CA1001' is not a rule")]
    [InlineData(", \"break\": { \"edits\": [ { \"delete\": \"README.md\" } ] }", "", 13, "SCORE1001 is expected to pass but has no 'break'")]
    [InlineData("\"pass\"", "\"fail\"", 13, "SCORE1001 is not expected to pass, so there is nothing to break")]
    [InlineData("{ \"delete\": \"README.md\" }", "{ \"path\": \"README.md\", \"find\": \"Shop\" }", 12, "an edit has 'path', 'find' and 'replace', or 'create' and 'text', or 'delete'")]
    [InlineData("\"acme/shop\"", "\"shop\"", 17, "'shop' is not owner/name")]
    [InlineData("\"0123456789abcdef0123456789abcdef01234567\"", "\"main\"", 17, "'main' is not a commit of forty hex digits")]
    public void WhatIsMalformedIsNamedWithItsLine(string find, string replace, int line, string said)
    {
        Assert.Contains(find, Sound, StringComparison.Ordinal);
        using var file = new TemporaryCorpus(Sound.Replace(find, replace, StringComparison.Ordinal));
        var message = Assert.Throws<CommandFailedException>(() => CorpusFile.Read(file.Path)).Message;
        Assert.StartsWith($"{file.Path}({line},", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void RuleThatIsExpectedTwiceIsNamed()
    {
        const string again = """{ "rule": "SCORE1001", "expected": "fail", "evidence": ["README.md:1"], "why": "Because." },""";
        using var file = new TemporaryCorpus(Sound.Replace("\"expectations\": [", $"\"expectations\": [{again}", StringComparison.Ordinal));
        Assert.Contains("src/Shop/Shop.csproj expects something of SCORE1001 twice", Assert.Throws<CommandFailedException>(() => CorpusFile.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFileOfTheCorpusIsSound()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "corpus"), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.NotEmpty(CorpusFile.Read(file).Services));
    }

    [Fact]
    public void EditKeepsTheLineEndsOfItsFile()
    {
        var folder = Directory.CreateTempSubdirectory("scorecard edit ").FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "one();\r\ntwo();\r\nthree();\r\n");
        new Edit(Path: "Program.cs", Find: "one();\ntwo();", Replace: "two();\none();").Apply(folder);
        Assert.Equal("two();\r\none();\r\nthree();\r\n", File.ReadAllText(Path.Combine(folder, "Program.cs")));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("();", "does not have '();' exactly once")]
    [InlineData("four();", "does not have 'four();' exactly once")]
    public void EditThatDoesNotFitIsNotGuessed(string find, string said)
    {
        var folder = Directory.CreateTempSubdirectory("scorecard edit ").FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "one();\ntwo();\n");
        Assert.Contains(said, Assert.Throws<CommandFailedException>(() => new Edit(Path: "Program.cs", Find: find, Replace: "").Apply(folder)).Message, StringComparison.Ordinal);
        Assert.Equal("one();\ntwo();\n", File.ReadAllText(Path.Combine(folder, "Program.cs")));
        Directory.Delete(folder, recursive: true);
    }
}
