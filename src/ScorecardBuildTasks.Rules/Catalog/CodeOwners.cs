namespace ScorecardBuildTasks.Catalog;

/// <summary>
/// A CODEOWNERS file: who owns a path. GitHub's patterns and precedence; in a file of GitLab's (its folder, or any section in it) those of GitLab, whose sections
/// each give their own owners.
/// </summary>
sealed class CodeOwners
{
    readonly IReadOnlyList<Section> sections;

    CodeOwners(IReadOnlyList<Section> sections) => this.sections = sections;

    public static CodeOwners Parse(string text, bool isGitLab = false)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        isGitLab |= Array.Exists(lines, line => HeaderOf(line) is not null);
        var section = new Section("");
        var sections = new List<Section> { section };
        IReadOnlyList<string> defaults = [];
        for (var i = 0; i < lines.Length; i++)
        {
            if (isGitLab && HeaderOf(lines[i]) is { } header)
            {
                // Sections of one name are one section, wherever they stand.
                section = sections.Find(s => string.Equals(s.Name, header.Name, StringComparison.OrdinalIgnoreCase)) ?? new Section(header.Name);
                if (!sections.Contains(section))
                    sections.Add(section);
                defaults = Words(header.After, isGitLab).Where(IsOwner).ToList();
            }
            else if (Words(lines[i], isGitLab) is { Count: > 0 } words)
            {
                Add(words, i + 1);
            }
        }
        return new CodeOwners(sections);

        void Add(List<string> words, int number)
        {
            var (pattern, owners) = (words[0], words.Skip(1).ToList());
            if (pattern == "!")
                return;
            if (isGitLab && pattern[0] == '!')
                section.Excluded.Add(new PathPattern(pattern.Substring(1), isAnchored: false));
            else if (isGitLab)
                section.Lines.Add(new CodeOwnersLine(number, pattern, owners.Count == 0 ? defaults : owners.Where(IsOwner).ToList(), isAnchored: false));
            else if (!IsUnsupported(pattern) && owners.TrueForAll(IsOwner))
                section.Lines.Add(new CodeOwnersLine(number, pattern, owners, isAnchored: true));
        }
    }

    /// <summary>
    /// The lines that decide who owns a path relative to the repository's root, one per section: the last that matches, even when it names nobody.
    /// A path that ends in <c>/</c> is a folder: it belongs to whom a new file in it would, as long as no line asks for that file's name.
    /// </summary>
    public IReadOnlyList<CodeOwnersLine> LinesFor(string repoRelativePath)
    {
        var path = PathPattern.SegmentsOf(repoRelativePath);
        return sections.Where(s => !s.Excluded.Exists(e => e.Matches(path))).Select(s => s.Lines.FindLast(l => l.Matches(path))).OfType<CodeOwnersLine>().ToList();
    }

    /// <summary>The owners of a path or folder, as <see cref="LinesFor"/> has it.</summary>
    public IReadOnlyList<string> OwnersOf(string repoRelativePath) => LinesFor(repoRelativePath).SelectMany(l => l.Owners).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>GitHub skips such lines: no negation, no character ranges, no escaped hash. It also skips a line with an owner that is none.</summary>
    static bool IsUnsupported(string pattern) => pattern[0] is '!' or '#' || pattern.Contains("[");

    /// <summary><c>@user</c>, <c>@org/team</c>, a role of GitLab's (<c>@@maintainer</c>) or an address.</summary>
    static bool IsOwner(string word) => word.IndexOf('@') is >= 0 and var at && at < word.Length - 1;

    /// <summary>The name of the GitLab section that a line starts (<c>^[Name][2] @owner</c>) and what follows it; null when it starts none.</summary>
    static (string Name, string After)? HeaderOf(string line)
    {
        var text = line.Trim();
        var open = text.StartsWith("^", StringComparison.Ordinal) ? 1 : 0;
        var close = text.IndexOf(']');
        if (open >= text.Length || text[open] != '[' || close <= open + 1)
            return null;
        var end = close + 1 < text.Length && text[close + 1] == '[' ? text.IndexOf(']', close + 1) : close;
        // `[a-z]*.cs @owner` is a pattern with a range, which is nobody's section.
        if (end < 0 || (end + 1 < text.Length && !char.IsWhiteSpace(text[end + 1])))
            return null;
        return (text.Substring(open + 1, close - open - 1), text.Substring(end + 1));
    }

    /// <summary>What whitespace separates. A hash starts a comment, inside a line on GitHub only; a backslash takes the meaning from a space or a hash.</summary>
    static List<string> Words(string line, bool isGitLab)
    {
        var words = new List<string>();
        var word = "";
        for (var i = 0; i <= line.Length; i++)
        {
            var c = i < line.Length ? line[i] : ' ';
            if (c == '#' && word.Length == 0 && (words.Count == 0 || !isGitLab))
                break;
            if (c == '\\' && i + 1 < line.Length && line[i + 1] is ' ' or '#')
            {
                word += line[++i];
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

    sealed class Section(string name)
    {
        public string Name { get; } = name;

        public List<CodeOwnersLine> Lines { get; } = [];

        /// <summary>What no line of the section owns, whatever their order.</summary>
        public List<PathPattern> Excluded { get; } = [];
    }
}

/// <summary>A pattern of a CODEOWNERS file with its owners.</summary>
sealed class CodeOwnersLine(int number, string pattern, IReadOnlyList<string> owners, bool isAnchored)
{
    readonly PathPattern compiled = new(pattern, isAnchored);

    /// <summary>Counts from 1.</summary>
    public int Number { get; } = number;

    public string Pattern { get; } = pattern;

    public IReadOnlyList<string> Owners { get; } = owners;

    public bool Matches(string[] path) => compiled.Matches(path);
}
