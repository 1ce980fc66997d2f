namespace ScorecardBuildTasks.Catalog;

/// <summary>A CODEOWNERS file: who owns a path. GitHub's patterns and precedence; GitLab's sections are understood, each giving its own owners.</summary>
sealed class CodeOwners
{
    readonly List<List<Line>> sections;

    CodeOwners(List<List<Line>> sections) => this.sections = sections;

    public static CodeOwners Parse(string text)
    {
        var sections = new List<List<Line>> { new() };
        IReadOnlyList<string> defaults = [];
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            var words = Words(line);
            if (words.Count == 0)
                continue;
            if (SectionDefaults(line) is { } owners)
            {
                sections.Add([]);
                defaults = owners;
            }
            else if (!IsUnsupported(words[0]))
            {
                sections[sections.Count - 1].Add(new Line(words[0], words.Count > 1 ? words.Skip(1).ToList() : defaults));
            }
        }
        return new CodeOwners(sections);
    }

    /// <summary>
    /// The owners of a path relative to the repository's root, with <c>/</c>. Within a section the last matching line decides, even when it names nobody.
    /// A path that ends in <c>/</c> is a folder: it belongs to whom a new file in it would, as long as no line asks for that file's name.
    /// </summary>
    public IReadOnlyList<string> OwnersOf(string repoRelativePath)
    {
        var path = repoRelativePath.Replace('\\', '/').TrimStart('/');
        if (path.Length == 0 || path[path.Length - 1] == '/')
            path += '\0';
        var segments = path.Split('/');
        var owners = new List<string>();
        foreach (var section in sections)
        {
            var line = section.FindLast(l => l.Matches(segments));
            owners.AddRange((line?.Owners ?? []).Where(o => !owners.Contains(o)).ToList());
        }
        return owners;
    }

    /// <summary>GitHub skips such lines: no negation, no character ranges, no escaped hash.</summary>
    static bool IsUnsupported(string pattern) => pattern[0] == '!' || pattern.Contains("[") || pattern.StartsWith("\\#", StringComparison.Ordinal);

    /// <summary>The default owners of a GitLab section header (<c>^[Name][2] @owner</c>); null when the line is none.</summary>
    static IReadOnlyList<string>? SectionDefaults(string line)
    {
        var text = line.Trim();
        var open = text[0] == '^' ? 1 : 0;
        var close = text.IndexOf(']');
        if (open >= text.Length || text[open] != '[' || close < 0)
            return null;
        if (close + 1 < text.Length && text[close + 1] == '[')
            close = text.IndexOf(']', close + 1);
        return close < 0 ? null : Words(text.Substring(close + 1));
    }

    static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = "";
        for (var i = 0; i <= line.Length; i++)
        {
            var c = i < line.Length ? line[i] : ' ';
            if (c == '#' && word.Length == 0)
                break;
            if (c == '\\' && i + 1 < line.Length && line[i + 1] == ' ')
            {
                word += ' ';
                i++;
            }
            else if (!char.IsWhiteSpace(c))
            {
                word += c;
            }
            else if (word.Length > 0)
            {
                words.Add(word);
                word = "";
            }
        }
        return words;
    }

    sealed class Line
    {
        readonly string[] pattern;

        public Line(string pattern, IReadOnlyList<string> owners)
        {
            Owners = owners;
            var segments = pattern.Split('/').ToList();
            if (segments[0].Length == 0)
                segments.RemoveAt(0);
            else if (segments.Count == 1 || (segments.Count == 2 && segments[1].Length == 0))
                segments.Insert(0, "**");
            if (segments.Count == 0)
                segments.Add("**");
            // A folder's line covers everything below it, except that `docs/*` means the files directly in it.
            if (segments[segments.Count - 1].Length == 0)
                segments[segments.Count - 1] = "**";
            this.pattern = segments.ToArray();
        }

        public IReadOnlyList<string> Owners { get; }

        public bool Matches(string[] path) => Matches(path, 0, 0);

        bool Matches(string[] path, int at, int next)
        {
            if (next == pattern.Length)
                return at == path.Length || pattern[next - 1] != "*";
            if (pattern[next] == "**")
            {
                // A trailing `**` covers what is inside, so it takes at least one segment.
                for (var skip = next == pattern.Length - 1 ? at + 1 : at; skip <= path.Length; skip++)
                {
                    if (Matches(path, skip, next + 1))
                        return true;
                }
                return false;
            }
            return at < path.Length && MatchesSegment(path[at], pattern[next]) && Matches(path, at + 1, next + 1);
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
}
