using System.Globalization;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>One MSBuild process that runs a task of ours again and again; its own clock is read between rounds, so that neither its start nor the first rounds count.</summary>
static class WarmNode
{
    /// <param name="attributes">Of the task; <c>%(Call.Identity)</c> is another for each call of a round, <c>$(Round)</c> for each round.</param>
    /// <returns>Milliseconds of a call, one figure for each round.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(string folder, string assembly, string task, string attributes, int rounds, int calls, int warmUp)
    {
        var project = Path.Combine(folder, $"{task}.proj");
        var steps = Enumerable.Range(0, warmUp + rounds).Select(round => $"""
                <PropertyGroup><Round>{round}</Round></PropertyGroup>
                <PropertyGroup><Start>$([System.DateTime]::UtcNow.Ticks)</Start></PropertyGroup>
                <{task} {attributes} />
                <PropertyGroup><End>$([System.DateTime]::UtcNow.Ticks)</End></PropertyGroup>
                <Message Importance="high" Text="round {round}: $([MSBuild]::Subtract($(End), $(Start)))" />
            """);
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <UsingTask TaskName="ScorecardBuildTasks.Tasks.{task}" AssemblyFile="{assembly}" />
              <ItemGroup><Call Include="{string.Join(';', Enumerable.Range(0, calls))}" /></ItemGroup>
              <Target Name="Run">
            {string.Concat(steps)}
              </Target>
            </Project>
            """);
        var output = await Shell.RunAsync(folder, null, "dotnet", "msbuild", project, "-nologo", "-tl:off");
        var ticks = Regex.Matches(output, @"round \d+: (?<ticks>\S+)", RegexOptions.CultureInvariant).Select(match => double.Parse(match.Groups["ticks"].Value, CultureInfo.InvariantCulture)).ToList();
        return ticks.Count == warmUp + rounds && !output.Contains("warning", StringComparison.Ordinal)
            ? [.. ticks.Skip(warmUp).Select(round => round / TimeSpan.TicksPerMillisecond / calls)]
            : throw new CommandFailedException($"{task} did not run {warmUp + rounds} times:\n{output[..Math.Min(output.Length, 2000)]}");
    }
}
