using System.Diagnostics;
using System.Globalization;

namespace ScorecardBuildTasks.Tasks;

/// <summary>
/// One service's turn to publish. However many services a build has, and on however many nodes, they publish one after another, have one time together, and after the
/// first failure none of them waits for the same again.
/// </summary>
/// <remarks>The nodes of a build share nothing but the disk: a file named after the build holds what it has taken so far and has learned of the API's rules, and is locked for the length of a turn.</remarks>
sealed class PublishingTurn : IDisposable
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    readonly FileStream? file;
    readonly TimeSpan taken;
    readonly Stopwatch watch = Stopwatch.StartNew();

    PublishingTurn(FileStream? file, TimeSpan whole)
    {
        this.file = file;
        if (file is not null)
        {
            using var reader = new StreamReader(file, leaveOpen: true);
            if (long.TryParse(reader.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                taken = TimeSpan.FromTicks(ticks);
            Failure = reader.ReadLine() is { Length: > 0 } failure ? failure : null;
            Rules = RuleListing.Parse(reader.ReadLine());
        }

        Left = whole > taken ? whole - taken : TimeSpan.Zero;
    }

    /// <summary>Whether this is the build's first turn.</summary>
    public bool IsFirst => taken == TimeSpan.Zero;

    /// <summary>Why an earlier turn of this build failed.</summary>
    public string? Failure { get; set; }

    /// <summary>The rules as an earlier turn of this build listed them.</summary>
    public RuleListing? Rules { get; set; }

    /// <summary>What this turn may take.</summary>
    public TimeSpan Left { get; }

    /// <summary>One for each user, since the system's folder for temporary files may be everybody's, and nobody may delete what is another's there.</summary>
    static string Folder => Path.Combine(Path.GetTempPath(), $"scorecard-publishing-{Environment.UserName}");

    /// <summary>Waits until no other service of the build publishes.</summary>
    /// <param name="build">A name that all nodes of this build know and no other build has; empty where the build has none.</param>
    /// <param name="whole">The time for all publishing of the build.</param>
    /// <returns>Null when another service has had its turn all the while.</returns>
    /// <exception cref="OperationCanceledException"/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static PublishingTurn? Take(string build, TimeSpan whole, CancellationToken cancellation)
    {
        if (build.Length == 0)
            return new PublishingTurn(null, whole);
        var path = PathOf(build);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < whole; cancellation.WaitHandle.WaitOne(Poll))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new PublishingTurn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), whole);
            }
            catch (IOException) when (File.Exists(path))
            {
                // It is another node's turn.
            }
        }

        return null;
    }

    /// <summary>Whether no other service of the build has said it. Where that cannot be known it is rather said twice.</summary>
    /// <param name="code">Of the message.</param>
    /// <param name="build">As in <see cref="Take"/>.</param>
    public static bool IsFirstToSay(string code, string build)
    {
        if (build.Length == 0)
            return true;
        var path = "";
        try
        {
            path = $"{PathOf(build)}.{code}";
            new FileStream(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return !File.Exists(path);
        }
    }

    public void Dispose()
    {
        if (file is null)
            return;
        file.SetLength(0);
        using (var writer = new StreamWriter(file))
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{(taken + watch.Elapsed).Ticks}\n{Failure?.ReplaceLineEndings(" ")}\n{Rules?.ToString()}\n"));
    }

    /// <summary>A file in a folder that is there; the first to ask in a build tidies it.</summary>
    static string PathOf(string build)
    {
        var path = Path.Combine(Folder, build);
        if (File.Exists(path))
            return path;
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFileSystemEntries(Folder))
            Forget(old);
        return path;
    }

    static void Forget(string marker)
    {
        try
        {
            if (File.GetLastWriteTimeUtc(marker) < DateTime.UtcNow - Kept)
                File.Delete(marker);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays for whoever can delete it; no build is held up by what another one left.
        }
    }
}
