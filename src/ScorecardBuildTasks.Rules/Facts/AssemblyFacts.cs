using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The facts in the attributes of the assembly being compiled, written there by the generator or by hand.</summary>
sealed class AssemblyFacts
{
    static readonly ConditionalWeakTable<Compilation, AssemblyFacts> Cache = new();

    readonly IReadOnlyList<AssemblyFact> facts;

    AssemblyFacts(Compilation compilation)
    {
        // Binding attributes takes an editor's whole time for a keystroke; nearly all are literals that the file alone tells.
        var written = compilation.SyntaxTrees.Select(WrittenMetadata.In).Where(w => w.Attributes.Count > 0 || !w.IsComplete).ToList();
        if (written.Exists(w => !w.IsComplete))
            written = [Bound(compilation)];
        Attributes = [.. written.SelectMany(w => w.Attributes)];
        facts = [.. written.SelectMany(w => w.Facts)];
    }

    /// <summary>All of the assembly's metadata attributes.</summary>
    public IReadOnlyList<(string Key, string Value)> Attributes { get; }

    public static AssemblyFacts Of(Compilation compilation) => Cache.GetValue(compilation, static c => new AssemblyFacts(c));

    public IEnumerable<AssemblyFact> Certain(string kind) => facts.Where(f => f.IsCertain && f.Kind == kind);

    public bool Has(string kind) => Certain(kind).Any();

    /// <summary>A called method that may bring this and cannot be looked into; null when there is none.</summary>
    public string? MaybeVia(string kind) => facts.FirstOrDefault(f => !f.IsCertain && f.Kind == kind)?.Via;

    static WrittenMetadata Bound(Compilation compilation) => new(
    [
        .. compilation.Assembly.GetAttributes()
            .Where(a => a.AttributeClass?.Name == "AssemblyMetadataAttribute" && a.ConstructorArguments.Length == 2)
            .Select(a => (a.ConstructorArguments[0].Value as string ?? "", a.ConstructorArguments[1].Value as string ?? "")),
    ]);
}
