using System.Text;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The environment that a Dockerfile gives the service: what the last stage and the stages it is built on set.</summary>
sealed class Dockerfile
{
    static readonly Regex Assignment = new("""(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>"(?:\\.|[^"])*"|'[^']*'|(?:\\.|\S)*)""", RegexOptions.CultureInvariant);

    /// <summary>How the variables begin that agents outside of the code are set up with.</summary>
    static readonly string[] AgentVariables = ["CORECLR_PROFILER", "CORECLR_ENABLE_PROFILING", "OTEL_DOTNET_AUTO_", "DOTNET_STARTUP_HOOKS", "DD_", "NEW_RELIC_", "NEWRELIC_", "ELASTIC_APM_"];

    /// <summary>Of them those that OpenTelemetry's agent is set up with, and no other agent alone.</summary>
    static readonly string[] OpenTelemetryVariables = ["OTEL_DOTNET_AUTO_", "CORECLR_PROFILER", "CORECLR_ENABLE_PROFILING", "DOTNET_STARTUP_HOOKS"];

    static readonly string[] AgentLaunchers = ["dd-trace", "instrument.sh"];

    readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);
    string start = "";

    /// <summary>The value that the service finds in its environment; null when the file sets none.</summary>
    public string? this[string variable] => environment.TryGetValue(variable, out var value) ? value : null;

    /// <summary>The variable or program that puts an agent beside the code; null when there is none.</summary>
    public string? Agent => Agents.FirstOrDefault() ?? Array.Find(AgentLaunchers, start.Contains);

    IEnumerable<string> Agents => environment.Where(v => v.Value is not ("" or "0" or "false")).Select(v => v.Key).OrderBy(v => v, StringComparer.Ordinal)
        .Where(v => Array.Exists(AgentVariables, a => v.StartsWith(a, StringComparison.Ordinal)));

    /// <summary>Whether the only agent is OpenTelemetry's and all that it listens to beside its instrumentations is what the variable lists. A plugin may add anything, and another variable stand in the list.</summary>
    public bool ListsAllIn(string variable) =>
        this[variable] is { Length: > 0 } list && !list.Contains("$") && !start.Contains("dd-trace")
        && Agents.All(v => v != "OTEL_DOTNET_AUTO_PLUGINS" && Array.Exists(OpenTelemetryVariables, a => v.StartsWith(a, StringComparison.Ordinal)));

    public static Dockerfile Parse(string text)
    {
        var stages = new Dictionary<string, Dockerfile>(StringComparer.OrdinalIgnoreCase);
        var stage = new Dockerfile();
        foreach (var (instruction, arguments) in Instructions(text))
        {
            switch (instruction)
            {
                case "FROM":
                    var words = arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(w => !w.StartsWith("--", StringComparison.Ordinal)).ToList();
                    stage = new Dockerfile();
                    if (words.Count > 0 && stages.TryGetValue(words[0], out var parent))
                        stage.BuildOn(parent);
                    if (words.Count == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase))
                        stages[words[2]] = stage;
                    break;
                case "ENV":
                    stage.Set(arguments);
                    break;
                case "ENTRYPOINT" or "CMD":
                    stage.start += arguments;
                    break;
            }
        }
        return stage;
    }

    void BuildOn(Dockerfile parent)
    {
        foreach (var variable in parent.environment)
            environment[variable.Key] = variable.Value;
        start = parent.start;
    }

    void Set(string assignments)
    {
        var name = assignments.Split([' ', '\t'], 2)[0];
        if (!name.Contains("="))
            environment[name] = assignments.Substring(name.Length).Trim().Trim('"', '\'');
        else
            foreach (Match assignment in Assignment.Matches(assignments))
                environment[assignment.Groups["name"].Value] = assignment.Groups["value"].Value.Trim('"', '\'');
    }

    /// <summary>Instructions with their lines joined, without comments.</summary>
    static IEnumerable<(string Instruction, string Arguments)> Instructions(string text)
    {
        var instruction = new StringBuilder();
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("#", StringComparison.Ordinal))
                continue;
            var goesOn = line.EndsWith("\\", StringComparison.Ordinal);
            instruction.Append(goesOn ? line.Substring(0, line.Length - 1) + " " : line);
            if (goesOn)
                continue;
            var whole = instruction.ToString().Trim();
            instruction.Clear();
            var word = whole.Split([' ', '\t'], 2);
            if (word.Length == 2)
                yield return (word[0].ToUpperInvariant(), word[1].Trim());
        }
    }
}
