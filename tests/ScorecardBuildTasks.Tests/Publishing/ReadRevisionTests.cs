using ScorecardBuildTasks.Tasks;

namespace ScorecardBuildTasks.Tests.Publishing;

public sealed class ReadRevisionTests
{
    [Theory]
    [InlineData("git@github.com:acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("https://user:token@gitlab.example.com/acme/shop.git", "https://gitlab.example.com/acme/shop")]
    [InlineData("ssh://git@bitbucket.org:22/acme/shop", "https://bitbucket.org/acme/shop")]
    [InlineData("https://dev.azure.com/acme/Shop/_git/shop", "https://dev.azure.com/acme/Shop/_git/shop")]
    [InlineData("/srv/git/shop.git", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void RemoteBecomesAnAddressWithoutCredentials(string? remote, string? address) => Assert.Equal(address, ReadRevision.WebAddress(remote));
}
