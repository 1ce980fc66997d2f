using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>The operations in the extract of the API's published OpenAPI document, whose indentation is regular enough to be read line by line.</summary>
static partial class OpenApiExtract
{
    public static IReadOnlyList<DocumentedOperation> Read()
    {
        var text = File.ReadAllText(SharedFolder.OpenApi!);
        var paths = text[text.IndexOf("\npaths:\n", StringComparison.Ordinal)..text.IndexOf("\ncomponents:\n", StringComparison.Ordinal)];
        return
        [
            .. from path in Sections(paths, Paths())
               from method in Sections(path.Body, Methods())
               select new DocumentedOperation(
                   OperationId().Match(method.Body).Groups[1].Value,
                   method.Name.ToUpperInvariant(),
                   path.Name,
                   [.. QueryParameters().Matches(method.Body).Select(match => match.Groups[1].Value), .. SharedParameters(method.Body)],
                   [.. Statuses().Matches(method.Body).Select(match => int.Parse(match.Groups[1].Value))],
                   [.. Scopes().Matches(method.Body).Select(match => match.Groups[1].Value)]),
        ];
    }

    static IEnumerable<string> SharedParameters(string body)
    {
        if (body.Contains("'#/components/parameters/PageSize'", StringComparison.Ordinal))
            yield return "page[size]";
        if (body.Contains("'#/components/parameters/PageOffset'", StringComparison.Ordinal))
            yield return "page[offset]";
    }

    static IEnumerable<(string Name, string Body)> Sections(string text, Regex heading)
    {
        var headings = heading.Matches(text);
        for (var i = 0; i < headings.Count; i++)
            yield return (headings[i].Groups[1].Value, text[headings[i].Index..(i + 1 < headings.Count ? headings[i + 1].Index : text.Length)]);
    }

    [GeneratedRegex(@"(?m)^  (/\S+):$")]
    private static partial Regex Paths();

    [GeneratedRegex(@"(?m)^    (get|post|put|delete):$")]
    private static partial Regex Methods();

    [GeneratedRegex(@"(?m)^      operationId: (\w+)$")]
    private static partial Regex OperationId();

    [GeneratedRegex(@"in: query\n +name: (\S+)")]
    private static partial Regex QueryParameters();

    [GeneratedRegex(@"(?m)^        '(\d+)':$")]
    private static partial Regex Statuses();

    [GeneratedRegex(@"(?m)^        - (\w+_(?:read|write))$")]
    private static partial Regex Scopes();
}

/// <summary>An operation as it is documented.</summary>
sealed record DocumentedOperation(
    string Id, string Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<int> Statuses, IReadOnlyList<string> Scopes);
