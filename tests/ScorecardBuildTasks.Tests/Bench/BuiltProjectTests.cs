using Build;
using Build.Bench;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class BuiltProjectTests
{
    [Fact]
    public async Task ProjectOfSeveralFrameworksIsRefusedInOneSentence()
    {
        using var folder = Project("<TargetFrameworks>net8.0;net10.0</TargetFrameworks>");
        var project = folder["Shop.csproj"];
        var refused = await Assert.ThrowsAsync<CommandFailedException>(() => BuiltProject.RequireOneFrameworkAsync(project));
        Assert.Equal($"{project} is built for <TargetFrameworks>net8.0;net10.0</TargetFrameworks>, and the bench measures one compilation of a project: give it one with <TargetFramework>", refused.Message);
    }

    [Fact]
    public async Task ProjectOfOneFrameworkIsTaken()
    {
        using var folder = Project("<TargetFramework>net10.0</TargetFramework>");
        await BuiltProject.RequireOneFrameworkAsync(folder["Shop.csproj"]);
    }

    static TemporaryFolder Project(string framework) => new TemporaryFolder().With("Shop.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>{framework}</PropertyGroup></Project>");
}
