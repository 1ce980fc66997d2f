using System.Text;
using Microsoft.Build.Framework;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks.Facts;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Writes what a service's rules must know of the repository and cannot see from the compiler.</summary>
public sealed class CollectScorecardFacts : ScorecardTask
{
    /// <summary><c>library</c>: then what any service of the repository may count is shown and watched.</summary>
    public string ProjectKind { get; set; } = "";

    /// <summary>The facts, one <c>key = value</c> per line; written only when they differ, because the compiler reads them. Empty for a library, which has none.</summary>
    public string FactsFile { get; set; } = "";

    /// <summary>The files that the facts were read from, one per line: the target's inputs in the next build, and by its time what tells the evaluation that one of them has changed.</summary>
    [Required]
    public string InputsFile { get; set; } = "";

    /// <summary>An empty file, there where nothing had to be warned of: without it the next build collects again.</summary>
    [Required]
    public string DoneFile { get; set; } = "";

    /// <summary>Where the sources of the tests lie, one project per line; the targets hand them to the compiler when reporting. Written with the facts.</summary>
    public string TestSourcesFile { get; set; } = "";

    /// <summary>The global analyzer config that shows what feeds a rule and is hidden by default.</summary>
    [Required]
    public string ShownFile { get; set; } = "";

    /// <summary>The global analyzer config that tells the collector which ids of other analyzers feed a rule; a library has one as well.</summary>
    [Required]
    public string MappedFile { get; set; } = "";

    /// <summary><c>true</c> where an evaluation follows, which says what is wrong with <c>scorecard.json</c>; any other build hears of it here.</summary>
    public string EvaluationFollows { get; set; } = "";

    protected override void Run()
    {
        var inputs = new List<string>();
        var messages = new List<BuildMessage>();
        var configuration = LoadConfiguration(messages);
        var mapping = LoadMapping(configuration, ProjectKind);
        inputs.AddRange(mapping.SelectMany(one => one.Files).Distinct());
        if (FactsFile.Length > 0)
            WriteFacts(configuration, messages, inputs);
        string[] mapped = [.. mapping.SelectMany(one => one.MappedIds([.. QuietRules.Suggestions, .. HiddenRules.Ids])).Distinct().Order(StringComparer.Ordinal)];
        string[] hidden = [.. HiddenRules.AmongMapped(mapped)];
        WriteWhenDifferent(ShownFile, GlobalConfig.Of(GlobalConfig.Severities(hidden, "suggestion")));
        var wildcards = mapping.SelectMany(one => one.MappedWildcards).Distinct().Order(StringComparer.Ordinal);
        WriteWhenDifferent(MappedFile, GlobalConfig.Of([$"scorecard_mapped = {string.Join(',', mapped)}", $"scorecard_mapped_wildcards = {string.Join(',', wildcards)}", $"scorecard_hidden = {string.Join(',', hidden)}"]));
        if (!EvaluationFollows.Equals("true", StringComparison.OrdinalIgnoreCase))
            Warn(messages);

        File.WriteAllLines(InputsFile, inputs);
        // What was warned of must be warned of again by the next build, so the target may not count as done.
        if (messages.Count == 0)
            File.WriteAllText(DoneFile, "");
        else
            File.Delete(DoneFile);
    }

    void WriteFacts(ScorecardConfiguration configuration, IReadOnlyList<BuildMessage> messages, List<string> inputs)
    {
        var facts = new StringBuilder("format = 1\n");
        IReadOnlyList<TestSources> testSources = [];
        if (RepositoryRoot.Length == 0)
        {
            Add("repository-not-visible", "no repository root was found above the project; set ScorecardRepositoryRoot");
        }
        else
        {
            var repository = OnceInBuild(() => new RepositoryProjects(Root));
            // A node may run two of its tasks at once.
            lock (repository)
                testSources = AddTests(repository);
        }

        foreach (var message in messages.Where(message => message.Code == BuildMessage.ConfigurationIsInvalid))
            Add("configuration-unreadable", $"{Relative(message.File ?? ConfigurationFile)} cannot be read: {message.Text}");
        if (configuration.EntityOf(Relative(ProjectFile)) is { } entity)
            Add("entity", entity);
        foreach (var team in configuration.Teams)
            Add("team", team);
        foreach (var method in configuration.Wiring)
            Add("wires", method);

        WriteWhenDifferent(FactsFile, facts.ToString());
        WriteWhenDifferent(TestSourcesFile, string.Concat(testSources.Select(sources => sources.ToLine(Relative) + "\n")));

        IReadOnlyList<TestSources> AddTests(RepositoryProjects repository)
        {
            if (repository.MissingProject is { } missing)
            {
                Add("repository-not-visible", $"{missing} is named by the solution and not present");
                return [];
            }

            var tests = TestProjects.Of(Path.GetFullPath(ProjectFile), repository);
            foreach (var project in tests.WithTest)
                Add("test-project", Relative(project));
            foreach (var project in tests.WithoutAssembly)
                Add("test-project-without-assembly", Relative(project));
            foreach (var project in tests.WithoutTest)
                Add("test-project-without-test", Relative(project));
            if (tests.Undecided is { } reason)
                Add("test-projects-undecided", reason);
            inputs.AddRange(tests.Inputs);
            return tests.Sources;
        }

        void Add(string key, string value) => facts.Append(key).Append(" = ").Append(value.ReplaceLineEndings(" ")).Append('\n');
    }
}
