using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Matches names against what was registered the way OpenTelemetry does: ignoring case, <c>*</c> for any text and <c>?</c> for one character.</summary>
static class SourcePattern
{
    public static bool Matches(string registered, string name) =>
        registered.Contains("*") || registered.Contains("?")
            ? Regex.IsMatch(name, "^(?:" + Regex.Escape(registered).Replace("\\*", ".*").Replace("\\?", ".") + ")$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
            : string.Equals(registered, name, StringComparison.OrdinalIgnoreCase);
}
