using System.CommandLine;
using System.Text.Json;
using Build.Corpus;
using ScorecardBuildTasks.Evaluation;
using Report = Build.Corpus.Report;

namespace Build;

/// <summary>Shows how often the rules are right on public repositories whose services were read before, and whether a pass turns when its cause is removed.</summary>
static class CorpusCommand
{
    static string Corpus => Path.Combine(Repository.Root, "tests", "corpus");

    public static Command Create()
    {
        var repositories = new Option<string>("--repositories") { Description = "The folder with the clones: <owner>-<name> or <name>.", Required = true, HelpName = "DIR" };
        var broken = new Option<bool>("--break") { Description = "Removes the cause of each right pass in a copy, and prints how many turned fail." };
        var only = new Filters(
            new Option<string[]>("--repository") { Description = "Only these, as owner/name.", HelpName = "NAME" },
            new Option<string[]>("--service") { Description = "Only these, by project file or its name.", HelpName = "NAME" },
            new Option<string[]>("--rule") { Description = "Only these.", HelpName = "ID" });
        var command = new Command("corpus", "Runs the rules on the services of tests/corpus and compares the outcomes with what a reader expects.") { repositories, broken, only.Repository, only.Service, only.Rule };
        command.SetAction(async (result, _) =>
        {
            var isWhole = new[] { only.Repository, only.Service, only.Rule }.All(filter => result.GetValue(filter) is not { Length: > 0 });
            return await RunAsync(Path.GetFullPath(result.GetValue(repositories)!), result.GetValue(broken), Chosen(only, result), isWhole);
        });
        return command;
    }

    static IReadOnlyList<CorpusFile> Chosen(Filters only, ParseResult result)
    {
        var files = Directory.EnumerateFiles(Corpus, "*.json").Order(StringComparer.Ordinal).Select(CorpusFile.Read);
        return
        [
            .. from file in files
               where Takes(only.Repository, file.Repository)
               let services = from service in file.Services
                              where Takes(only.Service, service.Service, Path.GetFileNameWithoutExtension(service.Service))
                              select service with { Expectations = [.. service.Expectations.Where(expectation => Takes(only.Rule, expectation.Rule))] }
               select file with { Services = [.. services.Where(service => service.Expectations.Count > 0)] } into chosen
               where chosen.Services.Count > 0
               select chosen,
        ];

        bool Takes(Option<string[]> filter, params string[] names) =>
            result.GetValue(filter) is not { Length: > 0 } wanted || wanted.Any(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    static async Task<int> RunAsync(string repositories, bool broken, IReadOnlyList<CorpusFile> files, bool isWhole)
    {
        Console.WriteLine(broken ? "goal: every pass turns fail when its cause is removed" : Report.Goals);
        var clones = new Dictionary<CorpusFile, string>();
        foreach (var file in files)
        {
            if (await CloneOfAsync(file, repositories) is { } clone)
                clones.Add(file, clone);
        }

        if (clones.Count == 0)
            throw new CommandFailedException("nothing to compare");
        var tool = Path.Combine(Repository.Artifacts, "corpus", "tool");
        // A restore configuration in the environment is for the clones.
        await Shell.RunAsync(Repository.Root, new Dictionary<string, string?> { ["RestoreConfigFile"] = null }, "dotnet", "publish", "src/ScorecardBuildTasks.Tool", "-c", "Release", "-o", tool, "-v:quiet", "-nologo");

        var run = new Run(Path.Combine(tool, "scorecard.dll"), broken);
        foreach (var (file, clone) in clones)
            await run.OnAsync(file, clone);
        foreach (var line in run.Missing)
            Console.WriteLine(line);
        if (run.Built == 0)
            throw new CommandFailedException("nothing to compare: no service was built");
        var expectedFails = ExpectedFails();
        Console.Write(broken ? run.Turned() : Report.Of(run.Comparisons, expectedFails));
        Console.WriteLine($"{run.Built} of {files.Sum(file => file.Services.Count)} services built, in {clones.Count} of {files.Count} repositories");
        var met = broken ? run.AllTurned : Report.Met(run.Comparisons, isWhole && clones.Count == files.Count ? expectedFails : null);
        return met && !run.Missing.Any() && run.Built == clones.Keys.Sum(file => file.Services.Count) ? 0 : 1;
    }

    /// <returns>The clone at the commit that was read, or null: then it has been said what is there.</returns>
    static async Task<string?> CloneOfAsync(CorpusFile file, string repositories)
    {
        string[] names = [file.Repository.Replace('/', '-'), file.Repository.Split('/')[1]];
        if (names.Select(name => Path.Combine(repositories, name)).FirstOrDefault(Directory.Exists) is not { } clone)
        {
            Console.WriteLine($"absent     {file.Repository}: neither {names[0]} nor {names[1]} in {repositories}");
            return null;
        }

        var (exitCode, head) = await Shell.TryAsync(clone, null, "git", "rev-parse", "HEAD");
        if (exitCode != 0 || head.Trim() != file.Commit)
        {
            Console.WriteLine($"elsewhere  {file.Repository}: {clone} is at {(exitCode == 0 ? head.Trim() : "no commit")}, the corpus was read at {file.Commit}");
            return null;
        }

        return clone;
    }

    /// <summary>Per rule, over the whole corpus and the samples.</summary>
    static Dictionary<string, int> ExpectedFails()
    {
        var corpus = Directory.EnumerateFiles(Corpus, "*.json").Select(CorpusFile.Read)
            .SelectMany(file => file.Services).SelectMany(service => service.Expectations)
            .Where(expectation => expectation.Expected == Expected.Fail).Select(expectation => expectation.Rule);
        var samples = Directory.EnumerateFiles(Repository.Samples, "expected-outcomes.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file)).EnumerateArray())
            .Where(outcome => outcome.GetProperty("state").GetString() == "fail").Select(outcome => outcome.GetProperty("rule").GetString()!);
        return corpus.Concat(samples).CountBy(rule => rule, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    sealed record Filters(Option<string[]> Repository, Option<string[]> Service, Option<string[]> Rule);

    /// <summary>What has been seen so far.</summary>
    sealed class Run(string scorecard, bool broken)
    {
        readonly List<(Comparison Pass, string? Stayed)> breaks = [];
        readonly List<string> missing = [];

        public List<Comparison> Comparisons { get; } = [];

        public int Built { get; private set; }

        /// <summary>Rules of which something is expected and which no outcome names: this tree does not have them.</summary>
        public IEnumerable<string> Missing => missing.CountBy(rule => rule, StringComparer.Ordinal).OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => $"no rule    {rule.Key}: expected of {rule.Value} services, not in their outcomes");

        /// <summary>Where there was nothing to break, nothing has been shown.</summary>
        public bool AllTurned => breaks.Count > 0 && breaks.All(one => one.Stayed is null);

        public async Task OnAsync(CorpusFile file, string clone)
        {
            using var tree = await WorkTree.CreateAsync(clone, file.Commit, scorecard);
            var misquoted = file.Services.SelectMany(service => service.Expectations).SelectMany(expectation => expectation.Evidence).Distinct().Where(line => !tree.Has(line)).ToList();
            if (misquoted.Count > 0)
                throw new CommandFailedException($"{file.Repository} has no {string.Join(", ", misquoted)} at {file.Commit}");

            foreach (var service in file.Services)
            {
                try
                {
                    tree.Copy(service.Copies ?? new Dictionary<string, string>());
                    var outcomes = await tree.CheckAsync(service.Service);
                    Built++;
                    missing.AddRange(service.Expectations.Select(expectation => expectation.Rule).Where(rule => !outcomes.ContainsKey(rule)));
                    Comparisons.AddRange(service.Expectations.Where(expectation => outcomes.ContainsKey(expectation.Rule)).Select(expectation => new Comparison(file.Repository, service.Service, expectation, outcomes[expectation.Rule])));
                }
                catch (CommandFailedException e)
                {
                    Console.WriteLine($"not built  {service.Service}: {e.Message}");
                }
            }

            if (!broken)
                return;
            tree.Save();
            foreach (var pass in Comparisons.Where(comparison => comparison.Repository == file.Repository && comparison is { Standing: Standing.Right, Expectation.Break: not null }).ToList())
            {
                breaks.Add((pass, await StayedAsync(tree, pass)));
                await Console.Error.WriteLineAsync($"{breaks.Count}: {pass.Rule} {pass.Service}: {breaks[^1].Stayed ?? "turned fail"}");
                tree.Restore();
            }
        }

        /// <returns>What came out instead of a fail, or null.</returns>
        static async Task<string?> StayedAsync(WorkTree tree, Comparison pass)
        {
            try
            {
                foreach (var edit in pass.Expectation.Break!.Edits)
                    edit.Apply(tree.Root);
                var outcomes = await tree.CheckAsync(pass.Service);
                var after = pass with { Outcome = outcomes[pass.Rule] };
                return after.Got == Expected.Fail ? null : $"{Report.Name(after.Got)} {after.Outcome.Reason}".TrimEnd();
            }
            catch (CommandFailedException e)
            {
                return e.Message;
            }
        }

        public string Turned()
        {
            var lines = breaks.GroupBy(one => one.Pass.Rule, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(rule => rule
                .Where(one => one.Stayed is not null)
                .Select(one => $"    {one.Pass.Service}: {one.Stayed}")
                .Prepend($"{rule.Key}  {rule.Count(one => one.Stayed is null)} of {rule.Count()} turned fail"));
            return string.Concat(lines.Append($"all        {breaks.Count(one => one.Stayed is null)} of {breaks.Count} turned fail").Select(line => $"{line}\n"));
        }
    }
}
