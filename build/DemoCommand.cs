using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using Spectre.Console;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace Build;

/// <summary>The whole road on one machine: pack, serve, apply the rules, build the sample as CI would, read the outcomes back.</summary>
static class DemoCommand
{
    const string TracingRule = "SCORE2001";

    static string Folder => Path.Combine(Repository.Artifacts, "demo");

    public static Command Create()
    {
        var broken = new Option<string?>("--break") { Description = $"Removes the cause of a rule's pass in a copy, and prints what changed: {TracingRule}." };
        broken.AcceptOnlyFromAmong(TracingRule);
        var command = new Command("demo", "Packs, serves, builds the sample with publishing on, and reads the outcomes back from the API.") { broken };
        command.SetAction(async (result, cancellation) => await RunAsync(result.GetValue(broken), cancellation));
        return command;
    }

    static async Task<int> RunAsync(string? broken, CancellationToken cancellation)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);

        // A version of its own: no cache can hold another package under it.
        var suffix = $"demo{DateTimeOffset.UtcNow:yyMMddHHmmss}";
        var packages = Path.Combine(Folder, "packages");
        await PackCommand.PackAsync(packages, suffix);
        var environment = CiEnvironment(packages);
        await Shell.RunAsync(Folder, environment, "dotnet", "tool", "install", "ScorecardBuildTasks.Tool", "--tool-path", Path.Combine(Folder, "tool"), "--version", $"0.1.0-{suffix}", "--add-source", packages);
        var scorecard = Path.Combine(Folder, "tool", OperatingSystem.IsWindows() ? "scorecard.exe" : "scorecard");

        await using var server = await DemoServer.StartAsync(scorecard, Path.Combine(Folder, "scorecard.db"));
        environment["SCORECARD_API_URL"] = server.Address.ToString();
        environment["ScorecardBuildTasksVersion"] = $"0.1.0-{suffix}";

        var sample = await CopySampleAsync("storefront", environment);
        await Shell.RunAsync(sample, environment, scorecard, "rules", "apply");
        var evaluated = await BuildAsync(sample, environment);
        if (broken is not null)
        {
            var copy = await CopySampleAsync("storefront-broken", environment);
            await RemoveTracingAsync(copy);
            PrintChanges(evaluated, evaluated = await BuildAsync(copy, environment));
        }

        var (same, readBack) = await CompareAsync(evaluated, server.Address, cancellation);
        Console.WriteLine($"demo: {evaluated.Count} outcomes evaluated, {readBack} read back, {Math.Max(evaluated.Count, readBack) - same} different");
        return evaluated.Count >= 12 && same == evaluated.Count && same == readBack ? 0 : 1;
    }

    /// <summary>What a push to the default branch looks like to a job of GitHub Actions.</summary>
    static Dictionary<string, string?> CiEnvironment(string packages)
    {
        var payload = Path.Combine(Folder, "event.json");
        File.WriteAllText(payload, """{"repository":{"default_branch":"main"}}""");
        return new Dictionary<string, string?>(PackCommand.EnvironmentFor(packages))
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_EVENT_PATH"] = payload,
            ["GITHUB_REF"] = "refs/heads/main",
            ["DD_API_KEY"] = "demo-api-key",
            ["DD_APP_KEY"] = "demo-application-key",
        };
    }

    static async Task<string> CopySampleAsync(string name, Dictionary<string, string?> environment)
    {
        var source = Path.Combine(Repository.Samples, "storefront");
        var copy = Path.Combine(Folder, name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"))
                continue;
            var target = Path.Combine(copy, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(copy, ".gitignore"), "bin/\nobj/\nartifacts/\n");
        if (Shell.Has("git"))
        {
            await Shell.RunAsync(copy, null, "git", "init", "-q", "-b", "main");
            await Shell.RunAsync(copy, null, "git", "remote", "add", "origin", "https://github.com/example/storefront.git");
            await Shell.RunAsync(copy, null, "git", "add", "-A");
            await Shell.RunAsync(copy, null, "git", "-c", "user.name=demo", "-c", "user.email=demo@example.com", "commit", "-qm", "The storefront");
        }
        else
        {
            // Then the revision is what the job's variables say.
            environment["GITHUB_SHA"] = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(name)));
            environment["GITHUB_SERVER_URL"] = "https://github.com";
            environment["GITHUB_REPOSITORY"] = "example/storefront";
        }

        return copy;
    }

    static async Task RemoveTracingAsync(string copy)
    {
        var file = Path.Combine(copy, "src", "Storefront.ServiceDefaults", "ServiceDefaultsExtensions.cs");
        var text = await File.ReadAllTextAsync(file);
        var without = Regex.Replace(text, @"\s*\.WithTracing\(tracing => tracing(?:\s*\.\w+\([^()]*\))*\)", "", RegexOptions.CultureInvariant);
        if (without == text)
            throw new CommandFailedException($"{file}: the tracing to remove was not found");
        await File.WriteAllTextAsync(file, without);
    }

    /// <returns>Every outcome that the build evaluated, by entity and rule.</returns>
    static async Task<IReadOnlyDictionary<(string Entity, string Key), Outcome>> BuildAsync(string sample, IReadOnlyDictionary<string, string?> environment)
    {
        var output = await Shell.RunAsync(sample, environment, "dotnet", "build", "storefront.slnx", "-nologo", "-tl:off");
        foreach (var line in output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.TrimStart().StartsWith("Scorecard ", StringComparison.Ordinal)))
            Console.WriteLine(line.Trim());
        return Directory.EnumerateFiles(Path.Combine(sample, "artifacts", "scorecard"), "outcomes.json", SearchOption.AllDirectories)
            .Select(OutcomesDocument.Read)
            .SelectMany(document => document.Outcomes.Where(outcome => outcome.State != OutcomeState.NotEvaluated).Select(outcome => (document.Entity.Reference, outcome)))
            .ToDictionary(pair => (pair.Reference, pair.outcome.Key), pair => pair.outcome);
    }

    static void PrintChanges(IReadOnlyDictionary<(string Entity, string Key), Outcome> before, IReadOnlyDictionary<(string Entity, string Key), Outcome> after)
    {
        foreach (var ((entity, key), outcome) in after.OrderBy(pair => pair.Key))
        {
            if (before.TryGetValue((entity, key), out var was) && was.State != outcome.State)
                Console.WriteLine($"{entity} {key} {outcome.Rule}: {Report.Name(was.State)} → {Report.Name(outcome.State)}");
        }
    }

    /// <summary>Reads the outcomes from the API, prints them, and counts those whose state is what was evaluated.</summary>
    static async Task<(int Same, int ReadBack)> CompareAsync(IReadOnlyDictionary<(string Entity, string Key), Outcome> evaluated, Uri api, CancellationToken cancellation)
    {
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = api, ApiKey = "demo-api-key", ApplicationKey = "demo-application-key" });
        var rules = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var rule in client.Rules.ListAsync(new RuleFilter(), cancellation))
            rules[rule.Id] = rule.Attributes.Name;

        var table = new Table().AddColumns("entity", "rule", "state", "finding").Border(TableBorder.Minimal);
        int same = 0, readBack = 0;
        await foreach (var outcome in client.Outcomes.ListAsync(new OutcomeFilter(), cancellation))
        {
            readBack++;
            var entity = $"service:{outcome.Attributes.ServiceName}";
            var name = rules.GetValueOrDefault(outcome.Relationships?.Rule?.Data?.Id ?? "", "?");
            var match = evaluated.FirstOrDefault(pair => pair.Key.Entity == entity && pair.Value.Rule == name).Value;
            if (match is not null && Report.Name(match.State) == outcome.Attributes.State?.Value)
                same++;
            table.AddRow(entity.EscapeMarkup(), name.EscapeMarkup(), outcome.Attributes.State?.Value ?? "?", LinkIn(outcome.Attributes.Remarks).EscapeMarkup());
        }

        AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
        return (same, readBack);
    }

    static string LinkIn(string? remarks) => remarks is null ? "" : Regex.Match(remarks, "href=\"([^\"]+)\"", RegexOptions.CultureInvariant).Groups[1].Value;
}
