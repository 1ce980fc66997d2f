using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Log;

/// <summary>A suggestion that a user raised runs where suggestions are not reported.</summary>
public sealed class RaisedSeverityTests
{
    static readonly TestProject Project = TestProject.Service("System.Console.WriteLine();");

    static bool IsRaised(TestProject project) =>
        RaisedSeverity.Is(new SCORE4009NoBlockingOnAsync().Descriptor, project.Compiled(), project.AnalyzerOptions, CancellationToken.None);

    [Fact]
    public void SuggestionThatNobodyConfiguresIsNotRaised() => Assert.False(IsRaised(Project));

    [Theory]
    [InlineData("dotnet_diagnostic.SCORE4009.severity = warning")]
    [InlineData("dotnet_diagnostic.SCORE4009.severity = error")]
    [InlineData("dotnet_analyzer_diagnostic.severity = warning")]
    public void SuggestionThatAnEditorConfigRaisesIsRaised(string line) => Assert.True(IsRaised(Project with { EditorConfig = $"[*.cs]\n{line}\n" }));

    [Theory]
    [InlineData("dotnet_diagnostic.SCORE4009.severity = suggestion")]
    [InlineData("dotnet_diagnostic.SCORE4009.severity = none")]
    [InlineData("dotnet_diagnostic.SCORE4008.severity = error")]
    public void OtherSettingsDoNotRaiseIt(string line) => Assert.False(IsRaised(Project with { EditorConfig = $"[*.cs]\n{line}\n" }));
}
