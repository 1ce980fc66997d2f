using System.Globalization;
using System.Text;

namespace ScorecardBuildTasks.Client.Http;

/// <summary>Query parameters in the order they were added; those without a value are left out.</summary>
sealed class QueryString
{
    readonly List<(string Name, string Value)> parameters = [];

    public QueryString Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            parameters.Add((name, value));
        return this;
    }

    public QueryString Add(string name, bool? value) => Add(name, value switch { null => null, true => "true", false => "false" });

    public QueryString Add(string name, IEnumerable<string>? values) => Add(name, values is null ? null : string.Join(',', values));

    public string ForPage(string sizeName, int size, int offset)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
            Append(name, value);
        Append(sizeName, size.ToString(CultureInfo.InvariantCulture));
        Append("page[offset]", offset.ToString(CultureInfo.InvariantCulture));
        return text.ToString();

        void Append(string name, string value) =>
            text.Append(text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
    }
}
