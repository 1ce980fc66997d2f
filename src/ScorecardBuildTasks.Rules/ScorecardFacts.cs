using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules;

/// <summary>The build's findings about the repository, one <c>key = value</c> per line (<c>scorecard.facts</c>).</summary>
sealed class ScorecardFacts
{
    readonly ILookup<string, string> values;

    ScorecardFacts(ILookup<string, string> values) => this.values = values;

    /// <summary>Test projects that reach this project and have a test.</summary>
    public IReadOnlyList<string> TestProjects => values["test-project"].ToList();

    /// <summary>Those of <see cref="TestProjects"/> that reach this project without its assembly, as an Aspire host does: nothing of it runs in their process.</summary>
    public IReadOnlyList<string> TestProjectsWithoutAssembly => values["test-project-without-assembly"].ToList();

    /// <summary>Test projects that reach this project and have none.</summary>
    public IReadOnlyList<string> TestProjectsWithoutTest => values["test-project-without-test"].ToList();

    /// <summary>Why it could not be decided which test projects reach this one.</summary>
    public string? TestProjectsUndecided => values["test-projects-undecided"].FirstOrDefault();

    /// <summary>Which project of the solution is missing, or that no root was found.</summary>
    public string? RepositoryNotVisible => values["repository-not-visible"].FirstOrDefault();

    /// <summary>The entity that scorecard.json gives the project to.</summary>
    public string? Entity => values["entity"].FirstOrDefault();

    /// <summary>The organisation's teams, as scorecard.json lists them.</summary>
    public IReadOnlyList<string> Teams => values["team"].ToList();

    /// <summary>Why scorecard.json cannot be read.</summary>
    public string? ConfigurationUnreadable => values["configuration-unreadable"].FirstOrDefault();

    /// <summary>A company's own wiring methods, named in its configuration.</summary>
    public IEnumerable<AssemblyFact> Wires => values["wires"].Select(v => AssemblyFact.Parse(v)).OfType<AssemblyFact>();

    public static ScorecardFacts Parse(string text)
    {
        var lines = from line in text.Split('\n')
                    let sign = line.IndexOf('=')
                    where sign > 0
                    select (Key: line.Substring(0, sign).Trim(), Value: line.Substring(sign + 1).Trim());
        return new ScorecardFacts(lines.ToLookup(l => l.Key, l => l.Value, StringComparer.Ordinal));
    }
}
