using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Tests.Catalog;

public sealed class CodeOwnersTests
{
    const string Lines = """
        # Who owns what
        *            @everyone
        *.js         @js-owner   # inline comment
        /build/logs/ @doctocat
        docs/*       docs@example.com
        apps/        @octocat
        /docs/       @doctocat
        /scripts/    @doctocat @octocat
        **/logs      @logs
        /apps/github
        a\ b/        @spaced
        /deep/**/end @end
        !negated     @nobody
        [range]x     @nobody
        """;

    [Theory]
    [InlineData("README.md", "@everyone")]
    [InlineData("src/app.js", "@js-owner")]
    [InlineData("build/logs/a.txt", "@logs")]
    [InlineData("other/build/logs2/a.txt", "@everyone")]
    [InlineData("x/docs/a.md", "@everyone")]
    [InlineData("docs/a.md", "@doctocat")]
    [InlineData("docs/sub/a.md", "@doctocat")]
    [InlineData("x/apps/a/b.cs", "@octocat")]
    [InlineData("apps/a.cs", "@octocat")]
    [InlineData("apps/github", "")]
    [InlineData("apps/github/a.cs", "")]
    [InlineData("scripts/a.sh", "@doctocat @octocat")]
    [InlineData("a b/c.cs", "@spaced")]
    [InlineData("deep/end/a", "@end")]
    [InlineData("deep/x/y/end", "@end")]
    [InlineData("deep/x/y/ends", "@everyone")]
    [InlineData("negated", "@everyone")]
    [InlineData("apps/", "@octocat")]
    [InlineData("Apps/", "@everyone")]
    [InlineData("src\\app.js", "@js-owner")]
    public void LastLineThatMatchesDecides(string path, string owners) => Assert.Equal(owners, string.Join(' ', CodeOwners.Parse(Lines).OwnersOf(path)));

    [Fact]
    public void FilesDirectlyInAFolderAreNotThoseBelow()
    {
        var owners = CodeOwners.Parse("docs/* @docs\r\n");
        Assert.Equal(["@docs"], owners.OwnersOf("docs/a.md"));
        Assert.Empty(owners.OwnersOf("docs/sub/a.md"));
    }

    [Fact]
    public void FolderIsNotOwnedThroughTheNamesOfFiles() => Assert.Equal(["@team"], CodeOwners.Parse("/src/ @team\n*.cs @dotnet\n*.csproj @build\n").OwnersOf("src/Checkout/"));

    [Theory]
    [InlineData("a.md", "@all @docs")]
    [InlineData("db/x", "@all @db-default")]
    [InlineData("db/y.sql", "@all @db")]
    public void SectionsDecideEachForItself(string path, string owners) => Assert.Equal(owners, string.Join(' ', CodeOwners.Parse("""
        * @all

        [Documentation] @docs
        *.md

        ^[Database][2] @db-default
        /db/ @db
        /db/x
        """).OwnersOf(path)));

    [Fact]
    public void EmptyFileOwnsNothing() => Assert.Empty(CodeOwners.Parse("# none\n\n").OwnersOf("a"));
}
