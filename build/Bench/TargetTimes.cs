using System.Globalization;
using Microsoft.Build.Framework;

namespace Build.Bench;

/// <summary>Writes down how long each target of each project took in a build, and which tasks it ran. MSBuild loads it from this assembly; its own summary knows sums only.</summary>
public sealed class TargetTimes : ILogger
{
    readonly Dictionary<(int Project, int Target), (string Name, DateTime Since)> started = [];
    readonly List<string> lines = [];

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Normal;

    /// <summary>The file to write.</summary>
    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource)
    {
        eventSource.TargetStarted += (_, e) => started[Key(e)] = (e.TargetName, e.Timestamp);
        eventSource.TargetFinished += (_, e) =>
        {
            if (started.Remove(Key(e), out var target))
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"target|{e.ProjectFile}|{e.TargetName}|{(e.Timestamp - target.Since).TotalMilliseconds}"));
        };
        eventSource.TaskStarted += (_, e) => lines.Add($"task|{e.ProjectFile}|{started.GetValueOrDefault(Key(e)).Name} {e.TaskName}|0");
    }

    public void Shutdown() => File.WriteAllLines(Parameters!, lines);

    static (int, int) Key(BuildEventArgs e) => (e.BuildEventContext!.ProjectContextId, e.BuildEventContext.TargetId);
}

/// <summary>What <see cref="TargetTimes"/> wrote. Apart from it, because the bench itself runs without MSBuild.</summary>
static class TargetTimesFile
{
    /// <summary>The argument by which MSBuild writes its targets and tasks to a file.</summary>
    public static string To(string file) => $"-logger:{typeof(TargetTimesFile).Namespace}.{nameof(TargetTimes)},{typeof(TargetTimesFile).Assembly.Location};{file}";

    /// <returns>Targets with their milliseconds, and tasks behind their targets' names with none, in the order in which they ended.</returns>
    public static IReadOnlyList<Entry> Read(string file) =>
        [.. File.ReadAllLines(file).Select(line => line.Split('|')).Select(part => new Entry(part[0] == "task", part[1], part[2], double.Parse(part[3], CultureInfo.InvariantCulture)))];

    public sealed record Entry(bool IsTask, string Project, string Name, double Milliseconds);
}
