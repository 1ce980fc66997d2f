using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Tasks.Analyzers;

namespace ScorecardBuildTasks.Tests.Tasks;

public sealed class SuggestedRulesTests
{
    [Fact]
    public void RulesThatSuggestAreReadFromTheirDescriptions() => Assert.Equal(
        ["XT0001", "XT0002", "XT0003"],
        SuggestedRules.In(typeof(Rules).Assembly.Location).Where(id => id.StartsWith("XT", StringComparison.Ordinal)));

    [Fact]
    public void AssemblyWithoutRulesHasNone() => Assert.Empty(SuggestedRules.In(typeof(object).Assembly.Location));

    [Fact]
    public void FileThatIsNoAssemblyIsToldAsSuch()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "no assembly");
        Assert.Throws<BadImageFormatException>(() => SuggestedRules.In(file));
        File.Delete(file);
    }

#pragma warning disable RS1017, RS1033, RS2008 // authors of analyzers write whatever they write
    /// <summary>Descriptions as analyzers write them; they are read and never run.</summary>
    static class Rules
    {
        public static readonly DiagnosticDescriptor Suggests = new("XT0001", "a title", "a {0}", "Usage", DiagnosticSeverity.Info, isEnabledByDefault: true, "why", "https://example.com/XT9999");

        public static readonly DiagnosticDescriptor SuggestsByTheAuthorsOwnMethod = Describe(new object(), "XT0002", DiagnosticSeverity.Info);

        public static readonly DiagnosticDescriptor IsDescribedByOneThatIsComputed = Describe(new object(), "XT0003", DiagnosticSeverity.Info, title: string.Concat("a", Environment.NewLine));

        public static readonly DiagnosticDescriptor Warns = new("XT0004", "a", "b", "c", DiagnosticSeverity.Warning, true);

        public static readonly DiagnosticDescriptor IsHidden = new("XT0005", "a", "b", "c", DiagnosticSeverity.Hidden, true);

        public static readonly DiagnosticDescriptor IsOff = new("XT0006", "a", "b", "c", DiagnosticSeverity.Info, false);

        public static readonly DiagnosticDescriptor MayWarn = new("XT0007", "a", "b", "c", Environment.Is64BitProcess ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, true);

        public static readonly DiagnosticDescriptor SuggestsHere = new("XT0008", "a", "b", "c", DiagnosticSeverity.Info, true);

        public static readonly DiagnosticDescriptor AndWarnsThere = new("XT0008", "a", "b", "c", DiagnosticSeverity.Warning, true);

        public static readonly DiagnosticDescriptor HasNoConstantName = new($"XT{Environment.ProcessorCount}", "a", "b", "c", DiagnosticSeverity.Info, true);

        static DiagnosticDescriptor Describe(object _, string id, DiagnosticSeverity severity, bool enabled = true, string title = "a") => new(id, title, "b", "c", severity, enabled);
    }
}
