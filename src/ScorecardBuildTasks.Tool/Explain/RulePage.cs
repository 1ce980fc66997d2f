using ScorecardBuildTasks.Tool.Rules;

namespace ScorecardBuildTasks.Tool.Explain;

/// <summary>The page of one of our rules, or of one of a build's messages, as the tool carries it.</summary>
/// <param name="Id">The diagnostic id.</param>
/// <param name="Name">The rule's name in the source; empty for a message.</param>
/// <param name="Title">What holds when the rule passes, its name on the scorecard; empty for a message.</param>
/// <param name="Text">Markdown.</param>
sealed record RulePage(string Id, string Name, string Title, string Text)
{
    const string Prefix = "pages/";
    const int Suggestions = 3;

    static readonly int IdLength = "SCORE0000".Length;
    static readonly Dictionary<string, string> Titles = Catalogue.Read().ToDictionary(rule => rule.Id, rule => rule.Title, StringComparer.Ordinal);

    public static IReadOnlyList<RulePage> All { get; } =
    [
        .. typeof(RulePage).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <param name="text">Id, name, both in one, or title, in any case.</param>
    /// <exception cref="ToolException">There is no such rule; the message names the nearest.</exception>
    public static RulePage Find(string text) =>
        All.FirstOrDefault(page => page.Terms.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
        ?? throw new ToolException($"there is no rule '{text}'; the nearest are {string.Join(", ", Nearest(text).Select(page => page.Name.Length == 0 ? page.Id : $"{page.Id} {page.Name}"))}");

    IEnumerable<string> Terms => [Id, Id + Name, .. new[] { Name, Title }.Where(term => term.Length > 0)];

    static IEnumerable<RulePage> Nearest(string text) =>
        All.OrderBy(page => page.Terms.Min(term => Distance(term.ToUpperInvariant(), text.Trim().ToUpperInvariant()))).ThenBy(page => page.Id, StringComparer.Ordinal).Take(Suggestions);

    static RulePage Read(string resource)
    {
        using var reader = new StreamReader(typeof(RulePage).Assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var stem = Path.GetFileNameWithoutExtension(resource);
        return new RulePage(stem[..IdLength], stem[IdLength..], Titles.GetValueOrDefault(stem[..IdLength], ""), text);
    }

    /// <summary>How many characters have to be put in, taken out or changed to make one text of the other.</summary>
    static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
