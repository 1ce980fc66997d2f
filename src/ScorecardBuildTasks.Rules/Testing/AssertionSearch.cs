using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Looks for an assertion in a test and in whatever of the tests' own code it calls. Every body is read once.</summary>
sealed class AssertionSearch(TestReader reader)
{
    /// <summary>Exceptions of code that is not there or guards its arguments; they say nothing about what is tested.</summary>
    static readonly HashSet<string> NoVerdict = new(StringComparer.Ordinal) { "NotImplementedException", "NotSupportedException", "ArgumentNullException", "ArgumentException", "ArgumentOutOfRangeException", "ObjectDisposedException" };

    readonly ConcurrentDictionary<SyntaxNode, Body> bodies = [];

    /// <summary>Whether a test asserts; where it does not, the name of a call that may and cannot be looked into.</summary>
    public (bool Asserts, string? Unknown) Of(MethodDeclarationSyntax test)
    {
        // Nearly every test asserts in its own body.
        if (bodies.GetOrAdd(test, Read).Asserts)
            return (true, null);
        string? unknown = null;
        var seen = new HashSet<SyntaxNode>();
        // What is open lies in the lists that the reader keeps: a name that every file has stands for as many bodies, and the first of them mostly decides.
        var open = new Stack<(IReadOnlyList<SyntaxNode> Bodies, int Left)>();
        Open([.. reader.TearDownsOf(test)]);
        Open([test]);
        while (open.Count > 0)
        {
            var (list, left) = open.Pop();
            if (left > 1)
                open.Push((list, left - 1));
            var next = list[left - 1];
            if (!seen.Add(next))
                continue;
            var body = bodies.GetOrAdd(next, Read);
            if (body.Asserts)
                return (true, null);
            unknown ??= body.Unknown;
            foreach (var called in body.Calls)
                Open(called);
        }
        return (false, unknown);

        void Open(IReadOnlyList<SyntaxNode> list)
        {
            if (list.Count > 0)
                open.Push((list, list.Count));
        }
    }

    Body Read(SyntaxNode declaration)
    {
        string? unknown = null;
        List<IReadOnlyList<SyntaxNode>>? calls = null;
        foreach (var node in declaration.DescendantNodes(n => n is not (AttributeListSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } })))
        {
            switch (node)
            {
                case ThrowStatementSyntax { Expression: { } thrown } when IsVerdict(thrown):
                case ThrowExpressionSyntax { Expression: var expression } when IsVerdict(expression):
                    return Body.ThatAsserts;
                case InvocationExpressionSyntax or ArgumentSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax }:
                    var meaning = reader.MeaningOf(node is ArgumentSyntax group ? group.Expression : node);
                    if (meaning.Asserts)
                        return Body.ThatAsserts;
                    unknown ??= meaning.Unknown;
                    if (meaning.Bodies is { } run)
                        (calls ??= []).Add(run);
                    break;
            }
        }
        return new Body(false, unknown, calls ?? (IReadOnlyList<IReadOnlyList<SyntaxNode>>)[]);
    }

    static bool IsVerdict(ExpressionSyntax thrown) => thrown is not ObjectCreationExpressionSyntax { Type: var type } || TreeMentions.SimpleName(type) is not { } name || !NoVerdict.Contains(name);

    /// <param name="Calls">What each call may run.</param>
    sealed record Body(bool Asserts, string? Unknown, IReadOnlyList<IReadOnlyList<SyntaxNode>> Calls)
    {
        public static readonly Body ThatAsserts = new(true, null, []);
    }
}
