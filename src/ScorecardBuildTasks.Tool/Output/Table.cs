using System.Text;

namespace ScorecardBuildTasks.Tool.Output;

/// <summary>Rows under headings, as plain text for the eye and as Markdown for a page.</summary>
sealed class Table(params string[] headings)
{
    readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Columns side by side, at any width: a script can take a line apart, and no line ends in white space.</summary>
    public string Text()
    {
        var widths = headings.Select((heading, column) => rows.Select(row => row[column].Length).Prepend(heading.Length).Max()).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(headings))
            text.Append(string.Join("  ", row.Select((cell, column) => OneLine(cell).PadRight(widths[column]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    public string Markdown()
    {
        var text = new StringBuilder().Append("| ").AppendJoin(" | ", headings).Append(" |\n|").AppendJoin("|", headings.Select(_ => "---")).Append("|\n");
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
        return text.ToString();
    }

    static string OneLine(string cell) => cell.ReplaceLineEndings(" ");

    static string Escape(string cell) => OneLine(cell)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
