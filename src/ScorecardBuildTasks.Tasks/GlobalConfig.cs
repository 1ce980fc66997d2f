namespace ScorecardBuildTasks.Tasks;

/// <summary>The text of a global analyzer config below the SDK's own level, so that every setting of the user's wins.</summary>
static class GlobalConfig
{
    public static string Of(IEnumerable<string> lines) => string.Concat(((string[])["is_global = true", "global_level = -101", .. lines]).Select(line => $"{line}\n"));

    public static IEnumerable<string> Severities(IEnumerable<string> ids, string severity) => ids.Select(id => $"dotnet_diagnostic.{id}.severity = {severity}");
}
