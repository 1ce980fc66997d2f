using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>A member of the compilation that wires something, itself or through what it calls.</summary>
sealed class WiringMember
{
    WiringMember(ISymbol symbol, bool isInitializer)
    {
        Symbol = symbol as IMethodSymbol;
        var isConstructor = isInitializer || Symbol?.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor;
        FullName = isInitializer ? ConstructorOf(symbol.ContainingType) : SymbolName.Of(symbol);
        SimpleName = isConstructor ? symbol.ContainingType.Name : symbol.Name;
        IsVisible = (isInitializer || Symbol is { MethodKind: MethodKind.Ordinary or MethodKind.Constructor }) && IsVisibleOutside(isInitializer ? symbol.ContainingType : symbol);
        // Everything else is reached by the runtime, a framework or reflection: constructors, overrides, hosted services, Startup classes.
        IsCalledByNameOnly = Symbol is { MethodKind: MethodKind.Ordinary, IsStatic: true } method && method.Name != WellKnownMemberNames.EntryPointMethodName
            && method.Name != WellKnownMemberNames.TopLevelStatementsEntryPointMethodName && method.GetAttributes().IsEmpty
            && !method.ContainingType.Name.StartsWith("Startup", StringComparison.Ordinal) && !Implemented().Any();
    }

    public IMethodSymbol? Symbol { get; }

    public string FullName { get; }

    /// <summary>The name that a call of it mentions; a constructor's is its type's.</summary>
    public string SimpleName { get; }

    public bool IsVisible { get; }

    public bool IsCalledByNameOnly { get; }

    /// <summary>Whether it is handed something to wire on, or is the program itself.</summary>
    public bool TakesBuilder => Symbol is { Name: WellKnownMemberNames.TopLevelStatementsEntryPointMethodName }
        || Symbol?.Parameters.Any(p => BuilderTypes.KindsFrom(SymbolName.Of(p.Type is ITypeParameterSymbol { ConstraintTypes: { Length: > 0 } bounds } ? bounds[0] : p.Type)).Length > 0) == true;

    public HashSet<AssemblyFact> Facts { get; } = [];

    public bool HasCallers { get; set; }

    /// <summary>The full name of a type's constructors, for which the compiler need not look into the type.</summary>
    public static string ConstructorOf(ITypeSymbol type) => $"{SymbolName.Of(type)}..ctor";

    /// <summary>The member that a call site stands in; null outside of any.</summary>
    public static WiringMember? Around(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var node in site.Ancestors())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field:
                    return Of(model.GetDeclaredSymbol(field, cancellation), isInitializer: true);
                case BaseMethodDeclarationSyntax method:
                    return Of(model.GetDeclaredSymbol(method, cancellation));
                case PropertyDeclarationSyntax property:
                    return Of(model.GetDeclaredSymbol(property, cancellation), isInitializer: property.Initializer is not null);
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit }:
                    return Of(model.GetDeclaredSymbol(unit, cancellation));
                case TypeDeclarationSyntax type:
                    return Of((model.GetDeclaredSymbol(type, cancellation) as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault());
            }
        }
        return null;
    }

    /// <summary>Whether a call bound to this method may run the member: itself, what it overrides, or the interface member that it implements.</summary>
    public bool IsRunBy(IMethodSymbol called)
    {
        if (SymbolName.Of(called) == FullName)
            return true;
        if (Symbol is null || called.Name != Symbol.Name)
            return false;
        for (var overridden = Symbol.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, called))
                return true;
        }
        return called.ContainingType.TypeKind == TypeKind.Interface && Implemented().Contains(SymbolName.Of(called));
    }

    /// <summary>The names under which it can be called from another assembly.</summary>
    public IEnumerable<string> VisibleNames()
    {
        if (IsVisible)
            yield return FullName;
        for (var overridden = Symbol?.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            yield return SymbolName.Of(overridden);
        foreach (var implemented in Implemented())
            yield return implemented;
    }

    IEnumerable<string> Implemented() =>
        Symbol is not { MethodKind: MethodKind.Ordinary }
            ? []
            : from type in Symbol.ContainingType.AllInterfaces
              from member in type.GetMembers(Symbol.Name)
              where SymbolEqualityComparer.Default.Equals(Symbol.ContainingType.FindImplementationForInterfaceMember(member), Symbol)
              select SymbolName.Of(member.OriginalDefinition);

    static WiringMember? Of(ISymbol? symbol, bool isInitializer = false) => symbol?.ContainingType is null ? null : new WiringMember(symbol, isInitializer);

    static bool IsVisibleOutside(ISymbol symbol)
    {
        for (var outer = symbol; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility == Accessibility.Private)
                return false;
        }
        return true;
    }
}
