using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;
using State = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>Two projects that name the same entity are one service.</summary>
public sealed class OutcomesDirectoryTests
{
    static readonly Revision First = new("1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", new DateTimeOffset(2024, 2, 22, 12, 0, 0, TimeSpan.Zero), "main", null);
    static readonly Revision Second = new("2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", new DateTimeOffset(2024, 2, 22, 12, 1, 0, TimeSpan.Zero), "main", null);

    [Fact]
    public void ProjectsOfOneEntityAreMerged()
    {
        using var folder = new TemporaryFolder();
        var web = ReportTests.Document("1:Pass 1:Pass");
        var worker = ReportTests.Document("1:Pass 1:Fail") with { Project = "src/Worker/Worker.csproj" };
        web.Write(folder["web/outcomes.json"]);
        worker.Write(folder["worker/outcomes.json"]);
        (web with { Entity = new Entity("service:other", "test") }).Write(folder["other/outcomes.json"]);

        Assert.Equal(["service:other", "service:shop"], OutcomesDirectory.ReadEntities(folder.Root, Assert.Fail).Select(document => document.Entity.Reference));
        var merged = OutcomesDirectory.MergedWithOthers(web, folder.Root, Assert.Fail);
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
        Assert.Equal(OutcomeState.Pass, Assert.Single(OutcomesDirectory.MergedWithOthers(ReportTests.Document("1:Pass"), folder.Root, Assert.Fail).Outcomes).State);
    }

    /// <summary>A fail that the older commit had may long be mended.</summary>
    [Fact]
    public void OutcomesOfAnOlderCommitAreLeftOutAndNamed()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "web", State.Pass, Second);
        Write(folder, "worker", State.Fail, First);
        Write(folder, "batch", State.Pass, null);
        var leftOut = new List<string>();
        var entity = Assert.Single(OutcomesDirectory.ReadEntities(folder.Root, leftOut.Add));
        Assert.Equal((State.Pass, Second, "batch.csproj;web.csproj"), (Assert.Single(entity.Outcomes).State, entity.Revision, entity.Project));
        var line = Assert.Single(leftOut);
        Assert.Equal("worker.csproj is left out of service:shop: it is of commit 1111111 · 2024-02-22T12:00:00Z, and there are outcomes of the newer commit 2222222 · 2024-02-22T12:01:00Z", line);

        OutcomesDirectory.WriteSummary(folder.Root);
        Assert.EndsWith($"\n\n{line}\n", File.ReadAllText(folder["summary.md"]), StringComparison.Ordinal);
    }

    /// <summary>Another version wrote it, on a machine that keeps its folders: it is named, and everything else goes on.</summary>
    [Fact]
    public void FileThatCannotBeReadIsLeftOutAndNamed()
    {
        using var folder = new TemporaryFolder().With("old/outcomes.json", """{ "schemaVersion": 2, "outcomes": [] }""");
        Write(folder, "web", State.Pass, First);
        Write(folder, "worker", State.Fail, First);
        var mistakes = new List<string>();
        var merged = OutcomesDirectory.MergedWithOthers(OutcomesDocument.Read(folder["web/outcomes.json"]), folder.Root, mistakes.Add);
        Assert.Equal(State.Fail, Assert.Single(merged.Outcomes).State);
        var line = $"{folder["old/outcomes.json"]}: schemaVersion 2 is not 1; use the version of the tool that wrote it. What it holds is left out";
        Assert.Equal([line], mistakes);

        OutcomesDirectory.WriteSummary(folder.Root);
        var summary = File.ReadAllText(folder["summary.md"]);
        Assert.Contains("\n## service:shop\n", summary, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{line}\n", summary, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => OutcomesDirectory.ReadEntities(folder.Root, Assert.Fail));
    }

    /// <summary>A container's build names no commit; the others' counts for all of them.</summary>
    [Fact]
    public void OutcomesWithoutACommitGoWithAny()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "web", State.Pass, First with { Time = null });
        Write(folder, "worker", State.Fail, null);
        var entity = Assert.Single(OutcomesDirectory.ReadEntities(folder.Root, Assert.Fail));
        Assert.Equal((State.Fail, First.Sha), (Assert.Single(entity.Outcomes).State, entity.Revision.Sha));
    }

    [Fact]
    public void EveryEntityHasANewestCommitOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "web", State.Pass, Second);
        Write(folder, "mail", State.Fail, First, "service:mail");
        Assert.Equal([(State.Fail, First.Sha), (State.Pass, Second.Sha)], OutcomesDirectory.ReadEntities(folder.Root, Assert.Fail).Select(entity => (entity.Outcomes[0].State, entity.Revision.Sha)));
    }

    /// <summary>Whichever counts, it is the same one each time.</summary>
    [Fact]
    public void CommitOfNoKnownTimeIsNotSaidToBeNewer()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "web", State.Pass, First with { Time = null });
        Write(folder, "worker", State.Fail, Second with { Time = null });
        var leftOut = new List<string>();
        Assert.Equal(Second.Sha, Assert.Single(OutcomesDirectory.ReadEntities(folder.Root, leftOut.Add)).Revision.Sha);
        Assert.Equal("web.csproj is left out of service:shop: it is of commit 1111111, and there are outcomes of another, commit 2222222", Assert.Single(leftOut));
    }

    static void Write(TemporaryFolder folder, string project, State state, Revision? revision, string entity = "service:shop") =>
        (ReportTests.Document($"1:{state}") with { Entity = new Entity(entity, "test"), Project = $"{project}.csproj", Revision = revision ?? Revision.Unknown }).Write(folder[$"{project}/outcomes.json"]);
}
