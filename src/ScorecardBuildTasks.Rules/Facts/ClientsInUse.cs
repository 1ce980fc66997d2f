namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The clients that a service uses, and which of them lack something that each is asked for.</summary>
sealed class ClientsInUse(AssemblyFacts wired)
{
    public IReadOnlyList<ClientLibrary> InUse(Func<ClientLibrary, bool> isAsked) => ClientLibrary.All.Where(c => isAsked(c) && wired.Certain(AssemblyFact.Client).Any(f => f.Name == c.Name)).ToList();

    /// <summary>Those for which no fact of this kind is there, neither their own nor one that covers them.</summary>
    public IEnumerable<ClientLibrary> Without(IEnumerable<ClientLibrary> clients, string kind) =>
        clients.Where(c => !wired.Certain(kind).Any(f => f.Name == c.Name || Array.IndexOf(c.CoveredBy, f.Name) >= 0));

    /// <summary>Their names in quotes, for a message.</summary>
    public static string Titles(IReadOnlyList<ClientLibrary> clients)
    {
        var titles = clients.Select(c => $"'{c.Title}'").ToList();
        return titles.Count == 1 ? titles[0] : $"{string.Join(", ", titles.Take(titles.Count - 1))} and {titles[titles.Count - 1]}";
    }
}
