namespace Build.Bench;

/// <summary>Makes a folder a repository of its own, so that it is not taken for a part of this one.</summary>
static class GitRepository
{
    public static async Task CommitAsync(string folder)
    {
        await Shell.RunAsync(folder, null, "git", "init", "-q", "-b", "main");
        await Shell.RunAsync(folder, null, "git", "add", "-A");
        await Shell.RunAsync(folder, null, "git", "-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "A service");
    }
}
