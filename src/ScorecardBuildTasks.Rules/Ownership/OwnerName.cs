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

    /// <summary>Words that say that a name is a team's, or which of its people are meant, not which team it is.</summary>
    static readonly HashSet<string> Ordinary = new(StringComparer.Ordinal)
    {
        "admins", "approvers", "codeowners", "crew", "dev", "developers", "devs", "eng", "engineering", "engineers", "group", "maintainers", "owners", "reviewers", "squad", "team", "teams", "tribe",
    };

    public static bool IsTeam(string? owner) => !IsPlaceholder(owner);

    /// <summary>What stands for a name, a contact or an address that is still to come.</summary>
    public static bool IsPlaceholder(string? owner)
    {
        var name = (owner ?? "").Trim().TrimStart('@').Trim();
        if (name.StartsWith("<", StringComparison.Ordinal) || name.StartsWith("{{", StringComparison.Ordinal) || name.StartsWith("$(", StringComparison.Ordinal))
            return true;
        var firstWord = name.Split(' ', ':', '.', '!')[0];
        return Nobody.Contains(name) || Nobody.Contains(name.Replace(' ', '-').Replace('_', '-'))
            || (firstWord.Length < name.Length && firstWord.ToLowerInvariant() is "todo" or "tbd" or "fixme");
    }

    /// <summary>The same team, though each source writes it in its own way: <c>payments</c>, <c>Payments Team</c>, <c>@acme/team-payments</c>.</summary>
    public static bool AreSame(string one, string other) => string.Equals(KeyOf(one), KeyOf(other), StringComparison.Ordinal);

    static string KeyOf(string owner)
    {
        var name = owner.Trim().TrimStart('@');
        // The organisation or groups above a team, the kind and namespace of an entity, the domain of an address.
        name = name.Substring(name.LastIndexOfAny(['/', ':']) + 1);
        name = name.IndexOf('@') is > 0 and var at ? name.Substring(0, at) : name;
        var words = Words(name).ToList();
        var own = words.FindAll(w => !Ordinary.Contains(w));
        return string.Concat(own.Count > 0 ? own : words);
    }

    /// <summary>In lower case; a capital after a small letter starts a word as a hyphen does.</summary>
    static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            if (!ends && !(i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
                continue;
            if (i > start)
                yield return name.Substring(start, i - start).ToLowerInvariant();
            start = ends ? i + 1 : i;
        }
    }
}
