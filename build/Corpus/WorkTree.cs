using System.Text.Json.Nodes;
using ScorecardBuildTasks.Evaluation;

namespace Build.Corpus;

/// <summary>A copy of a clone's commit in a folder of its own, where services are checked and edits tried; the clone is only read.</summary>
sealed class WorkTree : IDisposable
{
    readonly string folder;
    readonly string scorecard;

    WorkTree(string folder, string scorecard, string name)
    {
        this.folder = folder;
        this.scorecard = scorecard;
        Root = Path.Combine(Live, name);
    }

    public string Root { get; }

    /// <summary>The tree and what its builds write: what a snapshot holds.</summary>
    string Live => Path.Combine(folder, "live");

    string Saved => Path.Combine(folder, "saved");

    /// <param name="scorecard">The tool's assembly.</param>
    public static async Task<WorkTree> CreateAsync(string clone, string commit, string scorecard)
    {
        // Far from this repository, whose Directory.Build.props would be found from below it.
        var tree = new WorkTree(Directory.CreateTempSubdirectory("scorecard-corpus-").FullName, scorecard, Path.GetFileName(clone));
        await Shell.RunAsync(tree.folder, null, "git", "clone", "-q", "--shared", "--no-checkout", clone, tree.Root);
        await TakeSparseCheckoutAsync(clone, tree.Root);
        await Shell.RunAsync(tree.Root, null, "git", "-c", "advice.detachedHead=false", "checkout", "-q", commit);
        await DropUnservedSdkAsync(tree.Root);
        return tree;
    }

    /// <summary>What a sparse clone leaves out it may not even have.</summary>
    static async Task TakeSparseCheckoutAsync(string clone, string root)
    {
        var patterns = Path.Combine(clone, ".git", "info", "sparse-checkout");
        if (!File.Exists(patterns))
            return;
        Directory.CreateDirectory(Path.Combine(root, ".git", "info"));
        File.Copy(patterns, Path.Combine(root, ".git", "info", "sparse-checkout"), overwrite: true);
        await Shell.RunAsync(root, null, "git", "config", "core.sparseCheckout", "true");
    }

    /// <summary>The SDK that is here compiles older services too, whatever global.json asks for.</summary>
    static async Task DropUnservedSdkAsync(string root)
    {
        var global = Path.Combine(root, "global.json");
        if (!File.Exists(global) || (await Shell.TryAsync(root, null, "dotnet", "--version")).ExitCode == 0)
            return;
        var asked = JsonNode.Parse(await File.ReadAllTextAsync(global))!.AsObject();
        asked.Remove("sdk");
        await File.WriteAllTextAsync(global, asked.ToJsonString());
        Console.WriteLine($"other SDK  {Path.GetFileName(root)}: the one that its global.json asks for is not installed");
    }

    /// <summary>Whether there is such a line.</summary>
    public bool Has(EvidenceLine line) =>
        File.Exists(Path.Combine(Root, line.Path)) && File.ReadLines(Path.Combine(Root, line.Path)).Skip(line.Line - 1).Any();

    /// <summary>Does what the service's Dockerfile does before it builds.</summary>
    public void Copy(IReadOnlyDictionary<string, string> files)
    {
        foreach (var (from, to) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, to))!);
            File.Copy(Path.Combine(Root, from), Path.Combine(Root, to), overwrite: true);
        }
    }

    /// <summary>What a report build of the service gives, by the tool, which needs nothing in the repository.</summary>
    /// <exception cref="CommandFailedException">It does not build, or nothing could be evaluated; the message says why in one line.</exception>
    public async Task<IReadOnlyDictionary<string, Outcome>> CheckAsync(string service)
    {
        var outcomes = Path.Combine(folder, "outcomes");
        if (Directory.Exists(outcomes))
            Directory.Delete(outcomes, recursive: true);
        var (exitCode, output) = await Shell.TryAsync(Root, null, "dotnet", scorecard, "check", service, "--keep", Path.Combine(Live, "kept"), "--output", outcomes);
        if (exitCode != 0)
            throw new CommandFailedException(FirstError(output));
        var document = Directory.Exists(outcomes)
            ? Directory.EnumerateFiles(outcomes, "outcomes.json", SearchOption.AllDirectories).Select(OutcomesDocument.Read).FirstOrDefault(document => document.Project == service)
            : null;
        return document switch
        {
            null => throw new CommandFailedException("it is no service to us"),
            { NotEvaluated: { } why } => throw new CommandFailedException(why),
            _ => document.Outcomes.ToDictionary(outcome => outcome.Key, StringComparer.Ordinal),
        };
    }

    static string FirstError(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.Contains("error ", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it does not build";
    }

    /// <summary>What <see cref="Restore"/> goes back to.</summary>
    public void Save()
    {
        if (Directory.Exists(Saved))
            Directory.Delete(Saved, recursive: true);
        Mirror(Live, Saved);
    }

    /// <summary>Every file is again the one that was saved, with its time: the next build compiles only what an edit then changes.</summary>
    public void Restore() => Mirror(Saved, Live);

    static void Mirror(string from, string to)
    {
        Directory.CreateDirectory(to);
        var source = new DirectoryInfo(from);
        var entries = source.EnumerateFileSystemInfos().ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (var extra in new DirectoryInfo(to).EnumerateFileSystemInfos().Where(entry => !entries.ContainsKey(entry.Name)))
        {
            if (extra is DirectoryInfo directory)
                directory.Delete(recursive: true);
            else
                extra.Delete();
        }

        foreach (var entry in entries.Values)
        {
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo)
                Mirror(entry.FullName, target);
            else if (entry is FileInfo file && new FileInfo(target) is var copy && !(copy.Exists && copy.Length == file.Length && copy.LastWriteTimeUtc == file.LastWriteTimeUtc))
                file.CopyTo(target, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
