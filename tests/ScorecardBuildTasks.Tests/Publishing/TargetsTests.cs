using System.Net;
using System.Net.Sockets;
using Build;
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
        var condition = new PublishConditions(CiRun.Detect(_ => null), null, null, new Entity("service:shop", ""), false, []).FirstUnmet()?.Fact;
        var line = $"Scorecard outcomes of Shop.csproj not published: {condition}";
        Assert.Single(Report(folder, Keys).Lines, text => text == line);
        // Every time, and by no task of ours.
        var again = Report(folder, Keys, "-v:detailed");
        Assert.Single(again.Lines, text => text == line);
        Assert.DoesNotContain("Task \"PublishScorecard\"", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not published", Report(folder, Keys, "-p:ScorecardPublish=false").Output, StringComparison.Ordinal);
        Assert.Empty(Report(folder, Keys, "-p:ScorecardReport=auto").Lines);
    }

    [Fact]
    public void GateThatClosesDoesNotKeepTheLineBack()
    {
        using var folder = new TemporaryFolder();
        var closed = Report(folder, Keys, "-p:ScorecardGate=level:2");
        Assert.Equal(1, closed.ExitCode);
        Assert.Contains("error SCORE0026: service:shop does not pass ScorecardGate=level:2: ", closed.Output, StringComparison.Ordinal);
        Assert.Single(closed.Lines, line => line.StartsWith("Scorecard outcomes of Shop.csproj not published: ", StringComparison.Ordinal));
    }

    /// <summary>Whether it publishes, or has published before, or none of it; in process and out of process.</summary>
    [Theory]
    [InlineData("false", "1")]
    [InlineData("true", "0")]
    public void LoggedEnvironmentIsWarnedOfInEveryBuildThatReports(string outOfProcess, string value)
    {
        using var folder = new TemporaryFolder();
        (string, string)[] environment = [.. Keys, ("MSBUILDLOGALLENVIRONMENTVARIABLES", value)];
        string[] arguments = [$"-p:ScorecardTasksOutOfProcess={outOfProcess}", "-p:ScorecardPublish=false"];
        for (var times = 1; times <= 2; times++)
        {
            var warning = Assert.Single(Warnings(Report(folder, environment, arguments), "SCORE0028"));
            Assert.Contains("DD_API_KEY and DD_APP_KEY", warning, StringComparison.Ordinal);
        }

        Assert.Empty(Warnings(Report(folder, [("MSBUILDLOGALLENVIRONMENTVARIABLES", value)], arguments), "SCORE0028"));
        Assert.Empty(Warnings(Report(folder, [.. Keys, ("MSBUILDLOGALLENVIRONMENTVARIABLES", "")], arguments), "SCORE0028"));
        Assert.Empty(Report(folder, environment, "-p:ScorecardReport=auto").Lines);
    }

    /// <summary>And to a publish that is up to date, for nothing is asked then of what keeps it back.</summary>
    [Fact]
    public void LoggedEnvironmentIsWarnedOfOnceForAllServices()
    {
        using var folder = new TemporaryFolder();
        (string, string)[] environment = [.. Keys, ("MSBUILDLOGALLENVIRONMENTVARIABLES", "true")];
        Assert.Single(Warnings(ReportAll(folder, environment, "-m:2"), "SCORE0028"));
        LeaveMarkers(folder, "http://127.0.0.1:9");
        var done = ReportAll(folder, environment, "-m:2", "-p:ScorecardPublish=true", "-p:ScorecardApiUrl=http://127.0.0.1:9", "-p:ScorecardTimeout=1");
        Assert.Single(Warnings(done, "SCORE0028"));
        Assert.Empty(Warnings(done, "SCORE0020"));
    }

    [Fact]
    public void WhatIsInOneApiIsPublishedToAnother()
    {
        using var folder = new TemporaryFolder();
        ReportAll(folder, Keys, "-m:1");
        LeaveMarkers(folder, "http://127.0.0.1:9");
        foreach (var (address, warnings) in (IEnumerable<(string, int)>)[("http://127.0.0.1:9", 0), ("http://127.0.0.1:7", 1)])
        {
            Assert.Equal(warnings, Warnings(ReportAll(folder, Keys, "-m:1", "-p:ScorecardPublish=true", "-p:ScorecardTimeout=1", $"-p:ScorecardApiUrl={address}"), "SCORE0020").Count());
        }
    }

    /// <summary>As after a publish of all services.</summary>
    static void LeaveMarkers(TemporaryFolder folder, string address)
    {
        var marker = Assert.Single(TasksProgram.DotNet(folder.Root, Keys, "msbuild", "Shop.csproj", "-nologo", "-getProperty:_ScorecardPublishedFile", $"-p:ScorecardApiUrl={address}").Lines);
        foreach (var report in Directory.GetFiles(folder["artifacts/scorecard"], "outcomes.json", SearchOption.AllDirectories))
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(report)!, Path.GetFileName(marker)), "");
    }

    /// <summary>Three services, by the build's own key.</summary>
    [Theory]
    [InlineData("-m:1")]
    [InlineData("-m:2")]
    public void KeyThatEveryServiceLacksIsOneWarning(string nodes)
    {
        using var folder = new TemporaryFolder();
        var publish = ReportAll(folder, [], nodes, "-p:ScorecardPublish=true");
        Assert.Equal(0, publish.ExitCode);
        Assert.Single(Warnings(publish, "SCORE0021"));
        Assert.Equal(2, publish.Lines.Count(line => line.Contains(".csproj: SCORE0021: ", StringComparison.Ordinal)));
    }

    /// <summary>The folder by which nodes know of each other cannot be had, and the API takes connections and never answers.</summary>
    [Fact]
    public void ServicesOfANodeShareTheTimeThoughTheyHaveNoFolderForIt()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var folder = new TemporaryFolder().With($"tmp/scorecard-publishing-{Environment.UserName}", "not a folder");
        var publish = ReportAll(folder, [.. Keys, ("TMPDIR", folder["tmp"]), ("TMP", folder["tmp"])], "-m:1", "-p:ScorecardPublish=true", $"-p:ScorecardApiUrl=http://{silent.LocalEndpoint}", "-p:ScorecardTimeout=1");
        Assert.Equal(0, publish.ExitCode);
        Assert.Single(Warnings(publish, "SCORE0020"));
        Assert.Equal(2, publish.Lines.Count(line => line.Contains(BenchPublishing.NotTried, StringComparison.Ordinal)));
    }

    static readonly (string, string)[] Keys = [("DD_API_KEY", "api-key-of-the-test"), ("DD_APP_KEY", "app-key-of-the-test")];

    /// <summary>MSBuild repeats a warning in its summary.</summary>
    static IEnumerable<string> Warnings(TasksProgram build, string code) => build.Lines.Where(line => line.Contains($"warning {code}: ", StringComparison.Ordinal)).Distinct();

    static TasksProgram Report(TemporaryFolder folder, IEnumerable<(string, string)> environment, params string[] arguments)
    {
        WriteService(folder, "Shop");
        return TasksProgram.DotNet(folder.Root, environment, ["msbuild", "Shop.csproj", "-nologo", "-tl:off", .. arguments]);
    }

    static TasksProgram ReportAll(TemporaryFolder folder, IEnumerable<(string, string)> environment, params string[] arguments)
    {
        string[] services = ["Shop", "Mail", "Stock"];
        foreach (var service in services)
            WriteService(folder, service);
        folder.With("All.proj", $"""
            <Project>
              <Target Name="Build">
                <MSBuild Projects="{string.Join(';', services.Select(service => $"{service}.csproj"))}" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        return TasksProgram.DotNet(folder.Root, environment, ["msbuild", "All.proj", "-nologo", "-tl:off", .. arguments]);
    }

    static void WriteService(TemporaryFolder folder, string name)
    {
        var document = ReportTests.Document("1:Pass");
        document = document with { Entity = document.Entity with { Reference = $"service:{name.ToLowerInvariant()}" }, Project = $"{name}.csproj" };
        document.Write(folder[$"obj/{name}/outcomes.json"]);
        folder.With($"{name}.csproj", $"""
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
                  <_ScorecardOutcomes Include="$(MSBuildProjectDirectory)/obj/$(MSBuildProjectName)/outcomes.json" />
                </ItemGroup>
              </Target>
            </Project>
            """);
    }
}
