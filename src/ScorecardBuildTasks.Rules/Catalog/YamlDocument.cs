namespace ScorecardBuildTasks.Catalog;

/// <summary>One of the documents that <c>---</c> separates in a YAML file.</summary>
sealed class YamlDocument(YamlNode root, int line)
{
    public YamlNode Root { get; } = root;

    /// <summary>The line of its first content.</summary>
    public int Line { get; } = line;
}

/// <summary>What is wrong in a text file, and where; line and column count from 1.</summary>
sealed class TextError(int line, int column, string message, bool isBeyondReader = false)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Message { get; } = message;

    /// <summary>The text may be right, and only of a part of its language that the reader does not know.</summary>
    public bool IsBeyondReader { get; } = isBeyondReader;

    public override string ToString() => $"({Line},{Column}): {Message}";
}
