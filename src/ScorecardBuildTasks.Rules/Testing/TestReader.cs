using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>
/// Tells what the syntax of a test means. In the test project's own compilation that is bound; in the service's the tests are syntax only, and what names and usings
/// cannot tell is unknown.
/// </summary>
abstract class TestReader
{
    /// <summary>The attribute of a test framework that an attribute is or derives from; null for any other.</summary>
    public abstract TestAttribute? AttributeOf(AttributeSyntax attribute);

    /// <summary>What calling a method, or handing it on, does for the test.</summary>
    /// <param name="call">An invocation, or the expression of an argument that may be a method group.</param>
    public abstract CallMeaning MeaningOf(SyntaxNode call);

    /// <summary>The methods that run after each test of a method's class, its base classes included.</summary>
    public abstract IEnumerable<SyntaxNode> TearDownsOf(MethodDeclarationSyntax test);

    /// <summary>The text of a constant expression; null where it is not known.</summary>
    public abstract string? TextOf(ExpressionSyntax expression);

    public bool IsTest(MethodDeclarationSyntax method) => AttributesOf(method).Any(a => a.Known.IsTest);

    public IEnumerable<(AttributeSyntax Syntax, TestAttribute Known)> AttributesOf(MemberDeclarationSyntax member)
    {
        foreach (var list in member.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (AttributeOf(attribute) is { } known)
                    yield return (attribute, known);
            }
        }
    }

    /// <summary>The task of <c>source.Task.WaitAsync(timeout)</c>: a test that waits for it fails when the signal does not come. Null for any other call.</summary>
    protected static ExpressionSyntax? SignalOf(SyntaxNode call) =>
        call is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitAsync", Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Task" } signal } } ? signal : null;

    /// <summary>The delegate that a test is given and calls: what it does stands in the data of each case. Null for any other call.</summary>
    protected string? GivenDelegate(SyntaxNode call) =>
        (call as InvocationExpressionSyntax)?.Expression switch
        {
            IdentifierNameSyntax name => name,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke", Expression: IdentifierNameSyntax name } => name,
            MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression as IdentifierNameSyntax,
            _ => null,
        } is { Identifier.ValueText: var given }
        && call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && method.ParameterList.Parameters.Any(p => p.Identifier.ValueText == given) && IsTest(method) ? given : null;

    /// <summary>The declarations of types and their members; bodies are not entered.</summary>
    public static IEnumerable<MemberDeclarationSyntax> MembersOf(SyntaxNode root) =>
        root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<MemberDeclarationSyntax>();
}

/// <summary>What a call does for the test that makes it: it asserts, it does not, it does what its bodies do, or it cannot be looked into.</summary>
readonly struct CallMeaning
{
    public static readonly CallMeaning Nothing = default;
    public static readonly CallMeaning Assertion = new() { Asserts = true };

    public bool Asserts { get; private init; }

    /// <summary>Declarations that the call may run.</summary>
    public IReadOnlyList<SyntaxNode>? Bodies { get; private init; }

    /// <summary>The name of what cannot be looked into.</summary>
    public string? Unknown { get; private init; }

    public static CallMeaning Runs(IReadOnlyList<SyntaxNode> bodies) => new() { Bodies = bodies };

    public static CallMeaning CannotBeSeen(string name) => new() { Unknown = name };
}
