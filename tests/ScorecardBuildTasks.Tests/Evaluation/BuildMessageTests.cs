using System.Reflection;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>A code has a page, and none of our warnings breaks a build.</summary>
public sealed class BuildMessageTests
{
    /// <summary>Printed as messages: MSBuild never makes an error of them.</summary>
    static readonly string[] Messages = [BuildMessage.EntityIsGuessed, BuildMessage.SdkIsTooOld];

    /// <summary>What breaks a build because the user asked for it.</summary>
    static readonly string[] Errors = [BuildMessage.GateIsClosed];

    internal static readonly string Root = FindRoot();

    static readonly string[] AllCodes = [.. typeof(BuildMessage).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetValue(null)!)];

    public static TheoryData<string> Codes => [.. AllCodes];

    [Theory]
    [MemberData(nameof(Codes))]
    public void CodeHasAPage(string code) =>
        Assert.StartsWith($"# {code}: ", File.ReadAllText(Path.Combine(Root, "src", "ScorecardBuildTasks.Evaluation", "Messages", $"{code}.md")), StringComparison.Ordinal);

    [Fact]
    public void EveryWarningStaysOneUnderWarningsAsErrors()
    {
        var targets = File.ReadAllText(Path.Combine(Root, "nuget", "build", "ScorecardBuildTasks.Common.targets"));
        var listed = Regex.Match(targets, "<MSBuildWarningsNotAsErrors>(.*)</MSBuildWarningsNotAsErrors>", RegexOptions.CultureInvariant).Groups[1].Value.Split(';').Where(code => code.StartsWith("SCORE", StringComparison.Ordinal));
        Assert.Equal(AllCodes.Except(Messages).Except(Errors).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MessageIsWrittenAsMsBuildReadsIt()
    {
        Assert.Equal("/repo/scorecard.json(3,7): warning SCORE0011: text", new BuildMessage("SCORE0011", "text", "/repo/scorecard.json", 3, 7).ToString());
        Assert.Equal("scorecard: warning SCORE0020: text", new BuildMessage("SCORE0020", "text").ToString());
    }

    static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ScorecardBuildTasks.sln")))
                return folder;
        }

        throw new InvalidOperationException("ScorecardBuildTasks.sln was not found above the tests");
    }
}
