using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>Two projects that name the same entity are one service.</summary>
public sealed class OutcomesDirectoryTests
{
    [Fact]
    public void ProjectsOfOneEntityAreMerged()
    {
        using var folder = new TemporaryFolder();
        var web = ReportTests.Document("1:Pass 1:Pass");
        var worker = ReportTests.Document("1:Pass 1:Fail") with { Project = "src/Worker/Worker.csproj" };
        web.Write(folder["web/outcomes.json"]);
        worker.Write(folder["worker/outcomes.json"]);
        (web with { Entity = new Entity("service:other", "test") }).Write(folder["other/outcomes.json"]);

        Assert.Equal(["service:other", "service:shop"], OutcomesDirectory.ReadEntities(folder.Root).Select(document => document.Entity.Reference));
        var merged = OutcomesDirectory.MergedWithOthers(web, folder.Root);
        Assert.Equal([OutcomeState.Pass, OutcomeState.Fail], merged.Outcomes.Select(outcome => outcome.State));
        Assert.Equal("src/Shop/Shop.csproj;src/Worker/Worker.csproj", merged.Project);

        OutcomesDirectory.WriteSummary(folder.Root);
        Assert.Single(File.ReadLines(folder["summary.md"]), line => line == "## service:shop");
    }

    [Fact]
    public void OutcomesOfAnotherCommitAreNotMerged()
    {
        using var folder = new TemporaryFolder();
        (ReportTests.Document("1:Fail") with { Project = "src/Worker/Worker.csproj", Revision = Revision.Unknown }).Write(folder["worker/outcomes.json"]);
        Assert.Equal(OutcomeState.Pass, Assert.Single(OutcomesDirectory.MergedWithOthers(ReportTests.Document("1:Pass"), folder.Root).Outcomes).State);
    }
}
