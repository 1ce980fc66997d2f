using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

enum Answer
{
    No,
    Yes,
    Unknown,
}

static class Answers
{
    /// <summary>The first that is not no.</summary>
    public static Answer Or(this Answer answer, Func<Answer> next) => answer == Answer.No ? next() : answer;

    /// <summary>What holds on every way; ways that differ leave it unknown. No way at all is a no.</summary>
    public static Answer OnEveryWay(this IEnumerable<Answer> ways)
    {
        Answer? all = null;
        foreach (var way in ways)
        {
            if (all is not null && all != way)
                return Answer.Unknown;
            all = way;
        }
        return all ?? Answer.No;
    }
}

/// <summary>What a rule looks for on an endpoint, on the groups that it is mapped through and on its handler.</summary>
abstract class Convention
{
    /// <summary>The names of the methods that meet it.</summary>
    public abstract IReadOnlyList<string> Methods { get; }

    /// <summary>Whether a call of a method with one of the names meets it.</summary>
    public abstract bool IsMetBy(IMethodSymbol method, InvocationExpressionSyntax call);

    public abstract Answer Of(AttributeData attribute);

    /// <summary>An attribute that is created and handed to <c>WithMetadata</c>.</summary>
    public abstract bool IsMetBy(INamedTypeSymbol attribute);

    /// <summary>Whether a method of a library that cannot be looked into may meet it, by what its name says.</summary>
    public abstract bool MayBeMetBy(string method);

    /// <summary>A filter that <c>AddEndpointFilter</c> adds.</summary>
    public virtual Answer OfEndpointFilter(INamedTypeSymbol filter) => Answer.No;

    /// <summary>A filter that is written on the spot.</summary>
    public virtual Answer OfEndpointFilter(AnonymousFunctionExpressionSyntax filter) => Answer.No;

    /// <summary>A handler's or an action's attributes and what else is written on it.</summary>
    public virtual Answer OfMethod(IMethodSymbol method, CancellationToken cancellation) => OfAttributes(method);

    public Answer OfAttributes(ISymbol symbol)
    {
        var answer = Answer.No;
        foreach (var attribute in symbol.GetAttributes())
        {
            switch (Of(attribute))
            {
                case Answer.Yes:
                    return Answer.Yes;
                case Answer.Unknown:
                    answer = Answer.Unknown;
                    break;
            }
        }
        return answer;
    }

    /// <summary>The attributes of a type and of the types that it derives from.</summary>
    public Answer OfType(INamedTypeSymbol? type) => type is null ? Answer.No : OfAttributes(type).Or(() => OfType(type.BaseType));

    /// <summary>The attributes of a method and of those that it overrides.</summary>
    public Answer OfAction(IMethodSymbol? action, CancellationToken cancellation) =>
        action is null ? Answer.No : OfMethod(action, cancellation).Or(() => OfAction(action.OverriddenMethod, cancellation));

    protected static bool Implements(INamedTypeSymbol type, params string[] interfaces) => type.AllInterfaces.Any(i => interfaces.Contains(SymbolName.Of(i)));
}
