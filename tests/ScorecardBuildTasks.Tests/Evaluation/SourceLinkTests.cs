using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class SourceLinkTests
{
    const string Sha = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("https://github.com/acme/shop", "https://github.com/acme/shop/blob/" + Sha + "/src/A%20B.cs#L7")]
    [InlineData("https://github.acme.example/acme/shop", "https://github.acme.example/acme/shop/blob/" + Sha + "/src/A%20B.cs#L7")]
    [InlineData("https://acme.github.com/acme/shop", "https://acme.github.com/acme/shop/blob/" + Sha + "/src/A%20B.cs#L7")]
    [InlineData("https://gitlab.com/acme/shop", "https://gitlab.com/acme/shop/-/blob/" + Sha + "/src/A%20B.cs#L7")]
    [InlineData("https://bitbucket.org/acme/shop", "https://bitbucket.org/acme/shop/src/" + Sha + "/src/A%20B.cs#lines-7")]
    [InlineData("https://dev.azure.com/acme/Shop/_git/shop", "https://dev.azure.com/acme/Shop/_git/shop?path=/src/A%20B.cs&version=GC" + Sha + "&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1")]
    [InlineData("https://acme.visualstudio.com/Shop/_git/shop", "https://acme.visualstudio.com/Shop/_git/shop?path=/src/A%20B.cs&version=GC" + Sha + "&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1")]
    [InlineData("https://notgithub.com/acme/shop", null)]
    [InlineData("https://notbitbucket.org/acme/shop", null)]
    [InlineData("https://mydev.azure.com/acme/shop", null)]
    [InlineData("https://notvisualstudio.com/acme/shop", null)]
    [InlineData("https://git.acme.example/acme/shop", null)]
    public void LinkHasTheFormOfItsHost(string url, string? link) =>
        Assert.Equal(link, SourceLink.To(new Revision(Sha, null, null, url), "src/A B.cs", 7, null));
}
