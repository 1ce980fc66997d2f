namespace ScorecardBuildTasks.Evaluation;

/// <summary>Tells the sources that a tool wrote: what it suppresses there is no decision of anybody's.</summary>
static class GeneratedSource
{
    /// <param name="lines">Null where it is not on disk, as what a source generator adds.</param>
    public static bool Is(string file, string root, Func<string, IReadOnlyList<string>?> lines) =>
        !OwnFile.Is(file, root) || lines(file) is not { } source || HasMark(source);

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
