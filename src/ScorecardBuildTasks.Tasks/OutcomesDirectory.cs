using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>A directory of <c>outcomes.json</c> files, written by several builds at once and read by the next step.</summary>
public static class OutcomesDirectory
{
    public const string OutcomesFileName = "outcomes.json";
    public const string SummaryFileName = "summary.md";
    const int Attempts = 200;

    /// <summary>One document for each entity: projects that name the same one are merged, as far as they are of its newest commit.</summary>
    /// <param name="leftOut">Told a line for each project whose outcomes are of another commit.</param>
    /// <exception cref="InvalidDataException">A file is no outcomes document; the message names it.</exception>
    public static IReadOnlyList<OutcomesDocument> ReadEntities(string directory, Action<string> leftOut) =>
        Entities(Files(directory).Select(OutcomesDocument.Read), leftOut);

    /// <summary>What a project came to, merged with the other projects of the same entity and commit, so that none overwrites what another has published.</summary>
    /// <param name="unreadable">Told of each file that is no outcomes document: whoever left it, it is no reason to hold this project back.</param>
    public static OutcomesDocument MergedWithOthers(OutcomesDocument own, string directory, Action<string> unreadable) =>
        OutcomesDocument.Merge([own, .. OthersOf(own, directory, unreadable)]);

    /// <summary>The outcomes of the other projects of the same entity and commit, as far as they are there.</summary>
    /// <param name="unreadable">As in <see cref="MergedWithOthers"/>.</param>
    public static IEnumerable<OutcomesDocument> OthersOf(OutcomesDocument own, string directory, Action<string> unreadable) =>
        Readable(directory, unreadable).Where(other => other.Project != own.Project && other.Subject == own.Subject && other.Revision.Sha == own.Revision.Sha);

    /// <summary>Projects of one solution are built side by side: the last one to come must see what the others wrote, so they take turns.</summary>
    public static void WriteSummary(string directory)
    {
        using var turn = TakeTurn(Path.Combine(directory, ".summary.lock"));
        var leftOut = new List<string>();
        var entities = Entities(Readable(directory, leftOut.Add), leftOut.Add);
        File.WriteAllText(Path.Combine(directory, SummaryFileName), Report.Markdown(entities, leftOut));
    }

    static List<OutcomesDocument> Entities(IEnumerable<OutcomesDocument> documents, Action<string> leftOut)
    {
        var entities = new List<OutcomesDocument>();
        foreach (var subject in documents.GroupBy(document => document.Subject).OrderBy(group => group.Key.Reference, StringComparer.Ordinal).ThenBy(group => group.Key.IsGuess))
        {
            var newest = NewestCommit.Of([.. subject]);
            entities.Add(OutcomesDocument.Merge(newest.Documents));
            foreach (var line in newest.LeftOut)
                leftOut(line);
        }

        return entities;
    }

    static IEnumerable<OutcomesDocument> Readable(string directory, Action<string> unreadable)
    {
        foreach (var file in Files(directory))
        {
            OutcomesDocument document;
            try
            {
                document = OutcomesDocument.Read(file);
            }
            catch (InvalidDataException e)
            {
                unreadable($"{e.Message}. What it holds is left out");
                continue;
            }

            yield return document;
        }
    }

    static IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(directory, OutcomesFileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    internal static FileStream TakeTurn(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attempt < Attempts)
            {
                Thread.Sleep(5);
            }
        }
    }
}
