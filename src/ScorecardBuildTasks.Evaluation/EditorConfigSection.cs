using System.IO.Enumeration;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>A section of an <c>.editorconfig</c>, as far as its header tells that it means other files.</summary>
/// <param name="Folder">Of the file that it stands in.</param>
/// <param name="Header">Without its brackets; null for the lines above the first section.</param>
readonly record struct EditorConfigSection(string Folder, string? Header)
{
    /// <summary>Whether it may mean one of these files of a folder.</summary>
    /// <param name="folder">Absolute; the files lie in it or below.</param>
    /// <param name="names">Of the files; none where it may be any.</param>
    public bool MayMean(string folder, IReadOnlyList<string> names)
    {
        if (Header is null)
            return true;
        var segments = Header.Split('/');
        var above = segments.SkipLast(1).TakeWhile(segment => !segment.AsSpan().ContainsAny("*?{["));
        var meant = Path.GetFullPath(Path.Combine(Folder, string.Join('/', above).TrimStart('/')));
        return (IsBelow(folder, meant) || IsBelow(meant, folder)) && (names.Count == 0 || names.Any(name => MayMean(segments[^1], name)));
    }

    /// <summary>A choice or a class of signs may mean any name.</summary>
    static bool MayMean(string pattern, string name) => pattern.AsSpan().ContainsAny("{}[]") || FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    /// <summary>Or the same.</summary>
    public static bool IsBelow(string path, string folder) => $"{path.Replace('\\', '/').TrimEnd('/')}/".StartsWith($"{folder.Replace('\\', '/').TrimEnd('/')}/", StringComparison.Ordinal);
}
