using ScorecardBuildTasks.Tasks;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Publishing;

/// <summary>Where builds, pushes and the doctor look for the lock file.</summary>
public sealed class LockFileTests
{
    [Theory]
    [InlineData("src/Shop/", "src/Shop/", "", "presets/")]
    [InlineData("", "", "presets/")]
    [InlineData("presets/", "presets/", "elsewhere/")]
    [InlineData(null, "elsewhere/")]
    public void NearestOneCounts(string? expected, params string[] places)
    {
        using var folder = new TemporaryFolder();
        foreach (var place in places)
            folder.With($"{place}{LockFile.FileName}", "");
        Assert.Equal(expected is null ? null : folder[$"{expected}{LockFile.FileName}"], LockFile.Find(folder["src/Shop/scorecard.json"], folder.Root, [folder["src/Shop/scorecard.json"], folder["presets/company.json"]]));
    }

    [Fact]
    public void RootCountsWithoutAConfiguration()
    {
        using var folder = new TemporaryFolder().With(LockFile.FileName, "");
        Assert.Equal(folder[LockFile.FileName], LockFile.Find("", folder.Root, []));
    }
}
