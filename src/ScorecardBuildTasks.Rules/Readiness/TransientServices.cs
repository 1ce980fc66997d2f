using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>The classes that the container is told in this project to make anew, for each request at least, and who takes them. Read when a rule first asks.</summary>
sealed class TransientServices(Compilation compilation)
{
    static readonly MentionedName[] Registrations = [new("AddTransient"), new("AddScoped"), new("TryAddTransient"), new("TryAddScoped"), new("AddHttpClient")];

    readonly Lazy<List<(ITypeSymbol Service, ITypeSymbol Class)>> registered = new(() => Read(compilation));

    /// <summary>What a class is registered as; nothing for one that is made once.</summary>
    public IEnumerable<ITypeSymbol> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return registered.Value.Where(r => SymbolEqualityComparer.Default.Equals(r.Class.OriginalDefinition, type.OriginalDefinition)).Select(r => r.Service);
    }

    /// <summary>The parameters of this type, in constructors, methods and lambdas of the project.</summary>
    public IEnumerable<(ParameterSyntax Parameter, SemanticModel Model)> Parameters(ITypeSymbol service, CancellationToken cancellation)
    {
        var name = new MentionedName(service.Name);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var token in WrittenTokens.In(tree, name, cancellation))
            {
                if (token.Parent?.FirstAncestorOrSelf<ParameterSyntax>() is not { Type: { } type } parameter || !type.Span.Contains(token.Span))
                    continue;
                var model = compilation.GetSemanticModel(tree);
                if (model.GetTypeInfo(type, cancellation).Type is { } taken && (SymbolEqualityComparer.Default.Equals(taken, service) || (IsOpen(service) && SymbolEqualityComparer.Default.Equals(taken.OriginalDefinition, service.OriginalDefinition))))
                    yield return (parameter, model);
            }
        }
    }

    static bool IsOpen(ITypeSymbol type) => type is INamedTypeSymbol { IsUnboundGenericType: true };

    static List<(ITypeSymbol Service, ITypeSymbol Class)> Read(Compilation compilation)
    {
        var found = new List<(ITypeSymbol, ITypeSymbol)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var name in Registrations)
            {
                foreach (var call in TreeMentions.Of(tree).Sites(name, CancellationToken.None).OfType<InvocationExpressionSyntax>())
                {
                    var model = compilation.GetSemanticModel(tree);
                    if (CalledMethod.ConstructedAt(call, model, CancellationToken.None) is { } method && SymbolName.Of(method.ContainingType).StartsWith("Microsoft.Extensions.DependencyInjection.", StringComparison.Ordinal))
                        found.AddRange(Registered(call, method, model));
                }
            }
        }
        return found;
    }

    /// <summary><c>&lt;IPrices, Prices&gt;()</c>, <c>&lt;Prices&gt;()</c>, <c>(typeof(IPrices), typeof(Prices))</c>, or with a factory whatever that creates.</summary>
    static IEnumerable<(ITypeSymbol Service, ITypeSymbol Class)> Registered(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model)
    {
        var types = method.TypeArguments.Concat(call.ArgumentList.Arguments.Select(a => a.Expression).OfType<TypeOfExpressionSyntax>().Select(t => model.GetTypeInfo(t.Type).Type).OfType<ITypeSymbol>()).ToList();
        if (types.Count == 0)
            yield break;
        var created = call.ArgumentList.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Select(c => model.GetTypeInfo(c).Type).OfType<ITypeSymbol>();
        foreach (var type in created.Concat([types[types.Count - 1]]))
            yield return (types[0], type);
    }
}
