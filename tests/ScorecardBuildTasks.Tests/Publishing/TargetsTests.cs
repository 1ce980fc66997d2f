using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Evaluation;
using ScorecardBuildTasks.Tests.Facts;
using Entity = ScorecardBuildTasks.Evaluation.Entity;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>The targets that report and publish, in a project that has nothing else.</summary>
public sealed class TargetsTests
{
    static readonly string[] Values = ["true", "True", "1", "https://ci.example", "false", "False", "FALSE", "0", ""];

    /// <summary>There are two tables of CI providers: the build goes by the properties, whoever publishes by the variables.</summary>
    [Fact]
    public void BuildAndTasksTakeTheSameVariablesForCi()
    {
        var cases = CiRun.Providers.SelectMany(provider => Values, (provider, value) => (provider.Variable, Value: value)).ToArray();
        using var folder = new TemporaryFolder().With("Ask.csproj", $"""
            <Project>
              <Import Project="{AppContext.BaseDirectory}package/build/ScorecardBuildTasks.Common.targets" Condition="'$(Case)' != ''" />
              <ItemGroup>
            {string.Join('\n', cases.Select((one, index) => $"    <Case Include=\"{index}\" Variable=\"{one.Variable}\" Value=\"{one.Value}\" />"))}
              </ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="$(MSBuildProjectFullPath)" Targets="Tell" Properties="Case=%(Case.Identity);%(Case.Variable)=%(Case.Value)" />
              </Target>
              <Target Name="Tell">
                <Message Importance="high" Text="case $(Case) $(_ScorecardInCI)" />
              </Target>
            </Project>
            """);
        var ask = TasksProgram.DotNet(folder.Root, [], "msbuild", "Ask.csproj", "-nologo", "-tl:off");
        Assert.Equal(
            cases.Select((one, index) => (one, (string?)$"case {index} {(CiRun.Detect(name => name == one.Variable ? one.Value : null).Provider is null ? "" : "true")}".TrimEnd())),
            cases.Select((one, index) => (one, ask.Lines.SingleOrDefault(line => line == $"case {index}" || line.StartsWith($"case {index} ", StringComparison.Ordinal)))));
    }

    /// <summary>In process, and out of process where the task cannot ask MSBuild. To a build a variable of the environment is a property too; here it is none.</summary>
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public void KeyThatIsGivenAsAPropertyStopsPublishing(string outOfProcess)
    {
        using var folder = new TemporaryFolder();
        string[] publish = ["-p:ScorecardPublish=true", "-p:ScorecardApiUrl=http://127.0.0.1:9", "-p:ScorecardTimeout=1", $"-p:ScorecardTasksOutOfProcess={outOfProcess}"];
        var asked = Report(folder, Keys, [.. publish, "-v:diag"]);
        Assert.Contains("warning SCORE0020: service:shop is not published: ", asked.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning SCORE0023", asked.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("key-of-the-test", asked.Output, StringComparison.Ordinal);

        var refused = Report(folder, Keys, [.. publish, "-p:dd_app_key=another", "-p:DATADOG_API_KEY=old"]);
        Assert.Contains("warning SCORE0023: DD_APP_KEY and DATADOG_API_KEY were given as properties", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning SCORE0020", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportOutsideCiSaysWhyItIsNotPublished()
    {
        using var folder = new TemporaryFolder();
        var condition = new PublishConditions(CiRun.Detect(_ => null), null, null, new Entity("service:shop", ""), false, []).FirstUnmet();
        var line = $"Scorecard outcomes of Shop.csproj not published: {condition}";
        Assert.Single(Report(folder, Keys).Lines, text => text == line);
        // Every time, and by no task of ours.
        var again = Report(folder, Keys, "-v:detailed");
        Assert.Single(again.Lines, text => text == line);
        Assert.DoesNotContain("Task \"PublishScorecard\"", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not published", Report(folder, Keys, "-p:ScorecardPublish=false").Output, StringComparison.Ordinal);
        Assert.Empty(Report(folder, Keys, "-p:ScorecardReport=auto").Lines);
    }

    static readonly (string, string)[] Keys = [("DD_API_KEY", "api-key-of-the-test"), ("DD_APP_KEY", "app-key-of-the-test")];

    static TasksProgram Report(TemporaryFolder folder, IEnumerable<(string, string)> environment, params string[] arguments)
    {
        ReportTests.Document("1:Pass").Write(folder["obj/outcomes.json"]);
        folder.With("Shop.csproj", $"""
            <Project DefaultTargets="Build">
              <PropertyGroup>
                <NETCoreSdkVersion>{Path.GetFileName(TasksProgram.Sdk)}</NETCoreSdkVersion>
                <NetCoreRoot>{TasksProgram.DotNetRoot}/</NetCoreRoot>
                <ScorecardReport Condition="'$(ScorecardReport)' == ''">true</ScorecardReport>
                <_ScorecardReportsHere>true</_ScorecardReportsHere>
              </PropertyGroup>
              <Import Project="{AppContext.BaseDirectory}package/build/ScorecardBuildTasks.Common.targets" />
              <Import Project="{AppContext.BaseDirectory}package/build/ScorecardBuildTasks.Report.targets" />
              <Target Name="Build" />
              <Target Name="_ScorecardCollectOutcomes">
                <ItemGroup>
                  <_ScorecardOutcomes Include="$(MSBuildProjectDirectory)/obj/outcomes.json" />
                </ItemGroup>
              </Target>
            </Project>
            """);
        return TasksProgram.DotNet(folder.Root, environment, ["msbuild", "Shop.csproj", "-nologo", "-tl:off", .. arguments]);
    }
}
