namespace ScorecardBuildTasks.Tasks;

/// <summary>The text of a global analyzer config below the SDK's own level, so that every setting of the user's wins.</summary>
static class GlobalConfig
{
    public static string Of(IEnumerable<string> lines) => string.Concat(((string[])["is_global = true", "global_level = -101", .. lines]).Select(line => $"{line}\n"));

    /// <summary>Whether a package's id may be a value: other signs begin a comment or another line.</summary>
    public static bool CanHold(string id) => id.All(sign => char.IsLetterOrDigit(sign) || sign is '.' or '-' or '_');

    public static IEnumerable<string> Severities(IEnumerable<string> ids, string severity) => ids.Select(id => $"dotnet_diagnostic.{id}.severity = {severity}");
}
