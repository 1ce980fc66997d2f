namespace ScorecardBuildTasks.Evaluation;

/// <summary>Tells the sources that a tool wrote: what it suppresses there is no decision of anybody's.</summary>
static class GeneratedSource
{
    /// <summary>Wherever it lies: a file that is linked from elsewhere is somebody's too.</summary>
    /// <param name="folders">The repository's root and the projects' folders, of which the nearest tells what lies below <c>obj</c>.</param>
    /// <param name="lines">Null where it is not on disk, as what a source generator adds.</param>
    public static bool Is(string file, string[] folders, Func<string, IReadOnlyList<string>?> lines) =>
        OwnFile.IsCalledGenerated(file, folders) || lines(file) is not { } source || HasMark(source);

    /// <summary>In a comment before the first token, as the compiler looks for it.</summary>
    static bool HasMark(IReadOnlyList<string> source)
    {
        var inComment = false;
        foreach (var line in source.Select(line => line.Trim()))
        {
            var opens = line.StartsWith("/*", StringComparison.Ordinal);
            if (!inComment && !opens && line.Length > 0 && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal))
                return false;
            if (line.Length > 0 && line[0] != '#' && Array.Exists(OwnFile.GeneratedMarks, line.Contains))
                return true;
            inComment = (inComment || opens) && !line.Contains("*/", StringComparison.Ordinal);
        }

        return false;
    }
}
