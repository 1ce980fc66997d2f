namespace ScorecardBuildTasks.Tests.Api;

/// <summary>An empty database that goes away with the test.</summary>
sealed class TestDatabase : IAsyncDisposable
{
    public const string Sqlite = "SQLite";

    readonly DirectoryInfo folder;

    TestDatabase(DirectoryInfo folder) => this.folder = folder;

    public string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "scorecard.db")}";

    public static Task<TestDatabase> CreateAsync(string engine) => engine switch
    {
        Sqlite => Task.FromResult(new TestDatabase(Directory.CreateTempSubdirectory("scorecard-"))),
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "unknown"),
    };

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
