using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// What names a syntax tree mentions, and where it calls them. Nearly every file mentions nothing of interest: that is told from the text alone,
/// and only the others are walked. Kept for as long as the tree lives, so that an edit costs the edited file.
/// </summary>
sealed class TreeMentions
{
    /// <summary>Properties that are looked for by whose method is called, because those methods may have any name: where Serilog is told its sinks.</summary>
    public static readonly string[] Receivers = ["WriteTo", "AuditTo"];

    static readonly ConditionalWeakTable<SyntaxTree, TreeMentions> Cache = new();

    readonly SyntaxTree tree;
    readonly int[] identifiers;
    readonly object walking = new();
    Dictionary<string, List<SyntaxNode>>? sites;

    TreeMentions(SyntaxTree tree)
    {
        this.tree = tree;
        identifiers = Identifiers(tree.GetText().ToString());
    }

    public static TreeMentions Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new TreeMentions(t));

    /// <summary>Whether the identifier occurs anywhere in the text. May say yes in error, never no.</summary>
    public bool Mentions(MentionedName name) => Array.BinarySearch(identifiers, name.Hash) >= 0;

    /// <summary>
    /// Where the tree calls a method of this name (or one with a type argument of this name), hands it on as a method group, creates a type of this name, derives
    /// from it or assigns to a property of this name: the invocation, the argument's expression, the creation, the base type or the assignment.
    /// For a name among the <see cref="Receivers"/>, where a method of it is called.
    /// </summary>
    public IReadOnlyList<SyntaxNode> Sites(MentionedName name, CancellationToken cancellation)
    {
        if (!Mentions(name))
            return [];
        lock (walking)
            sites ??= Walk(tree.GetRoot(cancellation));
        return sites.TryGetValue(name.Text, out var found) ? found : [];
    }

    static int[] Identifiers(string text)
    {
        var distinct = new HashSet<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsIdentifierPart(text[i]))
                continue;
            var hash = MentionedName.Seed;
            for (; i < text.Length && IsIdentifierPart(text[i]); i++)
                hash = MentionedName.Add(hash, text[i]);
            distinct.Add(hash);
        }
        var sorted = distinct.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    static bool IsIdentifierPart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (c > 127 && char.IsLetter(c));

    static Dictionary<string, List<SyntaxNode>> Walk(SyntaxNode root)
    {
        var sites = new Dictionary<string, List<SyntaxNode>>(StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes())
        {
            var name = node switch
            {
                InvocationExpressionSyntax invocation => SimpleName(invocation.Expression),
                ObjectCreationExpressionSyntax creation => SimpleName(creation.Type),
                ImplicitObjectCreationExpressionSyntax creation => TargetTypeName(creation),
                ArgumentSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } argument => SimpleName(argument.Expression),
                BaseTypeSyntax type => SimpleName(type.Type),
                AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax property } => SimpleName(property),
                _ => null,
            };
            if (name is not null)
                Add(name, node is ArgumentSyntax group ? group.Expression : node);
            if (node is InvocationExpressionSyntax call && GenericName(call.Expression) is { } generic)
            {
                foreach (var argument in generic.TypeArgumentList.Arguments)
                    Add(SimpleName(argument) ?? "", node);
            }
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var receiver } } } && Array.IndexOf(Receivers, receiver) >= 0)
                Add(receiver, node);
        }
        return sites;

        void Add(string name, SyntaxNode site)
        {
            if (!sites.TryGetValue(name, out var list))
                sites.Add(name, list = []);
            list.Add(site);
        }
    }

    static GenericNameSyntax? GenericName(ExpressionSyntax expression) => expression switch
    {
        GenericNameSyntax name => name,
        MemberAccessExpressionSyntax access => access.Name as GenericNameSyntax,
        MemberBindingExpressionSyntax binding => binding.Name as GenericNameSyntax,
        _ => null,
    };

    public static string? SimpleName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        NullableTypeSyntax type => SimpleName(type.ElementType),
        _ => null,
    };

    /// <summary>The type's name where <c>new(…)</c> initialises a declaration; the binder knows the others, and they are found by <see cref="ImplicitCreation"/>.</summary>
    static string TargetTypeName(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => SimpleName(declaration.Type) ?? ImplicitCreation,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => SimpleName(property.Type) ?? ImplicitCreation,
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => SimpleName(property.Type) ?? ImplicitCreation,
        _ => ImplicitCreation,
    };

    /// <summary>Under this name a tree lists its <c>new(…)</c> whose type is not written beside it.</summary>
    public const string ImplicitCreation = "new";

    public IReadOnlyList<SyntaxNode> ImplicitCreations(CancellationToken cancellation) => Sites(new MentionedName(ImplicitCreation), cancellation);
}

/// <summary>A name to look for, hashed once.</summary>
readonly struct MentionedName(string text)
{
    public const int Seed = unchecked((int)2166136261);

    public string Text { get; } = text;

    public int Hash { get; } = HashOf(text);

    public static int Add(int hash, char c) => unchecked((hash ^ c) * 16777619);

    static int HashOf(string text)
    {
        var hash = Seed;
        foreach (var c in text)
            hash = Add(hash, c);
        return hash;
    }
}
