namespace ScorecardBuildTasks.Catalog;

/// <summary>A path or glob below the repository's root, as CODEOWNERS and a catalog's code locations have it: <c>/src/</c>, <c>docs/*</c>, <c>**/logs</c>, <c>*.cs</c>.</summary>
sealed class PathPattern
{
    readonly string[] segments;

    /// <param name="isAnchored">A pattern with a slash inside starts at the root, as gitignore has it; otherwise every pattern without a leading slash matches at any depth.</param>
    public PathPattern(string pattern, bool isAnchored = true)
    {
        var parts = pattern.Split('/').ToList();
        if (parts[0].Length == 0)
            parts.RemoveAt(0);
        else if (!isAnchored || parts.Count == 1 || (parts.Count == 2 && parts[1].Length == 0))
            parts.Insert(0, "**");
        if (parts.Count == 0)
            parts.Add("**");
        // A folder's line covers everything below it, except that `docs/*` means the files directly in it.
        if (parts[parts.Count - 1].Length == 0)
            parts[parts.Count - 1] = "**";
        segments = parts.ToArray();
    }

    /// <summary>The segments of a path relative to the root. One that ends in <c>/</c> is a folder: it stands for a file in it whose name no pattern asks for.</summary>
    public static string[] SegmentsOf(string path)
    {
        path = path.Replace('\\', '/').TrimStart('/');
        return (path.Length == 0 || path[path.Length - 1] == '/' ? path + '\0' : path).Split('/');
    }

    public bool Matches(string[] path) => Matches(path, 0, 0);

    bool Matches(string[] path, int at, int next)
    {
        if (next == segments.Length)
            return at == path.Length || segments[next - 1] != "*";
        if (segments[next] == "**")
        {
            // A trailing `**` covers what is inside, so it takes at least one segment.
            for (var skip = next == segments.Length - 1 ? at + 1 : at; skip <= path.Length; skip++)
            {
                if (Matches(path, skip, next + 1))
                    return true;
            }
            return false;
        }
        return at < path.Length && MatchesSegment(path[at], segments[next]) && Matches(path, at + 1, next + 1);
    }

    static bool MatchesSegment(string segment, string glob)
    {
        // Where the last `*` stood and how much it has swallowed, to widen it when what follows does not fit.
        var (s, g, star, swallowed) = (0, 0, -1, 0);
        while (s < segment.Length)
        {
            if (g < glob.Length && glob[g] == '*')
                (star, swallowed, g) = (g, s, g + 1);
            else if (g < glob.Length && (glob[g] == segment[s] || glob[g] == '?'))
                (s, g) = (s + 1, g + 1);
            else if (star >= 0)
                (g, s, swallowed) = (star + 1, swallowed + 1, swallowed + 1);
            else
                return false;
        }
        while (g < glob.Length && glob[g] == '*')
            g++;
        return g == glob.Length;
    }
}
