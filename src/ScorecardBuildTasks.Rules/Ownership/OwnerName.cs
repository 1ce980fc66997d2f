namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>Tells the name of a team from what people write where they do not know it yet.</summary>
static class OwnerName
{
    /// <summary>What the fix writes where no owner is known; it names nobody, so that the rule still fails.</summary>
    public const string Placeholder = "TODO";

    static readonly HashSet<string> Nobody = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "todo", "tbd", "tba", "tbc", "fixme", "unknown", "unknown-team", "unowned", "no-owner", "noowner", "nobody", "none", "null", "nil", "n/a", "na", "?", "??", "???", "-", "x", "xx", "xxx",
        "placeholder", "changeme", "change-me", "replaceme", "replace-me", "owner", "team", "team-name", "teamname", "your-team", "yourteam", "your-team-name", "your-team-here", "example",
        "example-team", "undefined", "unassigned", "default",
    };

    public static bool IsTeam(string? owner)
    {
        var name = (owner ?? "").Trim().TrimStart('@').Trim();
        if (name.StartsWith("<", StringComparison.Ordinal) || name.StartsWith("{{", StringComparison.Ordinal) || name.StartsWith("$(", StringComparison.Ordinal))
            return false;
        var firstWord = name.Split(' ', ':', '.', '!')[0];
        return !Nobody.Contains(name) && !Nobody.Contains(name.Replace(' ', '-').Replace('_', '-'))
            && !(firstWord.Length < name.Length && firstWord.ToLowerInvariant() is "todo" or "tbd" or "fixme");
    }
}
