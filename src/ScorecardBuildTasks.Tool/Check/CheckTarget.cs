namespace ScorecardBuildTasks.Tool.Check;

/// <summary>Finds what is to be built at a path.</summary>
static class CheckTarget
{
    static readonly string[] Solutions = [".slnx", ".sln", ".slnf"];

    /// <returns>The solution's or project's file.</returns>
    /// <exception cref="ToolException">There is none, or more than one.</exception>
    public static string Find(string path)
    {
        if (File.Exists(path))
            return IsSolution(path) || IsProject(path) ? path : throw new ToolException($"{path} is neither a solution nor a project; name one, or the folder that has it");
        if (!Directory.Exists(path))
            throw new ToolException($"{path}: there is no such file or folder");

        var files = Directory.GetFiles(path).Order(StringComparer.Ordinal).ToArray();
        string[] found = [.. files.Where(file => IsWholeSolution(file))];
        if (found.Length == 0)
            found = [.. files.Where(IsProject)];
        return found switch
        {
            [var one] => one,
            [] => throw new ToolException($"{path} has neither a solution nor a project; name one"),
            _ => throw new ToolException($"{path} has {string.Join(", ", found.Select(Path.GetFileName))}; name one of them"),
        };
    }

    /// <summary>And no filter of one.</summary>
    public static bool IsWholeSolution(string file) => IsSolution(file) && Path.GetExtension(file) != ".slnf";

    static bool IsSolution(string file) => Solutions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    static bool IsProject(string file) => Path.GetExtension(file) is { Length: > 5 } extension && extension.EndsWith("proj", StringComparison.OrdinalIgnoreCase);
}
