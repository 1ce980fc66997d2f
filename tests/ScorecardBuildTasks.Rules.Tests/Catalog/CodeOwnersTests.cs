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
        \#hash.md    @nobody
        src/inner/   @inner
        /notes/      no-owner
        mail/        Maria <maria@example.com>
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
    [InlineData("#hash.md", "@everyone")]
    [InlineData("src/inner/", "@inner")]
    [InlineData("x/src/inner/", "@everyone")]
    [InlineData("notes/a", "@everyone")]
    [InlineData("mail/a", "@everyone")]
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

    const string GitLab = """
        *  @all  # inline, says nobody
        src/inner/  @inner @@maintainer
        \#hash.md  @hash
        /odd/  nobody @some
        /none/  nobody
        !vendor/

        [Documentation] @docs
        *.md
        a.md

        [database]
        /db/ @db

        [DOCUMENTATION] @other
        /guide/
        !/guide/private/
        """;

    [Theory]
    [InlineData("a", "@all")]
    [InlineData("x/src/inner/", "@inner @@maintainer")]
    [InlineData("#hash.md", "@hash @docs")]
    [InlineData("odd/a", "@some")]
    [InlineData("none/a", "")]
    [InlineData("vendor/a", "")]
    [InlineData("vendor/a.md", "@docs")]
    [InlineData("db/a", "@all @db")]
    [InlineData("guide/a.md", "@all @other")]
    [InlineData("guide/private/a.md", "@all")]
    public void FileOfGitLabGoesByItsOwnRules(string path, string owners) => Assert.Equal(owners, string.Join(' ', CodeOwners.Parse(GitLab).OwnersOf(path)));

    [Fact]
    public void FolderOfGitLabTellsTheDialect()
    {
        const string Text = "* @all\n!vendor/\n";
        Assert.Equal(["@all"], CodeOwners.Parse(Text).OwnersOf("vendor/a"));
        Assert.Empty(CodeOwners.Parse(Text, isGitLab: true).OwnersOf("vendor/a"));
    }

    [Fact]
    public void DecidingLineIsNamed()
    {
        var line = Assert.Single(CodeOwners.Parse("# who\n* @all\n/src/ @team @maria\n").LinesFor("src/Checkout/"));
        Assert.Equal((3, "/src/"), (line.Number, line.Pattern));
        Assert.Equal(["@team", "@maria"], line.Owners);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("^")]
    [InlineData("^[")]
    [InlineData("[]")]
    [InlineData("[a")]
    [InlineData("[a][")]
    [InlineData("\\")]
    [InlineData("!")]
    [InlineData("// @a")]
    public void DamagedLineIsSkipped(string line) => Assert.Equal(["@all"], CodeOwners.Parse($"* @all\n{line}\n").OwnersOf("src/a.cs"));

    [Fact]
    public void EmptyFileOwnsNothing() => Assert.Empty(CodeOwners.Parse("# none\n\n").OwnersOf("a"));
}
