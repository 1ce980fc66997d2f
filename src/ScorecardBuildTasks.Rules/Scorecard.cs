using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules;

/// <summary>A scorecard: its name and the folder whose rules it holds.</summary>
sealed class Scorecard(string name, string folder)
{
    const string Pages = "https://github.com/ScorecardBuildTasks/ScorecardBuildTasks/blob/main/src/ScorecardBuildTasks.Rules";
    const string LevelTag = "ScorecardLevel";
    const string AppliesToTag = "ScorecardAppliesTo:";
    const string WalksCodeTag = "ScorecardWalksCode";

    /// <summary>Describes the rule of a class, whose name is the rule's id and name: <c>SCORE1001OwnerIsNamed</c>.</summary>
    /// <param name="rule">The analyzer's class.</param>
    /// <param name="title">The statement that holds when the rule passes.</param>
    /// <param name="message">What is wrong here; what it costs is added.</param>
    public DiagnosticDescriptor Describe(Type rule, int level, AppliesTo appliesTo, string title, string message, string description) =>
        new(
            rule.Name.Substring(0, "SCORE0000".Length),
            title,
            $"{message} (blocks level {level} of '{name}')",
            name,
            level < 3 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            isEnabledByDefault: true,
            description,
            $"{Pages}/{folder}/{rule.Name}.md",
            Tags(LevelTag + level.ToString(CultureInfo.InvariantCulture), AppliesToTag + appliesTo.ToString().ToLowerInvariant(), WalksCode(rule)));

    static string[] Tags(string level, string appliesTo, bool walksCode) => walksCode ? [level, appliesTo, WalksCodeTag] : [level, appliesTo];

    /// <summary>Whether it looks at the service's own files and leaves out what is generated; a rule on tests reads those from elsewhere.</summary>
    static bool WalksCode(Type rule) => !typeof(EntryPointRule).IsAssignableFrom(rule) && !typeof(Testing.TestRule).IsAssignableFrom(rule);

    public static bool WalksCode(DiagnosticDescriptor rule) => rule.CustomTags.Contains(WalksCodeTag);

    public static int LevelOf(DiagnosticDescriptor rule) => int.Parse(Tag(rule, LevelTag), CultureInfo.InvariantCulture);

    public static AppliesTo AppliesToOf(DiagnosticDescriptor rule) => (AppliesTo)Enum.Parse(typeof(AppliesTo), Tag(rule, AppliesToTag), ignoreCase: true);

    static string Tag(DiagnosticDescriptor rule, string prefix) => rule.CustomTags.First(t => t.StartsWith(prefix, StringComparison.Ordinal)).Substring(prefix.Length);
}

/// <summary>The projects that a rule judges.</summary>
enum AppliesTo
{
    /// <summary>Every service project.</summary>
    Service,

    /// <summary>Services that map endpoints.</summary>
    Http,

    /// <summary>Services and the libraries that they reference.</summary>
    Code,

    /// <summary>Test projects, and the services that they test: there it counts.</summary>
    Test,
}
