using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Types that a rule asks for, resolved once in a compilation, when the first question comes; those that it does not reference are left out.</summary>
/// <param name="names">As metadata has them: <c>MediatR.IRequestHandler`2</c>.</param>
sealed class KnownTypes(Compilation compilation, IReadOnlyList<string> names)
{
    readonly Lazy<HashSet<ISymbol>> types = new(() => new HashSet<ISymbol>(names.SelectMany(name => compilation.GetTypesByMetadataName(name)), SymbolEqualityComparer.Default));

    public bool Contains(ITypeSymbol? type) => type is not null && types.Value.Contains(type.OriginalDefinition);

    /// <summary>Whether a type is one of them or derives from one.</summary>
    public bool ContainsBaseOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Contains(type))
                return true;
        }
        return false;
    }

    /// <summary>Whether a type is one of them, derives from one or implements one.</summary>
    public bool ContainsAncestorOf(ITypeSymbol type) => ContainsBaseOf(type) || type.AllInterfaces.Any(Contains);
}
