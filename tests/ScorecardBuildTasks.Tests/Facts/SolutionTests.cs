using ScorecardBuildTasks.Tasks.Facts;

namespace ScorecardBuildTasks.Tests.Facts;

public sealed class SolutionTests
{
    [Fact]
    public void ProjectsOfBothFormatsAreRead()
    {
        using var folder = new TemporaryFolder()
            .With("a.sln", "Project(\"{FAE04EC0}\") = \"Shop\", \"src\\Shop\\Shop.csproj\", \"{1}\"\nEndProject\nProject(\"{2150E333}\") = \"src\", \"src\", \"{2}\"\nEndProject\n")
            .With("b.slnx", "<Solution>\n  <Folder Name=\"/src/\">\n    <Project Path=\"src/Shop/Shop.csproj\" />\n    <Project Type=\"x\" Path=\"src/F/F.fsproj\">\n    </Project>\n  </Folder>\n</Solution>");
        Assert.Equal(["src/Shop/Shop.csproj"], Solution.ProjectsOf(folder["a.sln"]));
        Assert.Equal(["src/Shop/Shop.csproj", "src/F/F.fsproj"], Solution.ProjectsOf(folder["b.slnx"]));
    }
}
