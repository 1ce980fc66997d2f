using System.Text.Json;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Rules.Log;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>A rule's page: its sections and the code in them, which is what the tests of every rule run on.</summary>
sealed partial class RulePage
{
    readonly string[] sections;

    RulePage(Rule rule, string path) => (Rule, Path, sections) = (rule, path, File.Exists(path) ? SectionStart().Split(File.ReadAllText(path)) : []);

    public static IReadOnlyList<RulePage> All { get; } = [.. AllRules.Analyzers.Select(Of)];

    public Rule Rule { get; }

    public string Path { get; }

    public IReadOnlyList<string> Titles => [.. sections.Skip(1).Select(s => s.Split('\n')[0].Trim())];

    public string Heading => sections.Length == 0 ? "" : sections[0].Split('\n')[0].Trim();

    /// <summary>The section's code blocks of one language.</summary>
    public IReadOnlyList<string> Blocks(string section, string language) =>
        [.. CodeBlock().Matches(sections.FirstOrDefault(s => s.StartsWith(section + "\n", StringComparison.Ordinal)) ?? "").Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["code"].Value)];

    /// <summary>A project that the rule fails.</summary>
    public TestProject Failing => Project(Blocks("Fails", "csharp")[0], "Fails");

    /// <summary>
    /// The code (a program, or tests where the rule is on these) with the files that the section shows beside it: a catalog file (yaml), a README (markdown), CODEOWNERS
    /// (text), and of scorecard.json (json) and project files (xml: a target framework, or a test project that the build has found) what the build makes of them.
    /// A <c>cs</c> block is a source of the service's tests; a rule that reads these is given one in any case.
    /// </summary>
    public TestProject Project(string code, string section)
    {
        if (Scorecard.AppliesToOf(Rule.Descriptor) == AppliesTo.Test)
            return TestProject.Tests(code);
        var project = TestProject.Service(code).WithReferences(ClientStubs.All);
        foreach (var yaml in Blocks(section, "yaml"))
            project = project.WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
        foreach (var readme in Blocks(section, "markdown"))
            project = project.WithFile($"{TestProject.Folder}/README.md", "readme", readme);
        foreach (var codeOwners in Blocks(section, "text"))
            project = project.WithFile("/repo/.github/CODEOWNERS", "codeowners", codeOwners);
        var facts = "format = 1\n";
        foreach (var json in Blocks(section, "json"))
            facts += string.Concat(JsonDocument.Parse(json).RootElement.GetProperty("teams").EnumerateArray().Select(t => $"team = {t}\n"));
        foreach (var xml in Blocks(section, "xml"))
        {
            if (TargetFramework().Match(xml) is { Success: true } framework)
                project = project.WithFramework(framework.Groups[1].Value);
            else
                facts += "test-project = tests/Checkout.Tests/Checkout.Tests.csproj\n";
        }
        var tests = Blocks(section, "cs");
        foreach (var test in tests.Count > 0 || Blocks("Passes", "cs").Count == 0 ? tests : ["public class OtherTests;"])
        {
            project = project.WithTest(test);
            facts += "test-project = tests/Checkout.Tests/Checkout.Tests.csproj\n";
        }
        return project.WithFacts(facts);
    }

    static RulePage Of(Rule rule)
    {
        var type = rule.GetType();
        return new RulePage(rule, System.IO.Path.Combine(Paths.Rules, type.Namespace!.Split('.')[^1], type.Name + ".md"));
    }

    [GeneratedRegex("<TargetFramework>(.*)</TargetFramework>")]
    private static partial Regex TargetFramework();

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
