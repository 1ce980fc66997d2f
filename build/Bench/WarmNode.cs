using System.Globalization;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>One MSBuild process that runs a task of ours again and again; its own clock is read before and after each call, so that its start does not count, and a call in which the machine did something else is one of many.</summary>
static class WarmNode
{
    /// <param name="attributes">Of the task; <c>$(Call)</c> is another for each call.</param>
    /// <returns>Milliseconds of each call, of which the first ones are cold.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(string folder, string assembly, string task, string attributes, int calls)
    {
        var project = Path.Combine(folder, $"{task}.proj");
        var steps = Enumerable.Range(0, calls).Select(call => $"""
                <PropertyGroup><Call>{call}</Call></PropertyGroup>
                <PropertyGroup><Start>$([System.DateTime]::UtcNow.Ticks)</Start></PropertyGroup>
                <{task} {attributes} />
                <PropertyGroup><End>$([System.DateTime]::UtcNow.Ticks)</End></PropertyGroup>
                <Message Importance="high" Text="call {call}: $([MSBuild]::Subtract($(End), $(Start)))" />
            """);
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <UsingTask TaskName="ScorecardBuildTasks.Tasks.{task}" AssemblyFile="{assembly}" />
              <Target Name="Run">
            {string.Concat(steps)}
              </Target>
            </Project>
            """);
        var output = await Shell.RunAsync(folder, null, "dotnet", "msbuild", project, "-nologo", "-tl:off");
        var ticks = Regex.Matches(output, @"call \d+: (?<ticks>\S+)", RegexOptions.CultureInvariant).Select(match => double.Parse(match.Groups["ticks"].Value, CultureInfo.InvariantCulture)).ToList();
        return ticks.Count == calls && !output.Contains("warning", StringComparison.Ordinal)
            ? [.. ticks.Select(call => call / TimeSpan.TicksPerMillisecond)]
            : throw new CommandFailedException($"{task} did not run {calls} times:\n{output[..Math.Min(output.Length, 2000)]}");
    }
}
