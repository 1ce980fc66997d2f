using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ScorecardBuildTasks.Tasks;

/// <summary>
/// One service's turn to publish. However many services a build has, and on however many nodes, they publish one after another, have one time together, and after the
/// first failure none of them waits for the same again.
/// </summary>
/// <remarks>
/// The nodes of a build share nothing but the disk: a file named after the build holds what it has taken so far and has learned of the API's rules, and is locked for the length of a turn.
/// Where there can be none each node goes by its own memory, side by side with the others, so that the time is kept all the same.
/// </remarks>
sealed class PublishingTurn : IDisposable
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    static readonly ConcurrentDictionary<string, string> OfThisNode = new(StringComparer.Ordinal);

    readonly string build;
    readonly FileStream? file;
    readonly TimeSpan taken;
    readonly Stopwatch watch = Stopwatch.StartNew();

    PublishingTurn(string build, FileStream? file, TimeSpan whole)
    {
        this.build = build;
        this.file = file;
        using (TextReader reader = file is null ? new StringReader(OfThisNode.GetValueOrDefault(build, "")) : new StreamReader(file, leaveOpen: true))
        {
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

    /// <summary>Waits until no other service of the build publishes.</summary>
    /// <param name="build">A name that all nodes of this build know and no other build has; empty where the build has none.</param>
    /// <param name="whole">The time for all publishing of the build.</param>
    /// <returns>Null when another service has had its turn all the while.</returns>
    /// <exception cref="OperationCanceledException"/>
    public static PublishingTurn? Take(string build, TimeSpan whole, CancellationToken cancellation)
    {
        if (build.Length == 0 || PublishingFolder.PathOf(build) is not { } path)
            return new PublishingTurn(build, null, whole);
        if (!File.Exists(path))
            PublishingFolder.Tidy(path);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < whole; cancellation.WaitHandle.WaitOne(Poll))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new PublishingTurn(build, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), whole);
            }
            catch (IOException) when (File.Exists(path))
            {
                // It is another node's turn.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new PublishingTurn(build, null, whole);
            }
        }

        return null;
    }

    /// <summary>Whether no other service of the build has said it, as far as that can be known.</summary>
    /// <param name="code">Of the message.</param>
    /// <param name="build">As in <see cref="Take"/>.</param>
    public static bool IsFirstToSay(string code, string build)
    {
        if (build.Length == 0)
            return true;
        var said = $"{build}.{code}";
        if (PublishingFolder.PathOf(said) is { } path)
        {
            try
            {
                new FileStream(path, FileMode.CreateNew).Dispose();
                return true;
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A disk that is full, say: what this node has said it knows without it.
            }
        }

        return OfThisNode.TryAdd(said, "");
    }

    public void Dispose()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(taken + watch.Elapsed).Ticks}\n{Failure?.ReplaceLineEndings(" ")}\n{Rules?.ToString()}\n");
        if (file is not null)
        {
            file.SetLength(0);
            using var writer = new StreamWriter(file);
            writer.Write(text);
        }
        else if (build.Length > 0)
        {
            OfThisNode[build] = text;
        }
    }
}
