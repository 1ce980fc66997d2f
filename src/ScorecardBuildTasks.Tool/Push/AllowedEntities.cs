using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tool.Push;

/// <summary>The entities that a job may speak for, so that one repository's build cannot write another's outcomes.</summary>
sealed class AllowedEntities
{
    readonly string path;
    readonly HashSet<string> references;

    AllowedEntities(string path, HashSet<string> references)
    {
        this.path = path;
        this.references = references;
    }

    public static AllowedEntities Read(string path)
    {
        if (!File.Exists(path))
            throw new ToolException($"{path}: there is no such file; --allow-entities names one with an entity reference a line");
        var lines = File.ReadLines(path).Select(line => line.Split('#', 2)[0].Trim()).Where(line => line.Length > 0);
        return new AllowedEntities(path, lines.ToHashSet(StringComparer.Ordinal));
    }

    /// <exception cref="ToolException">Some are not allowed.</exception>
    public void Check(IEnumerable<OutcomesDocument> documents)
    {
        var others = documents.Select(document => document.Entity.Reference).Where(reference => !references.Contains(reference)).ToArray();
        if (others.Length > 0)
            throw new ToolException($"{path} does not allow {string.Join(", ", others)}, so nothing is sent; add {(others.Length == 1 ? "it" : "them")} there, or take the outcomes out");
    }
}
