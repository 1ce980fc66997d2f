using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>What the targets take a project for that would be a service by its SDK.</summary>
public sealed class ProjectKindTests
{
    static readonly (string Project, string Properties, string Kind)[] Cases =
    [
        ("src/Shop/Shop.csproj", "", "service"),
        ("src/Samples.Shop/Shop.csproj", "", "service"),
        ("samples/Shop/Shop.csproj", "", "none"),
        ("src/Samples/Shop/Shop.csproj", "", "none"),
        ("sample/Shop.csproj", "", "none"),
        ("src/examples/Shop.csproj", "", "none"),
        ("samples/Shop/Shop.csproj", "ScorecardProjectKind=service", "service"),
        ("src/Shop/Shop.csproj", "IsAspireHost=true", "none"),
        ("src/Shop/Shop.csproj", "PackAsTool=true", "none"),
        ("src/Shop/Shop.csproj", "UseWPF=true", "none"),
        ("src/Shop/Shop.csproj", "UseWindowsForms=true", "none"),
        ("src/Shop/Shop.csproj", "UseMaui=true", "none"),
        ("src/Shop/Shop.csproj", "UsingMicrosoftNETSdkBlazorWebAssembly=true", "none"),
        ("src/Shop/Shop.csproj", "IsTestProject=true", "test"),
    ];

    /// <summary>The repository itself lies below a folder of that name, which says nothing of what is in it.</summary>
    [Fact]
    public void SampleOrToolOrHostIsNoService()
    {
        using var folder = new TemporaryFolder().With("samples/repository/.git/HEAD", "ref: refs/heads/main\n").With("samples/repository/Ask.proj", $"""
            <Project>
              <ItemGroup>
            {string.Join('\n', Cases.Select((one, index) => $"    <Case Include=\"{index}\" Project=\"{one.Project}\" Values=\"{one.Properties}\" />"))}
              </ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="%(Case.Project)" Targets="_ScorecardDetect;Tell" Properties="Case=%(Case.Identity);%(Case.Values)" />
              </Target>
            </Project>
            """);
        foreach (var project in Cases.Select(one => one.Project).Distinct())
        {
            folder.With($"samples/repository/{project}", $"""
                <Project>
                  <PropertyGroup>
                    <NETCoreSdkVersion>{Path.GetFileName(TasksProgram.Sdk)}</NETCoreSdkVersion>
                    <OutputType>Exe</OutputType>
                    <UsingMicrosoftNETSdkWeb>true</UsingMicrosoftNETSdkWeb>
                    <IntermediateOutputPath>obj/</IntermediateOutputPath>
                  </PropertyGroup>
                  <Import Project="{AppContext.BaseDirectory}package/build/ScorecardBuildTasks.targets" />
                  <Target Name="Tell">
                    <Message Importance="high" Text="case $(Case) $(ScorecardProjectKind)" />
                  </Target>
                </Project>
                """);
        }

        var ask = TasksProgram.DotNet(folder["samples/repository"], [], "msbuild", "Ask.proj", "-nologo", "-tl:off");
        Assert.Equal(Cases.Select((one, index) => $"case {index} {one.Kind}"), ask.Lines.Where(line => line.StartsWith("case ", StringComparison.Ordinal)));
    }
}
