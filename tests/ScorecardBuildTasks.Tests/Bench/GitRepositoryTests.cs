using Build.Bench;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class GitRepositoryTests
{
    [Theory]
    [InlineData("https://github.com/acme/shop.git", "acme/shop")]
    [InlineData("https://user:secret@example.com/acme/tools/shop", "acme/tools/shop")]
    [InlineData("git@github.com:acme/shop.git", "acme/shop")]
    [InlineData("ssh://git@example.com:2222/acme/shop/", "acme/shop")]
    [InlineData("/home/somebody/shop", null)]
    [InlineData("../shop.git", null)]
    [InlineData(@"C:\repositories\shop", null)]
    [InlineData("file:///home/somebody/shop", null)]
    [InlineData("", null)]
    public void OriginIsNamedWhereItIsOnTheWeb(string origin, string? name) => Assert.Equal(name, GitRepository.NameOf(origin));

    [Fact]
    public async Task ChangedFileIsToldByAPlus()
    {
        using var folder = new TemporaryFolder().With("Program.cs", "");
        Assert.Null(await GitRepository.HeadAsync(folder.Root));

        await GitRepository.CommitAsync(folder.Root);
        var head = await GitRepository.HeadAsync(folder.Root);
        Assert.Matches("^[0-9a-f]{40}$", head);
        folder.With("Program.cs", "return;");
        Assert.Equal($"{head}+", await GitRepository.HeadAsync(folder.Root));
        Assert.Equal($"{head}+", await GitRepository.OriginAndHeadAsync(folder.Root));
    }
}
