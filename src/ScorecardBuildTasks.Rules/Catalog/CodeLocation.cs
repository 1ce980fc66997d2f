namespace ScorecardBuildTasks.Catalog;

/// <summary>Finds the documents of a catalog file that say that a project's code is theirs.</summary>
static class CodeLocation
{
    /// <summary>Those whose location spells out the most of the project's path: a service may live in a folder of another. Several where they spell out the same.</summary>
    /// <param name="project">The project file, relative to the repository's root.</param>
    public static List<CatalogDocument> NearestTo(string project, IEnumerable<CatalogDocument> documents)
    {
        var path = PathPattern.SegmentsOf(project);
        var nearest = new List<CatalogDocument>();
        var most = 0;
        foreach (var document in documents)
        {
            var spelledOut = document.CodeLocationPaths.Where(location => Covers(location, path)).Select(SpelledOut).DefaultIfEmpty(-1).Max();
            if (spelledOut < most)
                continue;
            if (spelledOut > most)
                nearest.Clear();
            most = spelledOut;
            nearest.Add(document);
        }

        return nearest;
    }

    /// <summary>A glob that matches a folder covers what lies in it.</summary>
    static bool Covers(string location, string[] path)
    {
        var pattern = new PathPattern(Rooted(location));
        return Enumerable.Range(1, path.Length).Any(length => pattern.Matches(path.Take(length).ToArray()));
    }

    /// <summary>As many letters as stand in a location that covers a path, stand in that path; a wildcard leaves the others open.</summary>
    static int SpelledOut(string location) => Rooted(location).Count(letter => letter is not ('/' or '*' or '?'));

    static string Rooted(string location) => "/" + (location == "." || location.StartsWith("./", StringComparison.Ordinal) ? location.Substring(1) : location).TrimStart('/');
}
