using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>Every rule of this assembly; a rule is found by being one, there is no list to forget it in.</summary>
static class AllRules
{
    static readonly Lazy<Rule[]> Instances = new(() =>
        [.. typeof(Rule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract).Select(t => (Rule)Activator.CreateInstance(t)).OrderBy(r => r.Descriptor.Id, StringComparer.Ordinal)]);

    public static IReadOnlyList<Rule> Analyzers => Instances.Value;

    public static IEnumerable<DiagnosticDescriptor> Descriptors => Analyzers.Select(r => r.Descriptor);
}
