namespace ScorecardBuildTasks.Tests.Facts;

/// <summary>A folder with files, gone after the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("scorecard-").FullName;

    public TemporaryFolder With(string path, string text = "")
    {
        var file = this[path];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public string this[string path] => Path.Combine(Root, path);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
