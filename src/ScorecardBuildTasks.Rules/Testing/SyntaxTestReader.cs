using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Reads tests from their sources alone. A name stands for everything of that name in them, so what is missed is missed in favour of the test.</summary>
sealed class SyntaxTestReader(TestSourceIndex index) : TestReader
{
    public override TestAttribute? AttributeOf(AttributeSyntax attribute)
    {
        var name = TreeMentions.SimpleName(attribute.Name) ?? "";
        // An attribute of the tests' own is what its base is.
        var depth = 0;
        for (; depth < 8 && TypeOfAttribute(name) is { } type; depth++)
        {
            if (type.BaseList?.Types.FirstOrDefault() is not { } first || TreeMentions.SimpleName(first.Type) is not { } baseName)
                return null;
            name = baseName;
        }
        return TestAttribute.ByName(name) is { } known ? known with { Framework = index.FrameworkOf(attribute.SyntaxTree), IsDerived = known.IsDerived || depth > 0 } : null;
    }

    public override CallMeaning MeaningOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax when SignalOf(call) is not null => CallMeaning.Assertion,
        InvocationExpressionSyntax when GivenDelegate(call) is { } given => CallMeaning.CannotBeSeen(given),
        InvocationExpressionSyntax { Expression: var called } => MeaningOfCall(called),
        // A method group: of the others only what is declared here can be told from a value.
        IdentifierNameSyntax { Identifier.ValueText: var name } when index.MethodsOf(name) is { Count: > 0 } bodies => CallMeaning.Runs(bodies),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: IdentifierNameSyntax { Identifier.ValueText: var type } } when index.Types.ContainsKey(type) && index.MethodsOf(name) is { Count: > 0 } bodies => CallMeaning.Runs(bodies),
        _ => CallMeaning.Nothing,
    };

    CallMeaning MeaningOfCall(ExpressionSyntax called) => called switch
    {
        SimpleNameSyntax name => MeaningOfUnqualified(name),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax, Name: var name } => MeaningOfUnqualified(name),
        MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var name } => MeaningOfMember(TreeMentions.SimpleName(receiver), name, called),
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } => MeaningOfMember(null, name, called),
        _ => CallMeaning.Nothing,
    };

    CallMeaning MeaningOfMember(string? receiver, string name, SyntaxNode call)
    {
        receiver = receiver is null ? null : index.AliasedBy(receiver, call.SyntaxTree) ?? receiver;
        var bodies = index.MethodsOf(name);
        if (bodies.Count > 0 && receiver is not null && index.Types.ContainsKey(receiver))
            return CallMeaning.Runs(bodies);
        if (AssertionName.Asserts(receiver, name))
            return CallMeaning.Assertion;
        if (bodies.Count > 0)
            return CallMeaning.Runs(bodies);
        return index.UnseenTestNamespaceOf(call.SyntaxTree) is not { } space ? CallMeaning.Nothing
            : AssertionName.Ensures(name) ? CallMeaning.Assertion
            : CallMeaning.CannotBeSeen($"{name} (perhaps of {space})");
    }

    CallMeaning MeaningOfUnqualified(SimpleNameSyntax called)
    {
        var name = called.Identifier.ValueText;
        if (name == "nameof" || IsLocal(called, name))
            return CallMeaning.Nothing;
        var itself = called.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        var bodies = index.MethodsOf(name);
        if (bodies.Any(b => b != itself))
            return CallMeaning.Runs(bodies);
        if (AssertionName.Asserts(null, name) || index.UsesAssertionsStatically(called.SyntaxTree))
            return CallMeaning.Assertion;
        // A delegate in a field or property is nobody's method; a base class that is not here may have one.
        return char.IsUpper(name[0]) && called.Ancestors().OfType<TypeDeclarationSyntax>().Any(index.InheritsFromOutside) ? CallMeaning.CannotBeSeen(name) : CallMeaning.Nothing;
    }

    public override IEnumerable<SyntaxNode> TearDownsOf(MethodDeclarationSyntax test)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>();
        if (test.Parent is TypeDeclarationSyntax declaring)
            open.Push(declaring.Identifier.ValueText);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (!seen.Add(name) || !index.Types.TryGetValue(name, out var declarations))
                continue;
            foreach (var type in declarations)
            {
                foreach (var method in type.Members.OfType<MethodDeclarationSyntax>().Where(m => m.Identifier.ValueText is "Dispose" or "DisposeAsync" || AttributesOf(m).Any(a => a.Known.IsTearDown)))
                    yield return method;
                foreach (var inherited in type.BaseList?.Types ?? default)
                    open.Push(TreeMentions.SimpleName(inherited.Type) ?? "");
            }
        }
    }

    public override string? TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        LiteralExpressionSyntax { Token.Value: null } => "",
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: { Count: 1 } arguments } => TreeMentions.SimpleName(arguments[0].Expression),
        SimpleNameSyntax or MemberAccessExpressionSyntax when TreeMentions.SimpleName(expression) is { } name && index.ConstantOf(name) is { } constant => TextOf(constant),
        _ => null,
    };

    TypeDeclarationSyntax? TypeOfAttribute(string name) =>
        index.Types.TryGetValue(name, out var types) || index.Types.TryGetValue(name + "Attribute", out types) ? types[0] : null;

    static bool IsLocal(SimpleNameSyntax called, string name) =>
        called.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault(m => m is not GlobalStatementSyntax) is { } member
        && member.DescendantNodes().Any(n => n switch
        {
            LocalFunctionStatementSyntax function => function.Identifier.ValueText == name,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
            ParameterSyntax parameter => parameter.Identifier.ValueText == name,
            _ => false,
        });
}
