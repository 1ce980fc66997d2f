using System.Text.Json;

namespace ScorecardBuildTasks.Tool.Rules;

/// <summary>Our own rules, as the tool carries them.</summary>
static class Catalogue
{
    public static IReadOnlyList<CatalogueEntry> Read()
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return JsonSerializer.Deserialize<CatalogueEntry[]>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One of our own rules.</summary>
/// <param name="Id">The diagnostic id.</param>
/// <param name="Title">The statement that holds when it passes: its name on the scorecard.</param>
/// <param name="HelpUri">The rule's page.</param>
sealed record CatalogueEntry(string Id, string Title, string Description, string Scorecard, int Level, string HelpUri);
