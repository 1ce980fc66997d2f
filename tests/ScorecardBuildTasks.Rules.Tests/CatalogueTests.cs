using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests;

/// <summary>
/// The catalogue is generated from the rules and committed, so that every change of it is seen. <c>SCORECARD_APPROVE=1 dotnet test tests/ScorecardBuildTasks.Rules.Tests</c>
/// rewrites what these tests compare.
/// </summary>
public sealed class CatalogueTests
{
    const string Remedy = "run SCORECARD_APPROVE=1 dotnet test tests/ScorecardBuildTasks.Rules.Tests, and commit what it rewrites";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void EveryIdIsUsedOnce()
    {
        var twice = AllRules.Descriptors.GroupBy(d => d.Id).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.True(!twice.Any(), $"{string.Join(", ", twice)}: two rules have this id; ids are never reused, take the next free one.");
    }

    [Theory]
    [InlineData("SCORE1009", true)]
    [InlineData("SCORE2005", true)]
    [InlineData("SCORE3004", true)]
    [InlineData("SCORE4005", true)]
    [InlineData("SCORE3002", false)]
    [InlineData("SCORE4001", false)]
    public void RuleThatLooksAtTheServicesCodeSaysSo(string id, bool looks) =>
        Assert.Equal(looks, AllRules.Descriptors.Single(d => d.Id == id).CustomTags.Contains("ScorecardWalksCode"));

    [Fact]
    public void EveryIdIsInTheRangeOfItsFolder()
    {
        foreach (var folder in AllRules.Analyzers.GroupBy(Folder))
        {
            Assert.True(folder.Select(r => r.Descriptor.Id[5]).Distinct().Count() == 1, $"{folder.Key} holds {string.Join(", ", folder.Select(r => r.Descriptor.Id))}: a folder is one range of ids, move the rule.");
            Assert.True(folder.Select(r => r.Descriptor.Category).Distinct().Count() == 1, $"{folder.Key}: the rules of a folder take their scorecard from the folder's own declaration.");
        }
        Assert.All(AllRules.Descriptors, d => Assert.Matches("^SCORE[1-9][0-9]{3}$", d.Id));
    }

    [Fact]
    public void EveryRuleHasItsPageAndItsTest()
    {
        foreach (var page in RulePage.All)
        {
            var rule = page.Rule.GetType().Name;
            Assert.True(File.Exists(page.Path), $"{rule} has no page: write {Relative(page.Path)}.");
            var test = Path.Combine(Paths.Tests, Folder(page.Rule), rule + "Tests.cs");
            Assert.True(File.Exists(test), $"{rule} has no test: write {Relative(test)}.");
            Assert.EndsWith($"/{Folder(page.Rule)}/{rule}.md", page.Rule.Descriptor.HelpLinkUri, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryFixHasARuleAndATest()
    {
        foreach (var fix in Fixes.All)
        {
            var rule = AllRules.Analyzers.Single(r => fix.FixableDiagnosticIds.Single() == r.Descriptor.Id);
            Assert.Equal(rule.GetType().Name + "Fix", fix.GetType().Name);
            Assert.NotNull(fix.GetFixAllProvider());
            var test = Path.Combine(Paths.Tests, Folder(rule), fix.GetType().Name + "Tests.cs");
            Assert.True(File.Exists(test), $"{fix.GetType().Name} has no test: write {Relative(test)}.");
        }
    }

    [Fact]
    public void SeverityFollowsTheLevel() => Assert.All(AllRules.Descriptors, d =>
    {
        Assert.True(d.DefaultSeverity != DiagnosticSeverity.Hidden, $"{d.Id} is Hidden: hidden diagnostics never reach the error log, so the rule would always pass.");
        Assert.Equal(Scorecard.LevelOf(d) < 3 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, d.DefaultSeverity);
        Assert.True(d.IsEnabledByDefault);
    });

    [Fact]
    public void TitleIsAStatement() => Assert.All(AllRules.Descriptors, d =>
    {
        Assert.DoesNotMatch("[.!?]$|should|must", d.Title.ToString());
        Assert.False(string.IsNullOrWhiteSpace(d.Description.ToString()));
    });

    [Fact]
    public void RulesAssemblyNeedsNothingButTheCompiler() => Assert.All(
        typeof(Rule).Assembly.GetReferencedAssemblies(),
        r => Assert.Matches(@"^(netstandard|System\.Collections\.Immutable|System\.Reflection\.Metadata|Microsoft\.CodeAnalysis(\.CSharp)?)$", r.Name));

    [Fact]
    public void FixesAssemblyNeedsNothingButTheEditor() => Assert.All(
        Fixes.All[0].GetType().Assembly.GetReferencedAssemblies(),
        r => Assert.Matches(@"^(netstandard|System\.Collections\.Immutable|Microsoft\.CodeAnalysis(\.CSharp)?(\.Workspaces)?|ScorecardBuildTasks\.Rules|System\.Composition\.AttributedModel)$", r.Name));

    [Fact]
    public void CatalogueIsAsApproved() => Approve(Path.Combine(Paths.Rules, "catalogue.json"), Catalogue());

    [Fact]
    public void RuleIdsOfTheBuildAreAsApproved() => Approve(Path.Combine(Paths.Repository, "nuget", "build", "ScorecardBuildTasks.RuleIds.props"), $"""
        <Project>

          <!-- Generated from the rules. To rewrite it, {Remedy}. -->
          <PropertyGroup>
            <_ScorecardRuleIds>{string.Join(';', AllRules.Descriptors.Select(d => d.Id))}</_ScorecardRuleIds>
          </PropertyGroup>

        </Project>

        """);

    [Fact]
    public void TableInTheReadmeIsAsApproved()
    {
        const string Start = "<!-- rules -->";
        const string End = "<!-- /rules -->";
        var readme = Path.Combine(Paths.Repository, "README.md");
        var text = File.ReadAllText(readme);
        Assert.Contains(Start, text, StringComparison.Ordinal);
        Assert.Contains(End, text, StringComparison.Ordinal);
        Approve(readme, text[..(text.IndexOf(Start, StringComparison.Ordinal) + Start.Length)] + "\n" + Table() + text[text.IndexOf(End, StringComparison.Ordinal)..]);
    }

    static string Catalogue() => JsonSerializer.Serialize(
        AllRules.Analyzers.Select(r => new
        {
            r.Descriptor.Id,
            Name = Name(r),
            Title = r.Descriptor.Title.ToString(),
            Description = r.Descriptor.Description.ToString(),
            Scorecard = r.Descriptor.Category,
            Level = Scorecard.LevelOf(r.Descriptor),
            AppliesTo = Scorecard.AppliesToOf(r.Descriptor).ToString().ToLowerInvariant(),
            Fix = HasFix(r),
            HelpUri = r.Descriptor.HelpLinkUri,
        }),
        Json) + "\n";

    static string Table()
    {
        var table = new StringBuilder("| id | holds when it passes | scorecard | level | fix |\n|---|---|---|---|---|\n");
        foreach (var rule in AllRules.Analyzers)
            table.Append($"| [{rule.Descriptor.Id}](src/ScorecardBuildTasks.Rules/{Folder(rule)}/{rule.GetType().Name}.md) | {rule.Descriptor.Title} | {rule.Descriptor.Category} | {Scorecard.LevelOf(rule.Descriptor)} | {(HasFix(rule) ? "yes" : "no")} |\n");
        return table.ToString();
    }

    static bool HasFix(Rule rule) => Fixes.All.Any(f => f.FixableDiagnosticIds.Contains(rule.Descriptor.Id));

    static string Name(Rule rule) => rule.GetType().Name[rule.Descriptor.Id.Length..];

    static string Folder(Rule rule) => rule.GetType().Namespace!.Split('.')[^1];

    static string Relative(string path) => Path.GetRelativePath(Paths.Repository, path);

    static void Approve(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("SCORECARD_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(approved == text, $"{Relative(path)} is not what the rules say: {Remedy}.");
    }
}
