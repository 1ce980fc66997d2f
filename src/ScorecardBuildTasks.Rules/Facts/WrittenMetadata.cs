using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The assembly's metadata attributes that one file writes, and the facts among them. Two strings mean the same in every compilation, so that they are kept for as long as the tree lives.</summary>
sealed class WrittenMetadata
{
    static readonly MentionedName[] Names = [new("AssemblyMetadata"), new("AssemblyMetadataAttribute")];
    static readonly WrittenMetadata None = new([]);
    static readonly ConditionalWeakTable<SyntaxTree, WrittenMetadata> Cache = new();

    public WrittenMetadata(IReadOnlyList<(string Key, string Value)> attributes, bool isComplete = true)
    {
        (Attributes, IsComplete) = (attributes, isComplete);
        Facts = [.. attributes.Where(a => a.Key is AssemblyFact.WiresKey or AssemblyFact.MayWireKey).Select(a => AssemblyFact.Parse(a.Value, isCertain: a.Key == AssemblyFact.WiresKey)).OfType<AssemblyFact>()];
    }

    public IReadOnlyList<(string Key, string Value)> Attributes { get; }

    public IReadOnlyList<AssemblyFact> Facts { get; }

    /// <summary>False where only the binder can tell what is written: an argument is no literal, or the attribute gets another name.</summary>
    public bool IsComplete { get; }

    public static WrittenMetadata In(SyntaxTree tree) => Cache.GetValue(tree, static t => TreeMentions.Of(t).MentionsAny(Names) ? Read(t) : None);

    static WrittenMetadata Read(SyntaxTree tree)
    {
        var (attributes, isComplete) = (new List<(string, string)>(), true);
        foreach (var token in Names.SelectMany(name => TreeMentions.Of(tree).Tokens(name, CancellationToken.None)).OrderBy(t => t.SpanStart))
        {
            if (AttributeNamed(token) is { ArgumentList.Arguments: { Count: 2 } arguments } && Literal(arguments[0]) is { } key && Literal(arguments[1]) is { } value)
                attributes.Add((key, value));
            else
                isComplete = false;
        }
        return new WrittenMetadata(attributes, isComplete);
    }

    /// <summary>The attribute of the assembly that has this name, qualified or not.</summary>
    static AttributeSyntax? AttributeNamed(SyntaxToken name)
    {
        var whole = name.Parent;
        while (whole?.Parent is NameSyntax qualified)
            whole = qualified;
        return whole?.Parent is AttributeSyntax { Parent: AttributeListSyntax { Target.Identifier: var target } } attribute && target.IsKind(SyntaxKind.AssemblyKeyword) ? attribute : null;
    }

    static string? Literal(AttributeArgumentSyntax argument) =>
        argument is { NameEquals: null, NameColon: null, Expression: LiteralExpressionSyntax literal } && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;
}
