using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Log;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests;

/// <summary>What holds for every rule, shown on the code of its own page.</summary>
public sealed class EveryRuleTests
{
    public static TheoryData<string> Ids => [.. AllRules.Descriptors.Select(d => d.Id)];

    static readonly string[] Sections = ["Fails", "Passes", "How to fix", "How to suppress", "Not right? Report it"];

    [Theory, MemberData(nameof(Ids))]
    public void PageHasItsSections(string id)
    {
        var page = Page(id);
        Assert.Equal($"# {id} {page.Rule.GetType().Name[id.Length..]}", page.Heading);
        Assert.Equal(Sections, page.Titles);
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task CodeUnderFailsFails(string id)
    {
        var page = Page(id);
        Assert.NotEmpty(page.Blocks("Fails", "csharp"));
        foreach (var code in page.Blocks("Fails", "csharp"))
            Assert.NotEmpty(await OpenAsync(page.Project(code, "Fails"), page.Rule));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task CodeUnderPassesPasses(string id)
    {
        var page = Page(id);
        Assert.NotEmpty(page.Blocks("Passes", "csharp"));
        foreach (var code in page.Blocks("Passes", "csharp"))
            Assert.Empty(await RuleTest.AnalyzeAsync(page.Project(code, "Passes"), page.Rule));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task FileUnderPassesMakesTheFailingCodePass(string id)
    {
        var page = Page(id);
        if (page.Blocks("Passes", "yaml").Count + page.Blocks("Passes", "markdown").Count + page.Blocks("Passes", "xml").Count + page.Blocks("Passes", "cs").Count > 0)
            Assert.Empty(await RuleTest.AnalyzeAsync(page.Project(page.Blocks("Fails", "csharp")[0], "Passes"), page.Rule));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task CodeUnderSuppressIsSuppressed(string id)
    {
        var page = Page(id);
        foreach (var code in page.Blocks("How to suppress", "csharp"))
            Assert.All(await FoundAsync(page.Project(code, "Fails"), page.Rule, atLeastOne: true), d => Assert.True(d.IsSuppressed));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task PragmaSilences(string id)
    {
        var page = Page(id);
        var project = WithProgram(page.Failing, code => $"#pragma warning disable {id} // known, see the runbook\n{code}");
        Assert.All(await FoundAsync(project, page.Rule, atLeastOne: true), d => Assert.True(d.IsSuppressed));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task SuppressMessageOfTheAssemblySilences(string id)
    {
        var page = Page(id);
        var project = page.Failing.WithSource("GlobalSuppressions.cs",
            $"[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"{page.Rule.Descriptor.Category}\", \"{id}\", Justification = \"known, see the runbook\")]");
        var compilation = project.Compiled();
        Assert.All(await FoundAsync(project, page.Rule, atLeastOne: true), d =>
        {
            Assert.True(d.IsSuppressed);
            Assert.Equal("known, see the runbook", d.GetSuppressionInfo(compilation)?.Attribute?.NamedArguments.Single().Value.Value);
        });
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task EditorConfigSilences(string id)
    {
        var page = Page(id);
        Assert.Empty(await FoundAsync(page.Failing with { EditorConfig = $"[*.cs]\ndotnet_diagnostic.{id}.severity = none\n" }, page.Rule));
    }

    /// <summary>An editor asks for the diagnostics of the open file and runs no compilation-end action.</summary>
    [Theory, MemberData(nameof(Ids))]
    public async Task FindingShowsInTheOpenFile(string id)
    {
        var page = Page(id);
        var compilation = page.Failing.Compiled();
        var analysis = compilation.WithAnalyzers([page.Rule], page.Failing.AnalyzerOptions);
        var found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(compilation.SyntaxTrees[0]), filterSpan: null, CancellationToken.None);
        Assert.Contains(id, found.Select(d => d.Id));
        Assert.DoesNotContain("SCORE0002", found.Select(d => d.Id));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task OnlyWhatIsAboutTheServiceIsReportedInGeneratedCode(string id)
    {
        var page = Page(id);
        var project = page.Failing;
        project = project with { Sources = [($"{project.Properties["build_property.MSBuildProjectDirectory"]}/obj/Program.g.cs", project.Sources[0].Code), .. project.Sources.Skip(1)] };
        Assert.Equal(page.Rule is EntryPointRule, (await OpenAsync(project, page.Rule)).Count > 0);
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task ServiceRuleStandsAsideForATestProject(string id)
    {
        var page = Page(id);
        if (Scorecard.AppliesToOf(page.Rule.Descriptor) == AppliesTo.Test)
            return;
        var aside = Assert.Single(await RuleTest.AnalyzeAsync(page.Failing.WithKind("test"), page.Rule));
        Assert.Equal((id, "notApplicable", "the project is a test project"), (aside.Properties["rule"], aside.Properties["state"], aside.Properties["reason"]));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task NothingIsSaidWhereThePackageIsNotActive(string id)
    {
        var page = Page(id);
        var project = page.Failing with { Properties = page.Failing.Properties.Remove("build_property.ScorecardProjectKind") };
        Assert.Empty(await RuleTest.AnalyzeAsync(project, page.Rule));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task MessageSaysWhatItCosts(string id)
    {
        var page = Page(id);
        Assert.All(await OpenAsync(page.Failing, page.Rule), d =>
        {
            Assert.EndsWith($"(blocks level {Scorecard.LevelOf(d.Descriptor)} of '{d.Descriptor.Category}')", d.GetMessage(), StringComparison.Ordinal);
            Assert.Contains('\'', d.GetMessage());
            Assert.True(d.Location.IsInSource);
        });
    }

    static RulePage Page(string id) => RulePage.All.Single(p => p.Rule.Descriptor.Id == id);

    static TestProject WithProgram(TestProject project, Func<string, string> change) =>
        project with { Sources = [(project.Sources[0].Path, change(project.Sources[0].Code)), .. project.Sources.Skip(1)] };

    static async Task<IReadOnlyList<Diagnostic>> FoundAsync(TestProject project, Rule rule, bool atLeastOne = false)
    {
        IReadOnlyList<Diagnostic> found = [.. (await RuleTest.AnalyzeAsync(project, rule)).Where(d => d.Id == rule.Descriptor.Id)];
        if (atLeastOne)
            Assert.NotEmpty(found);
        return found;
    }

    static async Task<IReadOnlyList<Diagnostic>> OpenAsync(TestProject project, Rule rule) => [.. (await FoundAsync(project, rule)).Where(d => !d.IsSuppressed)];
}
