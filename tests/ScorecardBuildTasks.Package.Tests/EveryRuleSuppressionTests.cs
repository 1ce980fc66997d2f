using System.Text.Json;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>Each way to silence a rule, tried on every rule of the catalogue at once: in the depot each of them has a finding.</summary>
public sealed class EveryRuleSuppressionTests : IClassFixture<EveryRuleSuppressionTests.Depot>
{
    const string Reason = "known, see the runbook";

    readonly Sample sample;
    readonly IReadOnlyList<(string Entity, Outcome Outcome)> failing;

    /// <summary>The depot as it is, built once; a test undoes what it writes.</summary>
    public sealed class Depot : IDisposable
    {
        public Depot()
        {
            Sample.Report();
            Outcomes = Sample.Outcomes;
        }

        internal Sample Sample { get; } = new("depot");

        internal IReadOnlyList<(string Entity, Outcome Outcome)> Outcomes { get; }

        public void Dispose() => Sample.Dispose();
    }

    public EveryRuleSuppressionTests(Depot depot)
    {
        sample = depot.Sample;
        Assert.Equal(sample.Expected, depot.Outcomes.Select(row => $"{row.Entity} {row.Outcome.Key} {Report.Name(row.Outcome.State)}"));
        failing = [.. depot.Outcomes.Where(row => row.Outcome.State == OutcomeState.Fail)];
        using var catalogue = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Package.RepositoryRoot, "src", "ScorecardBuildTasks.Rules", "catalogue.json")));
        Assert.Equal(catalogue.RootElement.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).Order(StringComparer.Ordinal), Rules);
    }

    IEnumerable<string> Rules => failing.Select(row => row.Outcome.Key).Distinct().Order(StringComparer.Ordinal);

    [Fact]
    public void PragmaWithAReasonIsASkip()
    {
        var pragma = $"#pragma warning disable {string.Join(", ", Rules)} // {Reason}\n";
        using var written = new Written(sample, failing.SelectMany(row => row.Outcome.Evidence).Select(evidence => evidence.File).Distinct().Select(file => (file, pragma + File.ReadAllText(sample[file]))));
        AllAre(OutcomeState.Skip, Reason);
    }

    [Fact]
    public void SuppressMessageWithAJustificationIsASkip()
    {
        var attributes = "using System.Diagnostics.CodeAnalysis;\n" + string.Concat(failing.DistinctBy(row => row.Outcome.Key)
            .Select(row => $"[assembly: SuppressMessage(\"{row.Outcome.Scorecard}\", \"{row.Outcome.Key}\", Justification = \"{Reason}\")]\n"));
        var projects = new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(sample[folder], "*.csproj", SearchOption.AllDirectories));
        using var written = new Written(sample, projects.Select(project => (Path.Combine(Path.GetDirectoryName(project)!, "GlobalSuppressions.cs"), attributes)));
        AllAre(OutcomeState.Skip, Reason);
    }

    [Fact]
    public void EditorConfigNoneIsASkipThatNamesTheFile()
    {
        using var written = new Written(sample, [(".editorconfig", $"{File.ReadAllText(sample[".editorconfig"])}\n[*.cs]\n{string.Concat(Rules.Select(rule => $"dotnet_diagnostic.{rule}.severity = none\n"))}")]);
        AllAre(OutcomeState.Skip, ".editorconfig");
    }

    [Fact]
    public void WaiverIsASkipThatSaysUntilWhen()
    {
        var waivers = failing.Select(row => $$"""{ "rule": "{{row.Outcome.Key}}", "entity": "{{row.Entity}}", "reason": "accepted-risk", "text": "{{Reason}}", "until": "2999-12-31" }""");
        using var written = new Written(sample, [("scorecard.json", $$"""{ "teams": ["team-warehouse", "team-printing"], "waivers": [{{string.Join(',', waivers)}}] }""")]);
        AllAre(OutcomeState.Skip, $"waived until 2999-12-31: accepted risk, {Reason}");
    }

    /// <summary>Whatever failed has this state now, and says why.</summary>
    void AllAre(OutcomeState state, string reason)
    {
        sample.Report();
        var now = sample.Outcomes.ToDictionary(row => (row.Entity, row.Outcome.Key), row => row.Outcome);
        Assert.Equal(
            failing.Select(row => $"{row.Entity} {row.Outcome.Key} {state}: … {reason} …"),
            failing.Select(row => now[(row.Entity, row.Outcome.Key)]).Zip(failing, (outcome, before) =>
                $"{before.Entity} {outcome.Key} {outcome.State}: {(outcome.Reason?.Contains(reason, StringComparison.Ordinal) == true ? $"… {reason} …" : outcome.Reason)}"));
    }

    /// <summary>Files of the sample as a test wants them, until it is over.</summary>
    sealed class Written : IDisposable
    {
        readonly List<(string Path, string? Before)> files = [];

        public Written(Sample sample, IEnumerable<(string Path, string Text)> changes)
        {
            foreach (var (path, text) in changes.ToArray())
            {
                files.Add((sample[path], File.Exists(sample[path]) ? File.ReadAllText(sample[path]) : null));
                File.WriteAllText(sample[path], text);
            }
        }

        public void Dispose()
        {
            foreach (var (path, before) in files)
            {
                if (before is null)
                    File.Delete(path);
                else
                    File.WriteAllText(path, before);
            }
        }
    }
}
