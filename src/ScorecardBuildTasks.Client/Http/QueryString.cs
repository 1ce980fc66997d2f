using System.Globalization;

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

    public string ForPage(string sizeName, int size, int offset) => Format(
        [.. parameters, (sizeName, size.ToString(CultureInfo.InvariantCulture)), ("page[offset]", offset.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>With the question mark; empty where there is no parameter.</summary>
    public override string ToString() => Format(parameters);

    static string Format(List<(string Name, string Value)> parameters)
    {
        var pairs = parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}");
        return parameters.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }
}
