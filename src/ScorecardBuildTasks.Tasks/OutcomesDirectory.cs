using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>A directory of <c>outcomes.json</c> files, written by several builds at once and read by the next step.</summary>
public static class OutcomesDirectory
{
    public const string OutcomesFileName = "outcomes.json";
    public const string SummaryFileName = "summary.md";
    const int Attempts = 200;

    /// <summary>Every outcomes document below the directory.</summary>
    /// <exception cref="InvalidDataException">A file is no outcomes document; the message names it.</exception>
    public static IReadOnlyList<OutcomesDocument> Read(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, OutcomesFileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(OutcomesDocument.Read),
    ];

    /// <summary>One document for each entity: projects that name the same one are merged, as far as they are of its newest commit.</summary>
    /// <param name="leftOut">Told a line for each project whose outcomes are of another commit.</param>
    /// <exception cref="InvalidDataException">A file is no outcomes document; the message names it.</exception>
    public static IReadOnlyList<OutcomesDocument> ReadEntities(string directory, Action<string> leftOut)
    {
        var entities = new List<OutcomesDocument>();
        foreach (var subject in Read(directory).GroupBy(document => document.Subject).OrderBy(group => group.Key.Reference, StringComparer.Ordinal).ThenBy(group => group.Key.IsGuess))
        {
            var newest = NewestCommit.Of([.. subject]);
            entities.Add(OutcomesDocument.Merge(newest.Documents));
            foreach (var line in newest.LeftOut)
                leftOut(line);
        }

        return entities;
    }

    /// <summary>What a project came to, merged with the other projects of the same entity and commit, so that none overwrites what another has published.</summary>
    public static OutcomesDocument MergedWithOthers(OutcomesDocument own, string directory) =>
        OutcomesDocument.Merge([own, .. OthersOf(own, directory)]);

    /// <summary>The outcomes of the other projects of the same entity and commit, as far as they are there.</summary>
    public static IEnumerable<OutcomesDocument> OthersOf(OutcomesDocument own, string directory) =>
        Read(directory).Where(other => other.Project != own.Project && other.Subject == own.Subject && other.Revision.Sha == own.Revision.Sha);

    /// <summary>Projects of one solution are built side by side: the last one to come must see what the others wrote, so they take turns.</summary>
    public static void WriteSummary(string directory)
    {
        using var turn = TakeTurn(Path.Combine(directory, ".summary.lock"));
        var leftOut = new List<string>();
        var entities = ReadEntities(directory, leftOut.Add);
        File.WriteAllText(Path.Combine(directory, SummaryFileName), Report.Markdown(entities, leftOut));
    }

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
