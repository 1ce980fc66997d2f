using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>The classes that a service hands to <c>MapGrpcService</c>: one that is written code first has no generated base class to be known by.</summary>
sealed class MappedGrpcServices
{
    static readonly MentionedName Map = new("MapGrpcService");

    readonly Lazy<HashSet<ISymbol>> classes;

    public MappedGrpcServices(Compilation compilation, CancellationToken cancellation)
    {
        var owner = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.GrpcEndpointRouteBuilderExtensions");
        classes = new Lazy<HashSet<ISymbol>>(() => owner is null ? new(SymbolEqualityComparer.Default) : Find(owner, new SemanticModels(compilation), cancellation));
    }

    public bool Contains(INamedTypeSymbol type) => classes.Value.Contains(type);

    static HashSet<ISymbol> Find(INamedTypeSymbol owner, SemanticModels models, CancellationToken cancellation)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in models.Compilation.SyntaxTrees)
        {
            foreach (var site in TreeMentions.Of(tree).Sites(Map, cancellation))
            {
                if (CalledMethod.ConstructedAt(site, models.Of(tree), cancellation) is { TypeArguments.Length: 1 } method && method.TypeArguments[0].TypeKind == TypeKind.Class
                    && SymbolEqualityComparer.Default.Equals(method.ContainingType, owner))
                    found.Add(method.TypeArguments[0].OriginalDefinition);
            }
        }
        return found;
    }
}
