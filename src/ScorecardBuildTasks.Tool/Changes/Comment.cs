using System.Text;

namespace ScorecardBuildTasks.Tool.Changes;

/// <summary>What a change does to all entities, as Markdown that a comment on a pull request holds: those that it leaves as they are share a line, and what is too much is counted.</summary>
static class Comment
{
    /// <summary>GitHub refuses a comment of more than 65,536 characters, and whoever posts it may have something to add.</summary>
    public const int Limit = 60_000;

    const int RoomForTheCut = 200;
    const int NamesInALine = 100;

    public static string Of(IReadOnlyList<EntityChanges> entities, Before before)
    {
        var text = new StringBuilder($"# Scorecard, compared with {before.Name}\n");
        var end = Unchanged([.. entities.Where(entity => entity.IsNone)]) + Gone(EntityChanges.EntitiesGone(entities, before));
        var room = Limit - end.Length - RoomForTheCut;
        var (withoutTable, leftOut) = (0, 0);
        // What a change breaks is what it is commented for.
        foreach (var entity in entities.Where(entity => !entity.IsNone).OrderByDescending(entity => entity.MadeFail.Count > 0))
        {
            if (IsAppended(entity.Markdown()))
                continue;
            if (IsAppended(entity.Heading()))
                withoutTable++;
            else
                leftOut++;
        }

        if (withoutTable + leftOut > 0)
            text.Append($"\nToo much for a comment: the tables of {withoutTable} of these entities, and {leftOut} more that change. `scorecard report` without `--format markdown` has all.\n");
        return text.Append(end).ToString();

        bool IsAppended(string section)
        {
            var fits = text.Length + section.Length <= room;
            if (fits)
                text.Append(section);
            return fits;
        }
    }

    static string Unchanged(IReadOnlyList<EntityChanges> entities)
    {
        var failing = entities.Sum(entity => entity.StillFailing.Count);
        return Line("Nothing changes", entities.Select(entity => entity.Document.Entity.Reference), failing == 0 ? "" : $"; {failing} rule{(failing == 1 ? " fails" : "s fail")} there as before");
    }

    static string Gone(IReadOnlyList<string> entities) => Line("No longer there", entities, "");

    static string Line(string what, IEnumerable<string> names, string more)
    {
        string[] all = [.. names];
        return all.Length == 0 ? "" : $"\n{what}: {string.Join(", ", all.Take(NamesInALine))}{(all.Length > NamesInALine ? $" and {all.Length - NamesInALine} more" : "")}{more}\n";
    }
}
