using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Build.Bench;

namespace Build;

/// <summary>Measures what the package costs a build. One row is one measurement; a further one is a further method of a group, or a further group in the list.</summary>
static class BenchCommand
{
    public static readonly (string Name, Func<BenchRun, IAsyncEnumerable<Measurement>> MeasureAsync)[] Groups =
    [
        ("rules", RulesBench.MeasureAsync),
        ("reporting", ReportingBench.MeasureAsync),
        ("memory", MemoryBench.MeasureAsync),
        ("keystroke", KeystrokeBench.MeasureAsync),
        ("builds", BuildBench.MeasureAsync),
        ("evaluation", EvaluationBench.MeasureAsync),
        ("facts", FactsBench.MeasureAsync),
        ("publishing", BenchPublishing.MeasureAsync),
        ("client", ClientBench.MeasureAsync),
        ("server-writing", ServerWritingBench.MeasureAsync),
        ("server-reading", ServerReadingBench.MeasureAsync),
        ("start", StartBench.MeasureAsync),
    ];

    public static Command Create()
    {
        var projects = new Option<string[]>("--project") { Description = "A real service that restores and builds here, for the rules to be measured on beside the generated one; of a folder, such as a repository's, all web and worker projects in it.", DefaultValueFactory = _ => [], HelpName = "PATH" };
        var sizes = new Option<int[]>("--size") { Description = "Sizes of the generated service; 1 is 100 files.", DefaultValueFactory = _ => [1, 4, 16], AllowMultipleArgumentsPerToken = true, HelpName = "N" };
        var pairs = new Option<int?>("--pairs") { Description = "How many pairs of compilations are measured at size 1, and of larger ones fewer: 12, with --full 120.", HelpName = "N" };
        pairs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < Paired.Least)
                result.AddError($"An interval takes {Paired.Least} pairs at least.");
        });
        var full = new Option<bool>("--full") { Description = "More pairs, for narrower intervals: hours." };
        var readme = new Option<bool>("--readme") { Description = "Measures nothing: makes README's table, and docs/bench.json beside it, of what artifacts/bench.json holds." };
        var only = new Option<string[]>("--only") { Description = $"Measures the groups whose names contain one of these: {string.Join(", ", Groups.Select(group => group.Name))}.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
        var command = new Command("bench", "Measures what the package costs a build, and writes artifacts/bench.json.") { projects, sizes, pairs, full, only, readme };
        command.SetAction(async (result, _) =>
        {
            if (result.GetValue(readme))
                return await WriteReadmeAsync();
            var folder = Path.Combine(Repository.Artifacts, "bench");
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            return await RunAsync(new BenchRun(folder, [.. result.GetValue(projects)!.SelectMany(ProjectsIn)], result.GetValue(sizes)!, result.GetValue(pairs) ?? (result.GetValue(full) ? 120 : 12), result.GetValue(full)), result.GetValue(only) is { Length: > 0 } groups ? groups : [""]);
        });
        return command;
    }

    static IEnumerable<string> ProjectsIn(string path) => !Directory.Exists(path) ? [path]
        : Directory.EnumerateFiles(path, "*.csproj", SearchOption.AllDirectories).Where(file => Regex.IsMatch(File.ReadAllText(file), "Sdk=\"Microsoft\\.NET\\.Sdk\\.(Web|Worker)\"", RegexOptions.CultureInvariant)).Order(StringComparer.Ordinal);

    static async Task<int> RunAsync(BenchRun run, string[] only)
    {
        var asked = Groups.Where(group => only.Any(name => group.Name.Contains(name, StringComparison.OrdinalIgnoreCase))).ToArray();
        // Some groups alone are measured anew in the document of a run of all.
        var kept = asked.Length < Groups.Length && File.Exists(BenchDocument.File) ? BenchDocument.Read(await File.ReadAllTextAsync(BenchDocument.File)) : null;
        var measurements = new List<Measurement>();
        var sdk = (await Shell.RunAsync(run.Folder, null, "dotnet", "--version")).Trim();
        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        var commits = new Dictionary<string, string>(StringComparer.Ordinal);
        var projects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var project in run.Projects)
        {
            // Before what takes minutes.
            await BuiltProject.RequireOneFrameworkAsync(project);
            if (await GitRepository.OriginAndHeadAsync(Path.GetDirectoryName(Path.GetFullPath(project))!) is { } commit)
                projects[Path.GetFileNameWithoutExtension(project)] = commit;
        }

        foreach (var (name, measureAsync) in asked)
        {
            var started = Stopwatch.GetTimestamp();
            if (await GitRepository.HeadAsync(Repository.Root) is { } commit)
                commits[name] = commit;
            await foreach (var measurement in measureAsync(run))
            {
                measurements.Add(measurement with { Group = name });
                Console.WriteLine(Line(measurement));
            }

            seconds.Add(name, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds));
            Console.WriteLine($"{name}: {seconds[name]} s");

            // A run takes long enough to be broken off.
            var document = new BenchDocument(BenchDocument.ThisMachine(), sdk, DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), run.Versions, measurements, run.Costs, seconds, commits, projects);
            await File.WriteAllTextAsync(BenchDocument.File, (kept is null ? document : document.Over(kept, Groups.Select(group => group.Name))).Write());
        }

        return measurements.TrueForAll(measurement => measurement.Met) ? 0 : 1;
    }

    static async Task<int> WriteReadmeAsync()
    {
        File.Copy(BenchDocument.File, SpeedTable.Committed, overwrite: true);
        var run = BenchDocument.Read(await File.ReadAllTextAsync(SpeedTable.Committed));
        await File.WriteAllTextAsync(SpeedTable.Readme, SpeedTable.Into(await File.ReadAllTextAsync(SpeedTable.Readme), run));
        return 0;
    }

    static string Line(Measurement row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.What}: {row.Value:0.###}{(row.Unit.Length > 0 ? " " : "")}{row.Unit} ({(row.Pairs is null ? "" : string.Create(CultureInfo.InvariantCulture, $"95 %: {row.Low:0.000} to {row.High:0.000}, {row.Pairs} pairs; "))}goal {row.Goal}): {(row.Met ? "met" : "missed")}");
}
