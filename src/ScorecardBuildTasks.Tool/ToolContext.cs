namespace ScorecardBuildTasks.Tool;

/// <summary>What a command sees of the world around it, so that a test can be that world.</summary>
/// <param name="Output">The result and nothing else.</param>
/// <param name="Error">Talk: what is going on, what is wrong.</param>
/// <param name="Environment">The value of an environment variable, or null.</param>
/// <param name="Directory">The current folder, absolute.</param>
sealed record ToolContext(TextWriter Output, TextWriter Error, Func<string, string?> Environment, string Directory)
{
    public static ToolContext OfThisProcess =>
        new(Console.Out, Console.Error, System.Environment.GetEnvironmentVariable, System.Environment.CurrentDirectory);

    /// <summary>Says something beside the result.</summary>
    public void Tell(string line) => Error.WriteLine($"scorecard: {line}");

    public string FullPath(string path) => Path.GetFullPath(path, Directory);
}
