using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Tasks;

/// <summary>
/// The files by which the nodes of a build know of each other, in a folder that is this user's alone: the system's folder for temporary files may be everybody's, and whoever
/// may write into this one could have a build empty any file that its user may write.
/// </summary>
static partial class PublishingFolder
{
    const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <returns>A file of that name; null where the folder cannot be made, or where something else has its name: a link, or what is another user's.</returns>
    public static string? PathOf(string name)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"scorecard-publishing-{Environment.UserName}");
        try
        {
            return Make(folder) ? Path.Combine(folder, name) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Forgets what builds of other days have left beside the file.</summary>
    public static void Tidy(string path)
    {
        foreach (var old in Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Where(file => OwnName().IsMatch(Path.GetFileName(file))))
        {
            try
            {
                if (File.GetLastWriteTimeUtc(old) < DateTime.UtcNow - Kept)
                    File.Delete(old);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It stays for whoever can delete it; no build is held up by what another one left.
            }
        }
    }

    static bool Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(folder).LinkTarget is null;
        Directory.CreateDirectory(folder, OwnersOnly);
        var entry = EntryOf(folder);
        if (entry.EntryType != TarEntryType.Directory || (uint)entry.Uid != EffectiveUser())
            return false;
        if (entry.Mode != OwnersOnly)
            File.SetUnixFileMode(folder, OwnersOnly);
        return true;
    }

    /// <summary>What an archive would hold of the folder: nothing else in .NET tells whose one is. It follows no link.</summary>
    static TarEntry EntryOf(string folder)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
            writer.WriteEntry(folder, entryName: "folder");
        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()!;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    /// <summary>The key of a build, and that of a message that it has given.</summary>
    [GeneratedRegex(@"^[0-9a-f]{32}(\.SCORE[0-9]{4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();
}
