using Microsoft.CodeAnalysis.CSharp;
using ScorecardBuildTasks.Rules.Facts;
using Xunit;

namespace ScorecardBuildTasks.Rules.Tests.Facts;

public sealed class TreeMentionsTests
{
    /// <summary>A list so long that a file's words are gone through for it.</summary>
    static readonly string[] Many = [.. Enumerable.Range(0, 100).Select(i => $"Name{i}")];

    /// <summary>These two words have one hash.</summary>
    [Fact]
    public void NamesOfOneHashAreToldApart()
    {
        Assert.Equal(new MentionedName("costarring").Hash, new MentionedName("liquid").Hash);
        Assert.Equal(["costarring", "liquid"], Mentioned("class C { void M() { liquid(); costarring(); } }", ["costarring", .. Many, "liquid"]));
        Assert.Single(Of("class C { void M() { liquid(); } }").Sites(new MentionedName("liquid"), default));
        Assert.Empty(Of("class C { void M() { liquid(); } }").Sites(new MentionedName("costarring"), default));
    }

    [Fact]
    public void NamesComeInTheOrderOfTheListAndOnce() =>
        Assert.Equal(["B", "A"], Mentioned("class C { void M() { A(); B(); A(); B(); } }", ["B", .. Many, "A"]));

    [Fact]
    public void SitesComeInTheOrderOfTheText() =>
        Assert.Equal(["A(1)", "A(2)", "A(3)"], Of("class C { void M() { A(1); B(); A(2); A(3); } }").Sites(new MentionedName("A"), default).Select(site => site.ToString()));

    [Fact]
    public void FewNamesAreFoundAsMany() =>
        Assert.Equal(["B", "A"], Mentioned("class C { void M() { A(); B(); A(); B(); } }", "B", "Z", "A"));

    [Theory]
    [InlineData("Ünïcode", true)]
    [InlineData("_under1", true)]
    [InlineData("nder1", false)]
    [InlineData("absent", false)]
    public void WordsAreWhole(string name, bool mentioned) =>
        Assert.Equal(mentioned, Of("class C { void M() { Ünïcode(); _under1(); } }").Mentions(new MentionedName(name)));

    static IEnumerable<string> Mentioned(string source, params string[] names) =>
        Of(source).Mentioned(new MentionedNames(names.Select(name => new MentionedName(name)))).Select(name => name.Text);

    static TreeMentions Of(string source) => TreeMentions.Of(CSharpSyntaxTree.ParseText(source));
}
