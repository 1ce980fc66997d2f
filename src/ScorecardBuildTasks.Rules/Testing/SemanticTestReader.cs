using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Reads tests in their own compilation, where every name is bound.</summary>
sealed class SemanticTestReader(Compilation compilation, CancellationToken cancellation) : TestReader
{
    readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = [];

    public override TestAttribute? AttributeOf(AttributeSyntax attribute)
    {
        var bound = ModelOf(attribute).GetSymbolInfo(attribute, cancellation);
        var own = (bound.Symbol ?? bound.CandidateSymbols.FirstOrDefault())?.ContainingType;
        for (var type = own; type is not null; type = type.BaseType)
        {
            if (TestAttribute.InFramework(type.ContainingNamespace?.ToDisplayString() ?? "", type.Name) is { } known)
                return known with { IsDerived = !SymbolEqualityComparer.Default.Equals(type, own) };
        }
        return null;
    }

    public override CallMeaning MeaningOf(SyntaxNode call)
    {
        var method = CalledMethod.At(call, ModelOf(call), cancellation);
        if (method is null)
            return call is InvocationExpressionSyntax invocation ? UnboundMeaning(invocation) : CallMeaning.Nothing;
        if (method.MethodKind is MethodKind.DelegateInvoke && GivenDelegate(call) is { } given)
            return CallMeaning.CannotBeSeen(given);
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction)
            return CallMeaning.Nothing;
        if (WaitsForSignal(method, call))
            return CallMeaning.Assertion;
        if (BodiesOf(method) is { Count: > 0 } bodies)
            return CallMeaning.Runs(bodies);
        var assembly = method.ContainingAssembly;
        if (assembly is null)
            return CallMeaning.Nothing;
        if (AssertionName.Asserts(method.ContainingType.Name, method.Name))
            return AssertionAssembly.MayAssert(assembly) || method.Name == "EnsureSuccessStatusCode" ? CallMeaning.Assertion : CallMeaning.Nothing;
        return !AssertionAssembly.IsForTests(assembly) ? CallMeaning.Nothing : AssertionName.Ensures(method.Name) ? CallMeaning.Assertion : CallMeaning.CannotBeSeen(method.Name);
    }

    bool WaitsForSignal(IMethodSymbol method, SyntaxNode call) =>
        method.Name == "WaitAsync" && SymbolName.Of(method.ContainingType) == "System.Threading.Tasks.Task" && SignalOf(call) is { } signal
        && ModelOf(call).GetSymbolInfo(signal, cancellation).Symbol?.ContainingType is { } source && SymbolName.Of(source) == "System.Threading.Tasks.TaskCompletionSource";

    public override IEnumerable<SyntaxNode> TearDownsOf(MethodDeclarationSyntax test)
    {
        for (var type = ModelOf(test).GetDeclaredSymbol(test, cancellation)?.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(m => m.Name is "Dispose" or "DisposeAsync" || m.GetAttributes().Any(IsTearDown)))
            {
                foreach (var body in BodiesOf(method))
                    yield return body;
            }
        }
    }

    public override string? TextOf(ExpressionSyntax expression) => ModelOf(expression).GetConstantValue(expression, cancellation) is { HasValue: true, Value: var value } ? value as string ?? "" : null;

    static bool IsTearDown(AttributeData attribute) =>
        attribute.AttributeClass is { } type && TestAttribute.InFramework(type.ContainingNamespace?.ToDisplayString() ?? "", type.Name) is { IsTearDown: true };

    /// <summary>Code that does not compile yet, or is bound when it runs.</summary>
    static CallMeaning UnboundMeaning(InvocationExpressionSyntax call) => TreeMentions.SimpleName(call.Expression) switch
    {
        null or "nameof" => CallMeaning.Nothing,
        var name when AssertionName.Asserts((call.Expression as MemberAccessExpressionSyntax)?.Expression is { } receiver ? TreeMentions.SimpleName(receiver) : null, name) => CallMeaning.Assertion,
        var name => CallMeaning.CannotBeSeen(name),
    };

    /// <summary>The method's own bodies in this compilation, or those of the methods that may stand for it.</summary>
    IReadOnlyList<SyntaxNode> BodiesOf(IMethodSymbol method)
    {
        if (!compilation.Declares(method))
            return [];
        var own = Declarations(method.PartialImplementationPart ?? method).ToList();
        if (!method.IsAbstract && !method.IsVirtual)
            return own;
        return [.. own, .. compilation.GetSymbolsWithName(method.Name, SymbolFilter.Member, cancellation).OfType<IMethodSymbol>().Where(m => !m.IsAbstract).SelectMany(Declarations)];
    }

    IEnumerable<SyntaxNode> Declarations(IMethodSymbol method) => compilation.DeclarationsOf(method, cancellation);

    SemanticModel ModelOf(SyntaxNode node) => models.GetOrAdd(node.SyntaxTree, tree => compilation.GetSemanticModel(tree));
}
